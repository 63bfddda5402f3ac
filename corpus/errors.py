"""Every expected failure, one small tree; each says what happened and how to mend it.

AttacheError
├── IntakeError         something offered as a briefing cannot be taken in
├── LibraryError        the library's database cannot be opened, read or written
├── IndexingError       the search indexes cannot be built or opened
├── ModelError          an embedding or ranking model is missing, damaged or does not fit
├── LanguageModelError  a language model that cannot be asked, or fails while it replies
├── NotFound            a briefing, version, conversation or answer that does not exist
├── QuestionError       a question that cannot be asked as it stands
└── SettingsError       a setting with a value it cannot have
"""

from __future__ import annotations


class AttacheError(Exception):
    """An expected failure, shown to people in one line.

    Args:
        cause: What happened, naming the thing and its value, without a full stop.
        mend: What the reader can do about it, as an imperative sentence.
    """

    exit_code = 1

    def __init__(self, cause: str, mend: str) -> None:
        super().__init__(f"{cause}. {mend}")
        self.cause = cause
        self.mend = mend


class IntakeError(AttacheError):
    """Something offered as a briefing cannot be taken in."""

    exit_code = 3


class LibraryError(AttacheError):
    """The library's database cannot be opened, read or written."""

    exit_code = 4


class IndexingError(AttacheError):
    """The search indexes cannot be built or opened."""

    exit_code = 5


class ModelError(AttacheError):
    """An embedding or ranking model is missing, damaged or does not fit."""

    exit_code = 6


class LanguageModelError(AttacheError):
    """A language model cannot be asked, or fails while it replies."""

    exit_code = 9


class NotFound(AttacheError):
    """A briefing, version, conversation or answer that does not exist."""

    exit_code = 7


class QuestionError(AttacheError):
    """A question that cannot be asked as it stands."""

    exit_code = 2


class SettingsError(AttacheError):
    """A setting with a value it cannot have."""

    exit_code = 8
