"""Language models behind a server, each through llama-index's interface to it.

llama-index's types stay in this module. Its packages are extras, so each is imported when a
reply is first asked for. What they would otherwise take from the environment (keys, addresses,
an organisation) is given to them, so that nothing goes to a server that its owner did not set;
their own retries are off, since a failure is answered in one place, `careful`.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.models.counting import most_tokens
from assistant.models.model import Prompt
from assistant.models.patience import Patience
from assistant.models.served import Part

# Where no key is set: the libraries want one, and servers on one's own machine do not look.
NO_KEY = "none"

# Parts of a request to OpenAI's interface that not every server or model takes, and which can
# be left out: a schema for the reply, counting the tokens, the temperature, the name of the
# limit that newer models call `max_completion_tokens`.
SCHEMA, COUNTS, TEMPERATURE, LIMIT = (
    "response_format",
    "stream_options",
    "temperature",
    "max_tokens",
)
REFUSED = (400, 422)


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and what is asked of it.

    Attributes:
        url: Its address.
        model: The model's name there.
        key: The key; "" where none is needed.
        context: How many tokens of prompt and reply together the model takes.
        patience: How long it is waited for.
    """

    url: str
    model: str
    key: str
    context: int
    patience: Patience

    def __repr__(self) -> str:
        return f"Server({self.url!r}, {self.model!r})"

    def count(self, text: str) -> int:
        """How many tokens `text` is at most."""
        return most_tokens(text)


class OpenAI:
    """OpenAI, and every server with its interface: vLLM, llama.cpp's, LM Studio, Ollama's /v1.

    Args:
        server: Which.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._left_out: frozenset[str] = frozenset()

    def count(self, text: str) -> int:
        """How many tokens `text` is at most."""
        return self._server.count(text)

    def parts(self, prompt: Prompt) -> Generator[Part]:
        """The reply, part by part; what the server does not take is left out, and remembered."""
        import openai

        left_out = self._left_out
        while True:
            begun = False
            try:
                with closing(self._request(prompt, left_out)) as parts:
                    for part in parts:
                        begun = True
                        yield part
            except openai.APIStatusError as error:
                more = _not_taken(error, prompt, left_out)
                if begun or not more:
                    raise
                left_out |= more
                continue
            # Only now: it may have been the prompt that was not taken.
            self._left_out = left_out
            return

    def _request(self, prompt: Prompt, left_out: frozenset[str]) -> Generator[Part]:
        import openai
        from llama_index.llms.openai_like import OpenAILike

        server = self._server
        # A client for each reply: closing it ends the request, wherever that is.
        with httpx.Client(**server.patience.options()) as http:
            sdk = openai.OpenAI(
                api_key=server.key or NO_KEY,
                base_url=server.url,
                max_retries=0,
                timeout=server.patience.timeout,
                http_client=http,
            )
            sdk.organization = sdk.project = None
            llm = OpenAILike(
                model=server.model,
                api_key=NO_KEY,
                api_base=server.url,
                is_chat_model=True,
                context_window=server.context,
                max_retries=0,
                max_tokens=None if LIMIT in left_out else prompt.most,
                temperature=0.0,
                additional_kwargs=_extras(prompt, left_out, openai.omit),
                openai_client=sdk,
            )
            with closing(llm.stream_chat(_messages(prompt))) as responses:
                for response in responses:
                    yield _openai_part(response)


class Anthropic:
    """Anthropic's models.

    Args:
        server: Which.
    """

    def __init__(self, server: Server) -> None:
        self._server = server

    def count(self, text: str) -> int:
        """How many tokens `text` is at most."""
        return self._server.count(text)

    def parts(self, prompt: Prompt) -> Generator[Part]:
        """The reply, part by part."""
        import anthropic
        from llama_index.core.llms import LLMMetadata
        from llama_index.llms import anthropic as integration

        server = self._server

        class AnyModel(integration.Anthropic):  # type: ignore[misc]
            """The integration knows no models that are newer than itself, and refuses them."""

            @property
            def metadata(self) -> LLMMetadata:
                return LLMMetadata(model_name=server.model, context_window=server.context)

        with httpx.Client(**server.patience.options()) as http:
            key = server.key or NO_KEY
            llm = AnyModel(
                model=server.model,
                api_key=key,
                base_url=server.url,
                max_retries=0,
                max_tokens=prompt.most,
                temperature=0.0,
            )
            # The integration takes no client of one's own, and without one neither ends the
            # request when it is closed nor ever gives up.
            llm._client = anthropic.Anthropic(
                api_key=key,
                base_url=server.url,
                max_retries=0,
                timeout=server.patience.timeout,
                http_client=http,
            )
            with closing(llm.stream_chat(_messages(prompt))) as responses:
                for response in responses:
                    yield _anthropic_part(response)


class Ollama:
    """Models that Ollama serves.

    Args:
        server: Which.
    """

    def __init__(self, server: Server) -> None:
        self._server = server

    def count(self, text: str) -> int:
        """How many tokens `text` is at most."""
        return self._server.count(text)

    def parts(self, prompt: Prompt) -> Generator[Part]:
        """The reply, part by part."""
        import ollama
        from llama_index.llms import ollama as integration

        server = self._server

        def authorized(request: httpx.Request) -> httpx.Request:
            # The library takes a key from the environment where it is given none.
            request.headers.pop("authorization", None)
            if server.key:
                request.headers["authorization"] = f"Bearer {server.key}"
            return request

        options = server.patience.options()
        with ollama.Client(host=server.url, auth=authorized, **options) as client:
            llm = integration.Ollama(
                model=server.model,
                base_url=server.url,
                client=client,
                context_window=server.context,
                temperature=0.0,
                additional_kwargs={"num_predict": prompt.most},
            )
            asked = llm.stream_chat(
                _messages(prompt), format=dict(prompt.schema) if prompt.schema else None
            )
            with closing(asked) as responses:
                for response in responses:
                    yield _ollama_part(response)


def _messages(prompt: Prompt) -> list[Any]:
    from llama_index.core.llms import ChatMessage, MessageRole

    return [
        ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
        ChatMessage(role=MessageRole.USER, content=prompt.user),
    ]


def _extras(prompt: Prompt, left_out: frozenset[str], omit: Any) -> dict[str, Any]:
    """What is asked of an OpenAI server besides, as far as it takes it."""
    extras: dict[str, Any] = {}
    if prompt.schema and SCHEMA not in left_out:
        schema = {"name": "reply", "schema": dict(prompt.schema), "strict": True}
        extras[SCHEMA] = {"type": "json_schema", "json_schema": schema}
    if COUNTS not in left_out:
        extras[COUNTS] = {"include_usage": True}
    if TEMPERATURE in left_out:
        extras[TEMPERATURE] = omit
    if LIMIT in left_out:
        extras["max_completion_tokens"] = prompt.most
    return extras


def _not_taken(error: Any, prompt: Prompt, left_out: frozenset[str]) -> frozenset[str]:
    """What of a request a server may have refused: what it names, else all that few know."""
    if error.status_code not in REFUSED:
        return frozenset()
    sent = {COUNTS, TEMPERATURE, LIMIT} | ({SCHEMA} if prompt.schema else set())
    named = {part for part in sent if part in error.message}
    return frozenset((named or (sent & {SCHEMA, COUNTS})) - left_out)


def _openai_part(response: Any) -> Part:
    usage = getattr(response.raw, "usage", None)
    choices = response.raw.choices
    return Part(
        response.delta or "",
        (usage.prompt_tokens, usage.completion_tokens) if usage else None,
        (choices[0].finish_reason or "") if choices else "",
    )


def _anthropic_part(response: Any) -> Part:
    known = response.message.additional_kwargs
    usage, ended = known.get("usage"), known.get("stop_reason")
    tokens = (usage["input_tokens"], usage["output_tokens"]) if usage and ended else None
    return Part(response.delta or "", tokens, ended or "")


def _ollama_part(response: Any) -> Part:
    raw = response.raw
    if not raw.get("done"):
        return Part(response.delta or "")
    read, written = raw.get("prompt_eval_count"), raw.get("eval_count")
    tokens = None if read is None or written is None else (read, written)
    return Part(response.delta or "", tokens, raw.get("done_reason") or "stop")
