"""The HTTP API over a real library."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from assistant.answer import Answer
from assistant.api import create_app, guards
from assistant.assembly import Desk
from corpus.errors import IndexingError
from index.retriever import Retriever

QUESTION = "Who asked Brazil to lay track on its own side of the border?"
QUOTE = "She asked Brazil to lay six kilometres of track on its own side of the border"
NOTE = (
    "Peru opens a fish market\n\nPeru's ministry of production opened a fish market in "
    "Paita on 3 March. It has 120 stalls. The mayor asked for a cold store.\n"
)


@pytest.fixture(scope="module")
def app(desk: Desk) -> FastAPI:
    """The API alone."""
    return create_app(desk, web=False)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client on this machine."""
    with TestClient(app, base_url="http://127.0.0.1:7860", raise_server_exceptions=False) as client:
        yield client


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem that a response is, its form checked."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert {"type", "title", "detail"} <= set(body)
    return body


def events(text: str) -> list[tuple[str, Any]]:
    """Server-sent events, read as the standard says: fields by line, events by blank line."""
    assert text.endswith("\n\n")
    found = []
    for block in text.removesuffix("\n\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        assert set(fields) == {"event", "data"}
        found.append((fields["event"], json.loads(fields["data"])))
    return found


class TestAsk:
    """POST /api/ask."""

    def test_answer(self, client: TestClient) -> None:
        """The answer is the contract's, and each quote is the body's, to the letter."""
        response = client.post("/api/ask", json={"question": QUESTION})
        assert response.status_code == 200
        answer = TypeAdapter(Answer).validate_python(response.json())
        assert QUOTE in answer.text
        for cited in answer.citations:
            path = f"/api/briefings/{cited.briefing_id}/versions/{cited.version}"
            assert client.get(path).json()["body"][cited.start : cited.end] == cited.quote

    def test_filters(self, client: TestClient) -> None:
        """Briefings that do not pass are not read."""
        asked = {"question": QUESTION, "filters": {"places": ["bolivian"], "since": "2024"}}
        answer = client.post("/api/ask", json=asked).json()
        nearest = answer["refusal"]["nearest"]
        assert {cited["title"] for cited in nearest} <= {"Bolivia publishes its census"}

    def test_what_narrows_can_be_left_out(self, client: TestClient) -> None:
        """An answer names it, and the next request says what not to heed."""
        asked: dict[str, Any] = {"question": "What did Uruguay reopen in 2009?"}
        narrowed = client.post("/api/ask", json=asked).json()
        assert narrowed["refusal"]
        period, place = narrowed["filters"]
        assert period == {
            "kind": "period",
            "text": "in 2009",
            "since": "2009-01-01",
            "until": "2009-12-31",
            "places": [],
            "used": True,
        }
        assert (place["kind"], place["places"]) == ("place", ["Uruguay"])
        widened = client.post("/api/ask", json={**asked, "without": ["period"]}).json()
        assert widened["statements"]
        assert [f["used"] for f in widened["filters"]] == [False, True]

    def test_conversation(self, client: TestClient) -> None:
        """A follow-up goes on, and the conversation and its answers can be read again."""
        first = client.post("/api/ask", json={"question": "What did Uruguay reopen?"}).json()
        asked = {"question": "And Bolivia?", "conversation_id": first["conversation_id"]}
        second = client.post("/api/ask", json=asked).json()
        assert "Bolivia" in second["standalone"]
        kept = client.get(f"/api/conversations/{first['conversation_id']}").json()
        assert [turn["question"] for turn in kept["turns"]] == [
            "What did Uruguay reopen?",
            "And Bolivia?",
        ]
        assert client.get(f"/api/answers/{second['answer_id']}").json() == second

    def test_stream(self, client: TestClient) -> None:
        """Events in order: status, statements and citations, the whole answer last."""
        response = client.post("/api/ask", json={"question": QUESTION, "stream": True})
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        kinds = [kind for kind, _ in events(response.text)]
        assert kinds[0] == "status"
        assert kinds[-1] == "answer"
        assert kinds.count("answer") == 1
        assert {"statement", "citation"} <= set(kinds)
        answer = events(response.text)[-1][1]
        cited = [data for kind, data in events(response.text) if kind == "citation"]
        assert cited == answer["citations"]

    def test_stream_of_a_wrong_question_is_a_problem(self, client: TestClient) -> None:
        """What is wrong at once has a status of its own."""
        problem(client.post("/api/ask", json={"question": " ", "stream": True}), 422)

    def test_stream_that_fails_ends_in_an_error(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A store that is damaged on the way shows as the last event, a problem."""

        def damaged(*_: object) -> None:
            raise IndexingError("The vector store cannot be used", "Run `attache reindex`.")

        monkeypatch.setattr(Retriever, "retrieve", damaged)
        response = client.post("/api/ask", json={"question": QUESTION, "stream": True})
        kind, data = events(response.text)[-1]
        assert kind == "error"
        assert data["status"] == 503
        assert data["mend"] == "Run `attache reindex`."
        plain = client.post("/api/ask", json={"question": QUESTION})
        assert problem(plain, 503)["title"] == "Indexes not usable now"
        assert plain.headers["retry-after"] == "10"

    @pytest.mark.parametrize(
        "asked",
        [
            {},
            {"question": ""},
            {"question": "   "},
            {"question": "x" * 2001},
            {"question": 7},
            {"question": "Why?", "colour": "red"},
            {"question": "Why?", "filters": {"since": "soon"}},
            {"question": "Why?", "filters": {"since": "2024", "until": "2023"}},
            {"question": "Why?", "filters": {"places": "Peru"}},
            {"question": "Why?", "filters": {"author": "x"}},
            [],
        ],
    )
    def test_what_cannot_be_asked(self, client: TestClient, asked: object) -> None:
        """A 422 with cause and mend, whatever is wrong."""
        assert problem(client.post("/api/ask", json=asked), 422)["mend"]

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}'])
    def test_what_is_no_json(self, client: TestClient, body: bytes) -> None:
        """Bytes that are no JSON, or JSON that is no text, are a 422."""
        headers = {"content-type": "application/json"}
        problem(client.post("/api/ask", content=body, headers=headers), 422)

    def test_odd_characters_do_no_harm(self, client: TestClient) -> None:
        """Quotes, operators and control characters are words like others."""
        for question in ('" OR 1=1 --', "NEAR(\x00 *", "\u2028\u2029 {0}", "🚂 train?"):
            assert client.post("/api/ask", json={"question": question}).status_code == 200


class TestFeedback:
    """POST /api/feedback."""

    def test_kept(self, client: TestClient) -> None:
        """A verdict on an answer is taken."""
        answer = client.post("/api/ask", json={"question": QUESTION}).json()
        given = {"answer_id": answer["answer_id"], "verdict": "helpful", "comment": "Right."}
        assert client.post("/api/feedback", json=given).status_code == 204

    def test_refused(self, client: TestClient) -> None:
        """None on an answer that is not there, and no verdict of one's own making."""
        problem(client.post("/api/feedback", json={"answer_id": "x", "verdict": "helpful"}), 404)
        problem(client.post("/api/feedback", json={"answer_id": "x", "verdict": "fine"}), 422)


class TestBriefings:
    """/api/briefings."""

    def test_list(self, client: TestClient) -> None:
        """Without bodies, newest first, filtered and in parts."""
        listed = client.get("/api/briefings").json()
        assert listed["total"] == 5
        assert listed["briefings"][0]["title"] == "Bolivia publishes its census"
        assert "body" not in listed["briefings"][0]
        of_2023 = client.get("/api/briefings", params={"until": "2023", "place": "uruguay"}).json()
        assert of_2023["total"] == 2
        part = client.get("/api/briefings", params={"limit": 2, "offset": 4}).json()
        assert (part["total"], len(part["briefings"])) == (5, 1)

    def test_one(self, client: TestClient) -> None:
        """A briefing with its text, its blocks and its versions."""
        listed = client.get("/api/briefings", params={"section": "politics"}).json()
        shown = client.get(f"/api/briefings/{listed['briefings'][0]['id']}").json()
        assert shown["versions"] == [shown["version"]]
        first = shown["blocks"][0]
        assert shown["body"][first["start"] : first["end"]].startswith("Bolivia's statistics")

    def test_upload_change_and_remove(self, client: TestClient) -> None:
        """Added, unchanged, changed; both versions can be read; then gone."""
        files = [("files", ("market.txt", NOTE.encode()))]
        added = client.post("/api/briefings", files=files).json()
        (briefing_id,) = added["added"]
        try:
            again = client.post("/api/briefings", files=files).json()
            assert again["unchanged"] == [briefing_id]
            before = client.get(f"/api/briefings/{briefing_id}").json()["version"]
            changed = NOTE.replace("120 stalls", "140 stalls").encode()
            files = [("files", ("market.txt", changed)), ("files", ("empty.txt", b""))]
            report = client.post("/api/briefings", files=files).json()
            assert report["changed"] == [briefing_id]
            assert [s["source"] for s in report["skipped"]] == ["empty.txt"]
            old = client.get(f"/api/briefings/{briefing_id}/versions/{before}").json()
            assert "120 stalls" in old["body"]
            found = client.get("/api/search", params={"q": "fish market stalls"}).json()
            assert "140 stalls" in found["passages"][0]["text"]
        finally:
            assert client.delete(f"/api/briefings/{briefing_id}").status_code == 204
        problem(client.get(f"/api/briefings/{briefing_id}"), 404)
        found = client.get("/api/search", params={"q": "fish market stalls"}).json()
        assert briefing_id not in {passage["briefing_id"] for passage in found["passages"]}

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("empty.txt", b""),
            ("binary.dat", bytes(range(256)) * 40),
            ("broken.pdf", b"%PDF-1.7\n\x00broken"),
            ("broken.docx", b"PK\x03\x04broken"),
            ("large.txt", b"word " * (6 * 1024 * 1024)),
            ("../../etc/passwd", b""),
        ],
    )
    def test_bad_upload(self, client: TestClient, name: str, data: bytes) -> None:
        """A 422 with cause and mend, and the library as it was."""
        before = client.get("/api/briefings").json()
        found = problem(client.post("/api/briefings", files=[("files", (name, data))]), 422)
        assert found["mend"]
        assert client.get("/api/briefings").json() == before

    def test_no_upload_at_all(self, client: TestClient) -> None:
        """Neither no file nor a field of another name is taken for one."""
        problem(client.post("/api/briefings"), 422)
        problem(client.post("/api/briefings", files=[("file", ("a.txt", b"text"))]), 422)

    def test_what_is_not_there(self, client: TestClient) -> None:
        """404 with a mend, for reading and removing."""
        for method, path in (
            ("GET", "/api/briefings/0"),
            ("DELETE", "/api/briefings/0"),
            ("GET", "/api/briefings/0/versions/0"),
            ("GET", "/api/conversations/0"),
            ("GET", "/api/answers/0"),
        ):
            assert problem(client.request(method, path), 404)["mend"]


class TestGuards:
    """What every request passes."""

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:7860", "", "[x"])
    def test_foreign_hosts_are_refused(self, client: TestClient, host: str) -> None:
        """A name that another site has pointed at this machine reads nothing."""
        problem(client.get("/api/briefings", headers={"host": host}), 403)

    @pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.9:80", "[::1]:7860"])
    def test_own_hosts_pass(self, client: TestClient, host: str) -> None:
        """Every name of this machine alone does."""
        assert client.get("/healthz", headers={"host": host}).status_code == 200

    def test_foreign_pages_change_nothing(self, client: TestClient) -> None:
        """A form posted from another site is refused; one of our own page passes."""
        files = [("files", ("empty.txt", b""))]
        for origin in ("https://evil.example", "null", "http://127.0.0.1:9999"):
            refused = client.post("/api/briefings", files=files, headers={"origin": origin})
            problem(refused, 403)
        own = {"origin": "http://127.0.0.1:7860"}
        problem(client.post("/api/briefings", files=files, headers=own), 422)

    def test_no_other_site_may_read(self, client: TestClient) -> None:
        """No answer carries a header that lets another site's script read it."""
        response = client.get("/api/briefings", headers={"origin": "https://evil.example"})
        assert not [name for name in response.headers if name.startswith("access-control")]

    def test_safe_headers(self, client: TestClient) -> None:
        """Browsers are told to load nothing from elsewhere and to keep nothing."""
        headers = client.get("/api/briefings").headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"

    def test_large_body_is_refused_by_its_length(self, client: TestClient) -> None:
        """A body that says that it is too large is not read."""
        problem(client.post("/api/ask", content=b"x" * (guards.BODY_BYTES + 1)), 413)

    def test_large_body_is_refused_while_it_streams(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One that does not say its length is cut off at the limit."""
        monkeypatch.setattr(guards, "UPLOAD_BYTES", 100_000)
        sent = 0

        def endless() -> Iterator[bytes]:
            nonlocal sent
            yield b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            for _ in range(40):
                sent += 10_000
                yield b"y" * 10_000
            yield b"\r\n--x--\r\n"

        headers = {"content-type": "multipart/form-data; boundary=x"}
        response = client.post("/api/briefings", content=endless(), headers=headers)
        assert "MB" in problem(response, 413)["detail"] or "kB" in response.json()["detail"]

    def test_what_nobody_expected(
        self,
        client: TestClient,
        desk: Desk,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """A 500 has an id; the log has the same id and the traceback, the response has none."""

        def fail(*_: object) -> None:
            raise RuntimeError("a secret of the house")

        monkeypatch.setattr(desk.library, "ids", fail)
        with caplog.at_level(logging.ERROR, "attache"):
            response = client.get("/api/briefings")
        found = problem(response, 500)
        assert "secret" not in response.text
        assert found["id"] in found["detail"]
        assert found["id"] in caplog.text
        assert "a secret of the house" in caplog.text


class TestService:
    """Health and documentation."""

    def test_health(self, client: TestClient) -> None:
        """Alive, and ready with so many briefings."""
        assert client.get("/healthz").json()["service"] == "attache"
        assert client.get("/readyz").json() == {"status": "ready", "briefings": 5}

    def test_not_ready(
        self, client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """503 while the vector store is out of line."""
        monkeypatch.setattr(desk.indexer, "needs_repair", lambda: True)
        problem(client.get("/readyz"), 503)

    def test_no_such_route(self, client: TestClient) -> None:
        """404 for what is no route, 405 where another method is; both problems."""
        problem(client.get("/api/nothing"), 404)
        problem(client.get("/nothing"), 404)
        refused = client.put("/api/ask", json={})
        problem(refused, 405)
        assert "POST" in refused.headers["allow"]

    def test_docs_load_nothing(self, client: TestClient) -> None:
        """The page names every route, runs no script and loads nothing."""
        page = client.get("/api/docs")
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert "<script" not in page.text
        assert "http://" not in page.text
        assert "https://" not in page.text
        for path in client.get("/api/openapi.json").json()["paths"]:
            assert f"<code>{path}</code>" in page.text

    def test_problem_types_are_explained(self, client: TestClient) -> None:
        """A problem's type is an address that leads to its explanation."""
        kind = problem(client.get("/api/answers/0"), 404)["type"]
        path, _, anchor = kind.partition("#")
        assert f"id='{anchor}'" in client.get(path).text
