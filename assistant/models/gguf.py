"""A language model out of a .gguf file, in this process, by llama.cpp."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from assistant.models.failure import TookTooLong
from assistant.models.model import Prompt
from assistant.models.patience import Patience
from assistant.models.served import Part


class GgufFile:
    """A model in a file; it is read when it is first needed.

    Args:
        path: The file.
        context: How many tokens of prompt and reply together.
        patience: How long a reply may take.
    """

    def __init__(self, path: Path, context: int, patience: Patience) -> None:
        self._path = path
        self._context = context
        self._patience = patience
        # llama.cpp holds one conversation at a time; counting needs no part of it.
        self._talking = threading.Lock()
        self._reading = threading.Lock()
        self._opened: Any = None

    def count(self, text: str) -> int:
        """How many tokens `text` is, by the model's own vocabulary."""
        return len(self._llama().tokenize(text.encode(), add_bos=True))

    def parts(self, prompt: Prompt) -> Generator[Part]:
        """The reply, part by part, in the form that the file's own template gives a chat."""
        with self._talking:
            ends = time.monotonic() + self._patience.whole
            chunks = self._llama().create_chat_completion(
                messages=[
                    {"role": "system", "content": prompt.system},
                    {"role": "user", "content": prompt.user},
                ],
                response_format=_format(prompt),
                temperature=0.0,
                max_tokens=prompt.most,
                stream=True,
            )
            for chunk in chunks:
                if time.monotonic() > ends:
                    raise TookTooLong
                choice = chunk["choices"][0]
                text = choice["delta"].get("content") or ""
                yield Part(text, ended=choice.get("finish_reason") or "")

    def _llama(self) -> Any:
        import llama_cpp

        with self._reading:
            if self._opened is None:
                self._opened = llama_cpp.Llama(str(self._path), n_ctx=self._context, verbose=False)
            return self._opened


def _format(prompt: Prompt) -> dict[str, Any] | None:
    if prompt.schema is None:
        return None
    return {"type": "json_object", "schema": dict(prompt.schema)}
