"""E-mail: the message itself, without what it quotes and without its signature."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from corpus.errors import IntakeError
from corpus.readers import html
from corpus.readers.decoding import decode, tidy
from corpus.readers.document import Document
from corpus.readers.wrapping import blocks_of

# What mail programs write above the message that is answered; everything below is not this
# message's. Outlook's form is a block of headers after a rule.
_QUOTE_STARTS = re.compile(
    r"^(?:On .{5,120} wrote:|El .{5,120} escribió:|Le .{5,120} a écrit :|Am .{5,120} schrieb.*:"
    r"|Em .{5,120} escreveu:|-{3,} ?(?:Original Message|Mensaje original|Forwarded message).*"
    r"|_{10,})\s*$",
    re.I | re.M,
)
_SIGNATURE = re.compile(r"^-- ?$", re.M)
_SUBJECT_MARK = re.compile(r"^(?:(?:re|fwd?|aw|wg|rv|tr|enc)\s*:\s*)+", re.I)


def read(data: bytes, name: str) -> Document:
    """Read a saved e-mail.

    Args:
        data: The message's bytes, headers and all.
        name: The file's name, for messages.

    Returns:
        The message's own text. Attached files are counted in `attachments` and not read.

    Raises:
        IntakeError: If the message has no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise IntakeError(f"The e-mail '{name}' has no text", "Offer its attachment itself.")
    content = _content(body, name)
    if body.get_content_subtype() == "html":
        blocks = html.read(f"<html><body>{content}</body></html>".encode(), name).blocks
    else:
        blocks = blocks_of(_own_words(content))
    if not blocks:
        raise IntakeError(
            f"The e-mail '{name}' has no text of its own, only what it quotes",
            "Offer the message that it answers.",
        )
    return Document(
        blocks,
        title=_SUBJECT_MARK.sub("", _header(message, "subject")),
        published=_date(message),
        author=_author(message),
        format="email",
        attachments=sum(1 for _ in message.iter_attachments()),
    )


def _content(body: MIMEPart, name: str) -> str:
    """The text of a message's body; an encoding it misstates is found out."""
    payload = body.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = body.get_content_charset()
    if charset:
        try:
            return tidy(raw.decode(charset))
        except (LookupError, UnicodeDecodeError):
            return decode(raw, name)
    return decode(raw, name)


def _own_words(content: str) -> str:
    """The message without what it quotes and without its signature."""
    content = _SIGNATURE.split(content, maxsplit=1)[0]
    content = _QUOTE_STARTS.split(content, maxsplit=1)[0]
    return "\n".join(line for line in content.split("\n") if not line.startswith(">"))


def _header(message: EmailMessage, field: str) -> str:
    return " ".join(tidy(str(message[field] or "")).split())


def _date(message: EmailMessage) -> dt.date | None:
    """The day it was sent, by its sender's clock."""
    try:
        stamp = getattr(message["date"], "datetime", None)
    except (MessageError, ValueError, TypeError):
        return None
    return stamp.date() if isinstance(stamp, dt.datetime) else None


def _author(message: EmailMessage) -> str:
    shown, address = parseaddr(_header(message, "from"))
    return shown or address
