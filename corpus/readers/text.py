"""Plain text: encodings, hard wraps, and web pages saved as text."""

from __future__ import annotations

from corpus.readers.decoding import decode
from corpus.readers.document import Document
from corpus.readers.wrapping import blocks_of


def read(data: bytes, name: str) -> Document:
    """Read a plain-text file.

    Args:
        data: The file's bytes, in any encoding.
        name: The file's name, for messages.

    Raises:
        IntakeError: If the bytes are in no readable encoding.
    """
    return Document(blocks_of(decode(data, name)), format="text")
