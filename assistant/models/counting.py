"""How many tokens a text is, where the model's own vocabulary is not on this machine."""

from __future__ import annotations

# SentencePiece vocabularies put a space in front of a text.
DUMMY_PREFIX = 1

# No vocabulary's tokens hold more letters than this on average, in the prose of any language:
# English is at 4 to 5, and what is packed tightest stays below 6.
MOST_CHARACTERS_A_TOKEN = 8


def most_tokens(text: str) -> int:
    """An upper bound: `text` is never more tokens than this, in the common vocabularies.

    It is the number of its UTF-8 bytes, and one. A byte-level BPE (GPT-2 and all of OpenAI's,
    Llama 3, Qwen, Mistral's Tekken, DeepSeek) begins with one token a byte, and each merge makes
    one of two; a SentencePiece BPE with byte fallback (Llama 2, Mistral 7B, Gemma) has at most
    one token a character it knows, one a byte for those it does not, and one for the space that
    it puts in front. No tighter bound holds without the vocabulary: a word that it has never
    seen falls apart into its bytes. English prose is about four times fewer tokens.

    It does not hold for vocabularies that rewrite a text before they cut it (NFKC, as T5 does),
    which no chat model of today uses.
    """
    return len(text.encode("utf-8", "surrogatepass")) + DUMMY_PREFIX


def surely_longer(characters: int, tokens: int) -> bool:
    """Whether a text of so many characters is certainly more than so many tokens."""
    return characters > tokens * MOST_CHARACTERS_A_TOKEN
