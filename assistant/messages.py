"""Every fixed sentence a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.answer import EXTRACTIVE

if TYPE_CHECKING:
    import datetime as dt

    from assistant.answer import Answer, Dropped
    from assistant.models.model import Usage

    # The library brings SQLAlchemy along, and `attache --help` speaks these sentences too.
    from corpus.library import Holdings

EMPTY_LIBRARY = "The library is empty. Add briefings with `attache ingest FOLDER`."
EMPTY_QUESTION = "There is no question"
EMPTY_QUESTION_MEND = "Write what you want to know, for example: What did Peru ask the US for?"
QUESTION_TOO_LONG = "The question has {length:,} characters, more than the {limit:,} that are read"
QUESTION_TOO_LONG_MEND = "Ask for one thing at a time."
NOBODY_TO_REFER_TO = (
    "“{word}” could not be tied to anything said before. Name the person, place or thing you mean."
)
WHICH_ONE = "“{word}” can mean more than one here, and the briefings speak of each. Which is meant?"
NOT_ATTRIBUTED = (
    "The briefing says so itself: it names nobody as having said it. "
    "“{title}”{dated} gives as its sources: {sources}."
)
NOT_ATTRIBUTED_NO_SOURCES = (
    "The briefing says so itself: “{title}”{dated} names nobody as having said it."
)
SEARCHED_AS = "Searched as: {standalone}"
READY = "Attaché is ready at {url} (Ctrl-C stops it)"
EXAMPLES = (
    "What did Peru ask the US for?",
    "Why did Ecuador raid the Mexican embassy?",
    "Which countries oppose the result of Venezuela's election?",
    "When did the port of Chancay open?",
)

DATES_CROSSED = "Nothing lies between {since} and {until}: the first day comes after the last"
DATES_CROSSED_MEND = "Exchange them."
NO_DATE = "{written!r} is no date"
NO_DATE_MEND = "Write a day, month or year: 2022-10-03, 2022-10 or 2022."
NO_SOURCES = "nothing was named"
NOTHING_READABLE = "Of {count} sources none can be read; the first: {first}"
NOTHING_READABLE_MEND = "Check the paths, and offer text, Markdown, HTML, PDF, Word or e-mail."
INGESTED = "added {added}, changed {changed}, unchanged {unchanged}, removed {removed}"
SKIPPED = "; skipped {count}"
SKIPPED_FILE = "skipped {source}: {cause}. {mend}"
INGEST_WHAT = "name files, folders or addresses, or give --samples"
SAMPLES_TAKEN = "The {count} sample briefings are in the library."
SAMPLES_BESIDE = (
    "The library also holds the sample briefings; `attache briefings remove --samples` takes "
    "them out."
)
CONVERSATION_GOES_ON = 'Go on with: attache ask --conversation {id} "…"'
FAILURE = "attache: {error}"
MODEL_FAILED = "{model} could not write this answer ({cause}). These are the briefings' own words."
MODEL_BROKE_OFF = (
    "{model} broke off ({cause}). What it had written was checked and stands; the briefings' own "
    "words follow."
)
MODEL_SILENT = "{model} wrote nothing. These are the briefings' own words."
MODEL_LEFT_OUT = (
    "{model} left out the sentence that answers best; it stands last, in its own words."
)
MODEL_STOPPED = "Stopped before it was whole."

# A language model that cannot be asked, or fails: what happened, and how to mend it.
MODEL_UNREACHABLE = (
    "{model} cannot be reached at {place}",
    "Check that the server runs there (ATTACHE_MODEL_URL), then try `attache doctor --model`.",
)
MODEL_SLOW = (
    "{model} said nothing for {seconds} s",
    "Allow it more time with ATTACHE_MODEL_TIMEOUT, or choose a smaller model.",
)
MODEL_ENDLESS = (
    "The reply of {model} took too long as a whole",
    "Allow it more time with ATTACHE_MODEL_TIMEOUT, or choose a faster model.",
)
MODEL_TOO_LONG = (
    "The reply of {model} was longer than it may be, and was cut",
    "Raise ATTACHE_MODEL_REPLY_TOKENS if that happens often.",
)
MODEL_DROPPED = (
    "{model} ended the connection in the middle of its reply",
    "Ask again; if it stays so, the log of the server at {place} says why.",
)
MODEL_GARBLED = (
    "{model} sent what cannot be read{said}",
    "Check that ATTACHE_MODEL_PROVIDER is right for the server at {place}.",
)
MODEL_REFUSED = (
    "{model} refused the request with status {status}{said}",
    "Check the model's settings with `attache doctor --model`.",
)
MODEL_SERVER_FAILED = (
    "The server of {model} failed with status {status}{said}",
    "Ask again; if it stays so, the log of the server at {place} says why.",
)
MODEL_ANSWERED = {
    401: ("{model} did not take the key{said}", "Set ATTACHE_MODEL_KEY to one that is valid."),
    403: (
        "The key may not be used for {model}{said}",
        "Set ATTACHE_MODEL_KEY to one that may, or ATTACHE_MODEL to another model.",
    ),
    404: (
        "There is no {model} at {place}{said}",
        "Set ATTACHE_MODEL to a name that the server knows, and check ATTACHE_MODEL_URL.",
    ),
    429: (
        "{model} takes no more requests for now{said}",
        "Ask again in a minute, or raise the limit with whoever runs it.",
    ),
}
MODEL_ASKS_TO_WAIT = "Ask again in {seconds} seconds: it asks to be left alone until then."
MODEL_LEFT_ALONE = (
    "{model} failed {failures} times in a row and is left alone for a while",
    "Ask again in {seconds} seconds, or see what is wrong with `attache doctor --model`.",
)
MODEL_BUDGET_SPENT = (
    "{model} has used too much of its {most} tokens for today; this reply may take {tokens}",
    "Ask again tomorrow (UTC), or raise ATTACHE_MODEL_DAILY_TOKENS.",
)
MODEL_NOT_NAMED = (
    "A language model of {what} is to be used, and which is not said",
    "Set ATTACHE_MODEL; docs/models.md has examples.",
)
MODEL_NOT_INSTALLED = (
    "What it takes to use {what} is not installed",
    'pip install "attache[{what}]"',
)
MODEL_NO_FILE = ("There is no file {what}", "Set ATTACHE_MODEL to the path of a .gguf file.")
MODEL_NO_ADDRESS = (
    "ATTACHE_MODEL_URL is no address of a server",
    "Write it as http://localhost:8000/v1, without anything behind a question mark.",
)
MODEL_KEY_IN_ADDRESS = (
    "ATTACHE_MODEL_URL has a name or key in it",
    "Take it out, and set ATTACHE_MODEL_KEY.",
)
MODEL_NO_KEY = (
    "A key is needed for {what}, and none is set",
    "Set ATTACHE_MODEL_KEY, or ATTACHE_MODEL_URL for a server of your own.",
)

# `attache doctor --model`.
DOCTOR_NO_MODEL = "none set; answers are made of the briefings' own sentences"
DOCTOR_NO_MODEL_MEND = "To have one write, set ATTACHE_MODEL_PROVIDER and ATTACHE_MODEL."
DOCTOR_MODEL_FOUND = "{model} at {place} replied"
DOCTOR_MODEL_SILENT = "{model} at {place} replied without a word"
DOCTOR_MODEL_SILENT_MEND = "Raise ATTACHE_MODEL_REPLY_TOKENS if it thinks first; or choose another."
DOCTOR_STREAMS = "its reply comes in {pieces} pieces"
DOCTOR_STREAMS_NOT = "its reply comes in one piece, so that nothing is shown until it is whole"
DOCTOR_STREAMS_MEND = "Turn streaming on at the server, or buffering off at the proxy before it."
DOCTOR_CITES = "every statement ends with the number of its sentence"
DOCTOR_CITES_NOT = "it does not end statements with the number of their sentence: {reply!r}"
DOCTOR_CITES_MEND = "Choose a model that follows instructions; statements without one are dropped."
DOCTOR_SPEED = "first words after {first:.1f} s, then {rate:.0f} tokens a second"
DOCTOR_PRICE = "{cost:.6f} for {read} tokens read and {written} written"
BRIEFINGS_DIFFER = "The briefings differ."
UNDATED = "Undated"
NARROWED = "Only: {words}"
LEFT_OUT = "Left out: {words}"
ASK_WITHOUT = 'Ask again without one of these: --without "{words}"'
NO_ANSWER = "No answer."
NEAREST = "Nearest in the library:"
SEARCHING = "Searching the briefings"
WRITING = "Writing and checking with {model}"
CHECKING = "Checking"
OPENING = "Opening the library"
READING = "Reading briefings"
REINDEXING = "Indexing anew"
REINDEXED = "{briefings} briefings, {passages} passages indexed anew"
CHAT_GREETING = "Ask your briefings. /help says what else you can type; Ctrl-D leaves."
CHAT_HELP = """\
/sources       the sources of the last answer
/show 1        the briefing behind [1], its quoted words marked
/details       what of the last answer was dropped and why, whose words it is in, what it took
/without peru  ask the last question again, not narrowed by "Peru"; or by period, place, region
2              where there is a choice of questions: ask the second
/new           begin a new conversation
/help          this
Ctrl-C         stop the answer that a language model is writing
Ctrl-D         leave"""
CHAT_NOTHING_ASKED = "Nothing has been asked yet that could be asked again."
CHAT_NEW = "A new conversation."
CHAT_NO_SOURCES = "There is no answer yet whose sources could be shown."
CHAT_NO_SUCH_SOURCE = "The last answer has no source {n}; /sources lists them."
CHAT_NO_DETAILS = "There is no answer yet whose details could be shown."
CHAT_HOW_DROPPED = "/details shows them, with the reasons."
ASK_HOW_DROPPED = "--details shows them, with the reasons."
CHAT_UNKNOWN = "{command} is not known; /help lists what is."
NO_HITS = "No passage found."
HOME_BEHIND = "--home goes behind {command}"
REMOVE_NOTHING_NAMED = "Nothing was named to be removed"
REMOVE_NOTHING_NAMED_MEND = "Name briefings, or give --samples or --all."
REMOVE_NEEDS_YES = "Removing {count} briefings needs a yes, and nobody can be asked here"
REMOVE_NEEDS_YES_MEND = "Give --yes."
REMOVE_CONFIRM = "Remove {count} briefings with all their versions?"
REMOVED = "removed {count}"
NOT_REMOVED = "Nothing was removed."
BACKUP_EXISTS = "{file} exists already"
BACKUP_EXISTS_MEND = "Name another file, or give --force to replace it."
BACKUP_NO_LIBRARY = "There is no library in {home} to back up"
BACKUP_NO_LIBRARY_MEND = "Name its folder with --home."
BACKUP_FAILED = "The backup {file} cannot be written ({reason})"
BACKUP_FAILED_MEND = "Check that its folder exists, is yours to write and has room."
BACKED_UP = """\
{file}: {briefings}, {size}
To restore: unpack it into an empty folder and name that folder with --home, or stop Attaché
and unpack it over an empty {home}. Vectors are rebuilt from it at the first start."""
PORT_TAKEN = "Port {port} on {host} is taken"
PORT_TAKEN_MEND = "Give another with --port, or --port 0 for any free one."
PORT_REFUSED = "Attaché cannot listen on {host}:{port} ({reason})"
PORT_REFUSED_MEND = "Give another port with --port."
HOST_OPEN = (
    "Attaché would be open to the network on {host}, and has no sign-in to say who may read "
    "the briefings"
)
HOST_OPEN_MEND = (
    "Leave --host at 127.0.0.1, and reach it from elsewhere through a tunnel: "
    "ssh -L {port}:127.0.0.1:{port} THIS-MACHINE."
)
STOPPED = "Attaché has stopped."
FOREIGN_HOST = "The request came for {host!r}, which is not a name of this machine alone."
FOREIGN_ORIGIN = "The request was sent by a page of {origin!r}."
FOREIGN_MEND = "Use http://127.0.0.1 or http://localhost with Attaché's port."
INVALID_MEND = "/api/docs shows what each route takes; JSON needs Content-Type: application/json."
TOO_LARGE = "The request is larger than {limit}."
HTTP_MENDS = {
    404: "/api/docs lists the routes.",
    405: "/api/docs lists what each route takes.",
    413: "Send less, or files in several requests.",
}
UNEXPECTED = "Something failed that should not have; the log has it as {id}."
UNEXPECTED_MEND = "Try again; if it stays, report what the log says."
NOT_IN_LINE = "The vector store is not in line with the library"
NOT_IN_LINE_MEND = "Stop Attaché and start it again: it is rebuilt while it starts."
DOCTOR_NO_HOME = "{home} does not exist yet; it is made when it is first used"
DOCTOR_HOME_MEND = "Give yourself permission to write, or name another folder with --home."
DOCTOR_ROOM_MEND = "Make room: databases need some to rewrite themselves."
DOCTOR_NO_LIBRARY = "none yet; the first question or `attache ingest` makes it"
DOCTOR_PORT_OURS = "{where} is in use by Attaché itself"
DOCTOR_DATABASE_MEND = "Stop Attaché and put a backup's attache.db in its place."
DOCTOR_REINDEX_MEND = "Run `attache reindex`."
DOCTOR_CITATIONS_MEND = "Ask again; please report this, for it should not be possible."


def holdings(held: Holdings) -> str:
    """What the library holds: "20 briefings, Jul 2022 – Dec 2024"."""
    noun = "briefing" if held.briefings == 1 else "briefings"
    if held.earliest is None or held.latest is None:
        return f"{held.briefings:,} {noun}"
    first, last = f"{held.earliest:%b %Y}", f"{held.latest:%b %Y}"
    span = first if first == last else f"{first} – {last}"
    return f"{held.briefings:,} {noun}, {span}"


def nothing_found(held: Holdings) -> str:
    """Nothing in the library is about the question."""
    return f"The library has nothing on this. It holds {holdings(held)}."


def not_stated(held: Holdings, nearest_title: str) -> str:
    """The topic is there, the answer is not."""
    return (
        f"The briefings do not say. The nearest is “{nearest_title}”; its closest words are "
        f"below. The library holds {holdings(held)}."
    )


def outside_dates(held: Holdings, asked: str) -> str:
    """The question is about a time that no briefing covers."""
    return f"No briefing covers {asked}. The library holds {holdings(held)}."


def outside_places(held: Holdings, places: tuple[str, ...], common: tuple[str, ...]) -> str:
    """The question is about places that no briefing is about."""
    about = "It is on" if held.briefings == 1 else "Most are on"
    on = f" {about} {listing(common)}." if common else ""
    return f"No briefing is about {listing(places)}. The library holds {holdings(held)}.{on}"


def narrowed_by(text: str, since: dt.date | None, until: dt.date | None) -> str:
    """Words of a question with the days they mean: "last month (1 October – 31 October 2022)"."""
    days = period(since, until)
    return f"{text} ({days})" if days else text


def period(since: dt.date | None, until: dt.date | None) -> str:
    """A span of days: "1 October 2022 – 31 October 2022", "from 1 October 2022"; "" if neither."""
    if since and until:
        return day(since) if since == until else f"{day(since)} – {day(until)}"
    return f"from {day(since)}" if since else f"until {day(until)}" if until else ""


def also_say(count: int) -> str:
    """Behind a statement that stands in several briefings: "and 2 more briefings say so"."""
    return "and 1 more briefing says so" if count == 1 else f"and {count} more briefings say so"


def model_not_borne(model: str, dropped: int) -> str:
    """Nothing of what a model wrote was let through."""
    none = "Its one statement is not" if dropped == 1 else f"None of its {dropped} statements is"
    return (
        f"{none} borne by the briefings, so nothing that {model} wrote is said. "
        "These are the briefings' own words."
    )


def not_said(question: str) -> str:
    """One of two questions has an answer, the other none."""
    return f"The briefings do not say: “{question}”"


def dropped_of(count: int) -> str:
    """How many of a model's statements were not let through."""
    what = "statement was" if count == 1 else "statements were"
    return (
        f"{count} {what} dropped: the briefings do not bear them."
        if count > 1
        else (f"{count} {what} dropped: the briefings do not bear it.")
    )


FAULTS = {
    "uncited": "cites nothing that bears it",
    "quote": "a quotation that is not in the briefing to the letter",
    "number": "a number that the briefing does not have so",
    "date": "a date that the briefing does not name",
    "name": "a name that the briefing does not have there",
    "role": "who did it to whom, the other way round",
    "speaker": "said by somebody else, or told as fact",
    "negation": "what is denied there, or denied only here",
    "hedge": "told as certain",
    "opposite": "the opposite",
    "extent": "goes further than the briefing",
    "cause": "a cause that the briefing does not give",
    "added": "a clause of which the words cited say nothing",
    "language": "in another language than the briefing",
    "link": "a link or markup that is not in the briefing",
    "support": "does not follow from the words cited",
}


def reasons(dropped: Dropped) -> str:
    """Why a statement was not let through: "a number that the briefing does not have so: “5%”"."""
    return "; ".join(
        FAULTS.get(kind, kind) + (f": “{words}”" if words else "")
        for kind, words in zip(dropped.faults, dropped.words, strict=True)
    )


WORDING = "Wording"
WORDED_BY = "by {model}, checked against the quotes"
OWN_WORDS = "the briefings’ own"
TOKENS = "Tokens"
TOKENS_KEPT = "none: kept from an identical request"
COST = "Cost"
COST_OF = "{cost}, in the currency of the prices set"
TIME = "Time"
STAGES = {
    "understand": "understanding",
    "retrieve": "searching",
    "rank": "ranking",
    "compose": "writing and checking",
}


def made(answer: Answer) -> list[tuple[str, str]]:
    """How an answer was made, as names and values: whose words it is in, what it took."""
    usage = answer.usage
    own = answer.composer == EXTRACTIVE
    lines = [(WORDING, OWN_WORDS if own else WORDED_BY.format(model=answer.composer))]
    if usage:
        lines.append((TOKENS, TOKENS_KEPT if usage.cached else _tokens(usage)))
        if usage.cost is not None and not usage.cached:
            lines.append((COST, COST_OF.format(cost=_amount(usage.cost))))
    if answer.timings_ms:
        lines.append((TIME, _times(answer.timings_ms)))
    return lines


def _tokens(usage: Usage) -> str:
    """Tokens read and written: "1,204 read, 56 written"; "≈ 1,204" where they are estimated."""
    about = "≈ " if usage.estimated else ""
    return f"{about}{usage.prompt_tokens:,} read, {about}{usage.completion_tokens:,} written"


def _amount(cost: float) -> str:
    """An amount without needless zeros: "0.00021"."""
    whole = f"{cost:,.6f}".rstrip("0").rstrip(".")
    return "less than 0.000001" if whole == "0" and cost else whole


def _times(laps: dict[str, float]) -> str:
    """How long an answer took: "420 ms: searching 40 ms, ranking 90 ms"."""
    stages = [f"{STAGES[s]} {_duration(ms)}" for s, ms in laps.items() if s in STAGES]
    total = _duration(laps["total"]) if "total" in laps else ""
    return ": ".join(filter(None, [total, ", ".join(stages)]))


def _duration(milliseconds: float) -> str:
    if milliseconds < 10_000:
        return f"{milliseconds:,.0f} ms"
    return f"{milliseconds / 1000:,.1f} s"


def said_on(when: dt.date | None) -> str:
    """In front of what one of several briefings says: "3 March 2023"."""
    return day(when) if when else UNDATED


def dated(day: dt.date | None) -> str:
    """A date behind a title: " (10 October 2022)", or nothing."""
    return f" ({day.day} {day:%B %Y})" if day else ""


def listing(words: tuple[str, ...]) -> str:
    """Words as people list them: "Chile, Peru and Bolivia"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


# The browser chat.
WEB_TITLE = "Attaché"
WEB_LEAD = "Ask your briefings"
WEB_CAN = (
    "An answer is made of the briefings’ own sentences. The number behind each opens the "
    "briefing at the very words."
)
WEB_CANNOT = "Where the briefings do not say, you are told so: nothing else is known here."
WEB_TRY = "For example"
WEB_PLACEHOLDER = "Ask a question"
WEB_PLACEHOLDER_NEXT = "Follow up, or ask anew"
WEB_NEW = "New conversation"
WEB_QUESTION = "Your question"
WEB_STOP = "Stop"
WEB_DETAILS = "Details"
WEB_NARROWED = "Narrowed by"
WEB_ASK_WITHOUT = "Ask again without “{words}”"
WEB_ASK_WITH = "Ask again with “{words}”"
WEB_NEXT = "You could ask next"
WEB_CHOICES = "Choose"
WEB_NEAREST = "Nearest passages"
WEB_BEGIN = "Begin a new one below."
WEB_FAULT = "Something went wrong inside Attaché"
WEB_FAULT_MEND = "Ask again; what happened stands in the log of `attache serve`."
WEB_REFUSALS = {
    "nothing_found": "The library has nothing on this",
    "not_stated": "The briefings do not say",
    "outside_dates": "Outside the dates of the library",
    "outside_places": "Outside the places of the library",
    "unclear": "Unclear what is meant",
}
# What the source panel says; it is written in the browser, so it gets its words from here.
WEB_PANEL = {
    "label": "Source",
    "close": "Close the source",
    "previous": "Previous citation",
    "next": "Next citation",
    "citation": "Citation {at} of {all}",
    "passage": "Passage {at} of {all}",
    "opening": "Opening the briefing …",
    "page": "Page {page}",
    "onPage": "page {page}",
    "read": "Read it where it was published",
    "sources": "The briefing’s own sources",
    "unreachable": "Attaché does not answer. Check that it is still running, then try again.",
}


def reading(passages: int, briefings: int) -> str:
    """What is being read: "Reading 12 passages of 7 briefings"."""
    read = f"{passages} passage" + ("" if passages == 1 else "s")
    return f"Reading {read} of {briefings} briefing" + ("" if briefings == 1 else "s")


def progress(status: dict[str, Any]) -> str:
    """How far an answer is, of a status of `Assistant.stream`: "Reading 12 passages of 7…"."""
    match status.get("stage"):
        case "reading":
            return reading(status["passages"], status["briefings"])
        case "checking" if status["model"]:
            return WRITING.format(model=status["model"])
        case "checking":
            return CHECKING
        case _:
            return SEARCHING


def day(when: dt.date) -> str:
    """A date as people write it: "10 October 2022"."""
    return f"{when.day} {when:%B %Y}"
