"""The real server over a library of our own, and a real browser that tells what it did."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

from assistant.assembly import Desk
from assistant.assistant import Assistant
from assistant.conversation import Conversations
from assistant.offline import stay_offline
from assistant.ranker import LearnedRanker, Window, WindowScore
from assistant.settings import load
from corpus.briefing import BlockKind, Briefing, TextBlock, briefing_id, join_blocks
from corpus.library import Library
from index.embedding import SentenceTransformerEmbedder, embedded_directory
from index.indexer import Indexer
from index.mirror import VectorMirror
from index.retriever import Retriever
from tests.serving import serving

stay_offline()

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
RIGHT_TO_LEFT_OVERRIDE = "\u202e"
# More than a window's height of text, with characters of two UTF-16 units in it.
FILLER = [
    TextBlock(f"Paragraph {n} 🦙 speaks of the weather on the 𝔠oast and in the hills. " * 4)
    for n in range(1, 13)
]


def _briefing(key: str, blocks: Sequence[TextBlock], **described: object) -> Briefing:
    body, placed = join_blocks(list(blocks))
    fields: dict[str, object] = {"title": key, **described}
    return Briefing(id=briefing_id(key), key=key, body=body, blocks=placed, **fields)  # type: ignore[arg-type]


def briefings() -> list[Briefing]:
    """One briefing with everything in it, one more, and one that means harm."""
    return [
        _briefing(
            "sample:envoys",
            [
                *FILLER,
                TextBlock("What the governments wanted", BlockKind.HEADING),
                TextBlock(
                    "Peru asked the United States for helicopters and fertiliser. "
                    "The request was made in Lima.",
                    page=3,
                ),
                TextBlock(
                    "Chile asked the United States for investment in lithium. The envoy listened.",
                    page=4,
                ),
                TextBlock("- A first point\n  - A point below it\n- A last point", BlockKind.LIST),
                TextBlock("Country | Request\nPeru | Helicopters\nChile | Money", BlockKind.TABLE),
                *FILLER,
            ],
            title="Envoys in the Andes",
            standfirst="Three capitals in four days.",
            published=date(2022, 10, 10),
            section="Diplomacy",
            source="The Andean Desk",
            places=("Peru", "Chile"),
            sources=("Interviews in Lima",),
            url="https://briefings.example/envoys",
        ),
        _briefing(
            "uranium",
            [TextBlock("Bolivia sold lithium to Germany under a contract of seven years.")],
            title="Lithium for Germany",
            published=date(2023, 3, 1),
            source="The Mining Desk",
            url="javascript:window.harmed=1",
        ),
        _briefing(
            "congos",
            [
                TextBlock("The Democratic Republic of the Congo exported cobalt."),
                TextBlock("The Republic of the Congo exported oil."),
            ],
            title="Two neighbours",
            published=date(2023, 5, 1),
            places=("Democratic Republic of the Congo", "Republic of the Congo"),
        ),
        _briefing(
            "harm",
            [
                TextBlock(
                    "The smugglers of Tumaco hid <script>window.harmed=1</script> cocaine "
                    "<img src=x onerror=window.harmed=1> in ![a](http://evil.example/p.png) "
                    "[bananas](javascript:window.harmed=1) [9] "
                    f"and {RIGHT_TO_LEFT_OVERRIDE}fled ${{window.harmed=1}} {{{{harm}}}} home."
                )
            ],
            title="Harm <img src=x onerror=window.harmed=1>",
            source="<b>bold</b>",
            published=date(2024, 1, 2),
        ),
    ]


class HeldRanker:
    """The ranker that ships, which waits while its gate is closed."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self._ranker = LearnedRanker.open(embedded_directory())

    def score(self, question: str, windows: Sequence[Window]) -> list[WindowScore]:
        """The ranker's own scores, in their own time."""
        self.gate.wait(20)
        return self._ranker.score(question, windows)


@pytest.fixture(scope="module")
def ranker() -> HeldRanker:
    return HeldRanker()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, ranker: HeldRanker) -> Iterator[Desk]:
    settings = load(home=tmp_path_factory.mktemp("home"), samples=False)
    library = Library.open(settings.database)
    embedder = SentenceTransformerEmbedder.open(settings.embedding_model)
    mirror = VectorMirror(library, embedder.fingerprint, settings.home / "chroma")
    desk = Desk(
        settings,
        library,
        Indexer(library, embedder, mirror, settings.home / "writing.lock"),
        Assistant(
            library=library,
            retriever=Retriever(library, embedder, mirror),
            ranker=ranker,
            conversations=Conversations(library.engine),
            passages=settings.passages,
            statements=settings.statements,
        ),
    )
    desk.indexer.index(briefings())
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    """The address of a server over `desk`, on a free port."""
    from assistant.api import create_app  # Gradio takes seconds; collecting tests should not.

    with serving(create_app(desk)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable)
        yield browser
        browser.close()


@dataclass
class Chat:
    """The chat as a person uses it, and what the browser did meanwhile.

    Attributes:
        page: The browser's page.
        address: Where the server is.
        requests: Addresses that were asked for beyond the server.
        errors: What the console reported.
    """

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Stop requests that would leave the machine, and note them."""
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route("**/*", self._on_request)

    def open(self, query: str = "") -> None:
        """Open the page, and wait until it can be used."""
        self.page.goto(self.address + "/" + query)
        self.page.wait_for_selector("#conversation .turns")
        self.page.wait_for_selector("aside#source", state="attached")

    def ask(self, question: str) -> None:
        """Type a question, and wait for what comes of it."""
        before = self.page.locator(".turn").count()
        self.begin(question)
        self.wait_for_turn(before + 1)

    def begin(self, question: str) -> None:
        """Type a question, and do not wait."""
        box = self.page.locator("#question textarea:enabled")
        box.fill(question)
        box.press("Enter")

    def wait_for_turn(self, count: int) -> None:
        """Wait for the `count`-th turn to be finished."""
        self.page.wait_for_function(
            "count => document.querySelectorAll('.turn').length === count"
            " && !document.querySelector('.turn .status')",
            arg=count,
        )

    @property
    def last(self) -> str:
        """Selects the last turn."""
        return ".turn:last-child"

    def quoted(self) -> str:
        """The words marked in the source panel, once they are there."""
        self.page.wait_for_selector("#source mark.quoted")
        return "".join(self.page.locator("#source mark.quoted").all_text_contents())

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _on_request(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.requests.append(request.url)
            route.abort()


@pytest.fixture
def open_chat(browser: Browser, address: str) -> Iterator[Callable[..., Chat]]:
    """Opens the chat in windows of any kind; none may leave the machine or report an error."""
    chats: list[Chat] = []

    def opened(query: str = "", **window: object) -> Chat:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **window})  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        chat = Chat(context.new_page(), address)
        chat.watch()
        chats.append(chat)
        chat.open(query)
        return chat

    yield opened
    for chat in chats:
        assert chat.requests == []
        assert chat.errors == []
        chat.page.context.close()


@pytest.fixture
def chat(open_chat: Callable[..., Chat]) -> Chat:
    """The chat in a window of usual size."""
    return open_chat()
