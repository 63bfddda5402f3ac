"""An answer as far as it has come, put together from the events of `Assistant.stream`."""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer, from_json
from assistant.assistant import Event


class Coming:
    """An answer in the making, as a reader sees it.

    Args:
        question: As asked.
    """

    def __init__(self, question: str) -> None:
        self._data = Answer(question, question, "").to_json()
        self.status: dict[str, Any] = {}
        self.is_whole = False

    def take(self, event: Event) -> None:
        """Add what an event brings."""
        match event.kind:
            case "status":
                self.status = event.data
                for known in self._data.keys() & event.data.keys():
                    self._data[known] = event.data[known]
            case "citation":
                self._data["citations"].append(event.data)
            case "statement":
                self._data["statements"].append(event.data)
            case "answer":
                self._data, self.is_whole = event.data, True

    @property
    def answer(self) -> Answer:
        """The answer: whole, or its statements and citations so far."""
        return from_json(self._data)
