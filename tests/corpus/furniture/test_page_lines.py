"""Whole-line patterns: what fits them and what must not."""

from __future__ import annotations

import pytest

from corpus.furniture.page_lines import is_page_line

PAGE_LINES = [
    "Share",
    "Share this article",
    "Facebook | Twitter | LinkedIn",
    "12 comments",
    "Follow us on Twitter and LinkedIn",
    "Síguenos en Instagram",
    "Subscribe to our newsletter for more stories like this.",
    "Sign up for our weekly letter",
    "Already a subscriber? Sign in",
    "View this email in your browser",
    "Unsubscribe | Update preferences | View in browser",
    "You are receiving this because you signed up on our site.",
    "Accept all cookies",
    "We use cookies to make this site work. By clicking Accept you agree to our use of them.",
    "Utilizamos cookies para mejorar su experiencia en este sitio.",
    "Skip to content",
    "Back to top",
    "Volver arriba",
    "Home > Economy > Chile",
    "Inicio » Economía",
    "Read more",
    "Read more: The price of a colder sea",
    "Lea también: Sal, sol y paciencia",
    "Tags: salmon, licences",
    "Posted in Economy",
    "5 min read",
    "Reading time: 4 minutes",
    "Tiempo de lectura: 4 minutos",
    "Advertisement",
    "Publicidad",
    "Photo: Harbour of Natales / Agencia Austral",
    "Getty Images",
    "(Reporting by R. Bentancor; editing by L. Duarte)",
    "© 2023 The Ledger",
    "Copyright 2023 The Ledger Ltd.",
    "(c) 2023 The Ledger",
    "All rights reserved.",
    "Todos los derechos reservados",
]

SENTENCES = [
    "Share prices fell in Lima.",
    "Share of exports is what the council looks at first.",
    "Follow-on sales are expected to decline.",
    "Subscribers left in May.",
    "Sign the treaty by March.",
    "Subscribe to the bond, he said. It will not fall further this year.",
    "(c) The ministry has no list of its own clinics.",
    "We baked cookies for the embassy.",
    "Search parties left at dawn.",
    "Read the ruling and one thing stands out.",
    "Read more: the minister resigned on Monday.",
    "Posted in Lima, she wrote every day.",
    "5 minutes later the lights went out.",
    "Photo: the ministry showed a map of the new border.",
    "Copyright law changed in 2023, and the publishers lost.",
    "The court held that all rights reserved by the buyer were void.",
    "Home prices rose by 3 percent.",
    "Next year brings an election.",
    "Tagged animals were counted.",
    "Register by June, says the ministry.",
    "Outlook",
    "Comments",
    "Credit: lending fell by 3 percent in May.",
]


@pytest.mark.parametrize("line", PAGE_LINES)
def test_page_line_is_known(line: str) -> None:
    """A line that pages put around a text is known, whatever its case."""
    assert is_page_line(line)
    assert is_page_line(line.upper())


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_is_no_page_line(sentence: str) -> None:
    """A sentence that begins with the same words is not taken for one."""
    assert not is_page_line(sentence)
