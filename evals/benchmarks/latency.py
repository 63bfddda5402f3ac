"""How long a question takes over 100,000 passages, warm, one question after another.

The library is made of the news and government articles, multiplied (`multiplied.py`). To embed
all of it would take hours and change no time: only each article's first passage is embedded,
some 3,000 texts. The vectors of the article's other passages, and of its copies', are that one
moved at random, so that vectors lie in clusters as those of real articles do. Questions are
embedded as always. Which passages are found is therefore not measured here, only how fast.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from assistant.assembly import Desk, open_desk
from assistant.home import open_library
from assistant.settings import Settings, load
from corpus import schema
from corpus.batches import batches
from corpus.briefing import Briefing
from corpus.gazetteer import places_of
from corpus.library import Filters, Library
from evals.benchmarks.figures import DENSE, LEXICAL, OURS, Bench, Figure, Note
from evals.benchmarks.libraries import Document, paragraphs
from evals.benchmarks.multiplied import multiplied
from evals.benchmarks.news import articles, questions
from evals.benchmarks.windows import sampled
from evals.rows import read
from index.embedding import SentenceTransformerEmbedder, Vectors
from index.indexer import Indexer
from index.lexical import FullText
from index.mirror import VectorMirror
from index.passages import cut, embedded_text
from index.retriever import RUN_DEPTH

PASSAGES = 100_000
# Lines of a web page that are shorter are furniture; a briefing has a page or two.
SHORTEST_PARAGRAPH, MOST_PARAGRAPHS = 60, 25
# How far a vector is moved: cosines of about .98 between copies, .6 between an article's passages.
BETWEEN_COPIES, BETWEEN_PASSAGES = 0.2, 0.8
BRIEFINGS_AT_ONCE = 500

# Milliseconds that half and nineteen in twenty of the questions may take.
MEDIAN_REACH, P95_REACH = 250.0, 500.0
WARM_UP = 5
# Countries that are asked about: the most common ones.
PLACES = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the one that follows in the same conversation, and which briefings count."""

    kind: str
    question: str
    follow_up: str = ""
    filters: Filters | None = None


@dataclass(slots=True)
class Times:
    """Milliseconds: of whole questions by kind, of stages, of baselines."""

    questions: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    stages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    baselines: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class MovedVectors:
    """An embedder that knows one vector an article and moves it for every text of the article.

    Args:
        embedder: Whose space the vectors are in.
        by_header: Vectors by the first line of embedded texts: title and date.
    """

    def __init__(
        self, embedder: SentenceTransformerEmbedder, by_header: Mapping[str, Vectors]
    ) -> None:
        self.fingerprint = embedder.fingerprint
        self.dimensions = embedder.dimensions
        self._by_header = by_header

    def embed(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Unit vectors of `texts`, shape `(len(texts), dimensions)`."""
        vectors = [moved(self._by_header[_header(t)], BETWEEN_PASSAGES, t) for t in texts]
        if on_progress:
            on_progress(len(texts))
        return np.stack(vectors)


def moved(vector: Vectors, far: float, by: str) -> Vectors:
    """A unit vector that lies `far` from `vector` (before it is made a unit), always the same."""
    seed = int.from_bytes(hashlib.sha256(by.encode()).digest()[:8])
    step = np.random.default_rng(seed).standard_normal(len(vector)).astype(np.float32)
    away = vector + far * step / np.linalg.norm(step)
    return np.asarray(away / np.linalg.norm(away), dtype=np.float32)


def latency(bench: Bench) -> Iterator[Figure]:
    """Median and 95th percentile of a question's time, by kind and stage, beside baselines."""
    home = bench.work / "latency"
    settings = load().model_copy(update={"home": home, "samples": False, "chroma_url": ""})
    _build(bench.data, settings, bench.note)
    with open_desk(settings) as desk:
        asked = _questions(bench, desk.library)
        times = _ask(desk, asked, bench.note)
        size = _size(desk.library)
    every = [t for some in times.questions.values() for t in some]
    for name, share, reach in (("median", 50, MEDIAN_REACH), ("95th percentile", 95, P95_REACH)):
        figures = {m: float(np.percentile(ts, share)) for m, ts in times.baselines.items()}
        figures[OURS] = float(np.percentile(every, share))
        what = f"A question over {size:,} passages, {name}; retrieval alone by words and by a scan"
        yield Figure(what, figures, len(every), reach, "ms")
    for name, some in (("kind of question", times.questions), ("stage", times.stages)):
        medians = {what: float(np.median(ts)) for what, ts in some.items()}
        yield Figure(f"Median by {name}", medians, len(every), unit="ms")


def _ask(desk: Desk, asked: Sequence[Asked], note: Note) -> Times:
    times = Times()
    scan = _Scan(desk)
    words = FullText(desk.library.engine)
    embedder = SentenceTransformerEmbedder.open()
    for one in asked[:WARM_UP]:
        desk.assistant.ask(one.question)
    for done, one in enumerate(asked, 1):
        with _timed(times.questions[one.kind]):
            answer = desk.assistant.ask(one.question, filters=one.filters)
        _keep(answer.timings_ms, times)
        if one.follow_up:
            with _timed(times.questions["follow-up"]):
                answer = desk.assistant.ask(one.follow_up, answer.conversation_id, one.filters)
            _keep(answer.timings_ms, times)
        with _timed(times.baselines[LEXICAL]):
            words.search(one.question, RUN_DEPTH)
        with _timed(times.baselines[DENSE]):
            scan.nearest(embedder.embed([one.question])[0])
        note("Asking", done, len(asked))
    return times


@contextmanager
def _timed(kept: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    kept.append((time.perf_counter() - began) * 1000)


def _keep(timings: Mapping[str, float], times: Times) -> None:
    for stage, taken in timings.items():
        if stage != "total":
            times.stages[stage].append(taken)


class _Scan:
    """Every vector in one matrix, every one compared: exact, and the plainest way there is."""

    def __init__(self, desk: Desk) -> None:
        with desk.library.engine.connect() as connection:
            rows = connection.scalars(sa.select(schema.vectors.c.vector)).all()
        self._matrix = np.frombuffer(b"".join(rows), dtype=np.float32).reshape(len(rows), -1)

    def nearest(self, vector: Vectors) -> list[int]:
        cosines = self._matrix @ vector
        best = np.argpartition(-cosines, RUN_DEPTH)[:RUN_DEPTH]
        return [int(n) for n in best[np.argsort(-cosines[best])]]


def _questions(bench: Bench, library: Library) -> list[Asked]:
    """The news quiz's, some of them filtered, and such as name countries and times."""
    held = set(library.keys())
    plain = [row["question"] for row in questions(bench.data, held)]
    places = list(islice(library.places(), PLACES))
    day = library.holdings().latest
    year = day.year if day else 0
    asked = [Asked("plain", question) for question in plain]
    asked += [
        Asked("filtered", question, filters=filters)
        for question, place in zip(plain, places, strict=False)
        for filters in (Filters(places=(place,)), Filters(since=day and day.replace(year - 1)))
    ]
    asked += [
        Asked("place and time", f"What did {place} announce in {year}?", f"And {other}?")
        for place, other in pairwise(places)
    ]
    return sampled(asked, bench.sample)


def _build(data: Path, settings: Settings, note: Note) -> None:
    """Index what the home lacks of the library."""
    library = open_library(settings)
    try:
        if _size(library) < PASSAGES:
            _fill(library, _articles(data), settings.home, note)
    finally:
        library.close()


def _fill(library: Library, originals: Sequence[Document], home: Path, note: Note) -> None:
    """Copy after copy, until there are passages enough."""
    embedder = SentenceTransformerEmbedder.open()
    vectors = _embedded(originals, embedder, home / "articles.npy", note)
    mirror = VectorMirror(library, embedder.fingerprint, home / "chroma")
    known = library.keys()
    copy = 0
    while _size(library) < PASSAGES:
        wanted = multiplied(originals, copy, known)
        for done, some in enumerate(batches(wanted, BRIEFINGS_AT_ONCE)):
            note(f"Indexing copy {copy}", done * BRIEFINGS_AT_ONCE, len(originals))
            made = [(_briefing(c.document), vectors[c.article]) for c in some]
            by_header = {
                _header(text): moved(vector, BETWEEN_COPIES * bool(copy), text)
                for briefing, vector in made
                for text in _texts(briefing)[:1]
            }
            indexer = Indexer(
                library, MovedVectors(embedder, by_header), mirror, home / "writing.lock"
            )
            indexer.index(briefing for briefing, _ in made)
        copy += 1
    mirror.close()


def _articles(data: Path) -> list[Document]:
    government = [
        Document(row["id"], row["title"], paragraphs(row["text"]))
        for row in read(data / "gov-corpus" / "corpus.jsonl.xz")
    ]
    shortened = (
        replace(
            article,
            paragraphs=tuple(
                p for p in article.paragraphs if len(p) >= SHORTEST_PARAGRAPH
            )[:MOST_PARAGRAPHS],
        )
        for article in [*articles(data), *government]
    )  # fmt: skip
    return [article for article in shortened if article.paragraphs]


def _briefing(document: Document) -> Briefing:
    plain = document.briefing()
    return replace(plain, places=places_of(plain.title, plain.body))


def _texts(briefing: Briefing) -> list[str]:
    return [embedded_text(briefing, passage) for passage in cut(briefing)]


def _header(text: str) -> str:
    return text.split("\n", 1)[0]


def _embedded(
    originals: Sequence[Document],
    embedder: SentenceTransformerEmbedder,
    kept: Path,
    note: Note,
) -> Vectors:
    """One vector an article: its first passage's. Kept in a file, for a run that goes on."""
    if kept.is_file():
        return np.asarray(np.load(kept), dtype=np.float32)
    texts = [_texts(article.briefing())[0] for article in originals]
    done = 0

    def on_progress(count: int) -> None:
        nonlocal done
        done += count
        note("Embedding one passage an article", done, len(texts))

    vectors = embedder.embed(texts, on_progress)
    np.save(kept, vectors)
    return vectors


def _size(library: Library) -> int:
    with library.engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(schema.passages)) or 0)
