"""How many tokens a text is at most, held against vocabularies that are on this machine."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.utils import get_tokenizer
from tokenizers import Tokenizer, models, normalizers

from assistant.models.counting import most_tokens, surely_longer

PROSE = (
    "Peru's foreign minister asked the United States for six helicopters on 10 October 2022.",
    "Der bolivianische Außenminister forderte Entwicklungszusammenarbeitsvereinbarungen.",
    "Министр иностранных дел запросил шесть вертолётов.",
    "外交部长要求六架直升机。",
)


@cache
def byte_level() -> Tokenizer:
    """OpenAI's cl100k, as llama-index brings it."""
    return get_tokenizer("gpt-4")


@cache
def byte_fallback() -> Tokenizer:
    """The worst of SentencePiece's kind: a vocabulary of single bytes, and a space in front."""
    names = ["▁", "<unk>", *(f"<0x{byte:02X}>" for byte in range(256))]
    vocabulary = {name: n for n, name in enumerate(names)}
    tokenizer = Tokenizer(models.BPE(vocabulary, [], unk_token="<unk>", byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    return tokenizer


@settings(deadline=None)
@given(st.text())
def test_never_too_few(text: str) -> None:
    """Whatever the text."""
    assert len(byte_level()(text)) <= most_tokens(text)
    assert len(byte_fallback().encode(text).ids) <= most_tokens(text)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_never_called_longer_than_it_is(text: str) -> None:
    """A reply that keeps to its limit is not cut, in any language."""
    assert not surely_longer(len(text), len(byte_level()(text)))


def test_what_is_far_longer_is() -> None:
    """Some ten times too long is told from a long word."""
    assert surely_longer(len(PROSE[0]) * 10, len(byte_level()(PROSE[0])))
