"""Embedding: the default is what it says it is, and refuses to be anything else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from index.embedding import (
    EMBEDDED_SHA256,
    SentenceTransformerEmbedder,
    check_weights,
    embedded_directory,
)


def test_vectors_are_unit_and_in_order(embedder: SentenceTransformerEmbedder) -> None:
    """Sorting by length inside does not change which vector belongs to which text."""
    texts = ["A long text about copper mines in northern Chile. " * 9, "wheat", "iron ore"]
    together = embedder.embed(texts)
    alone = np.stack([embedder.embed([t])[0] for t in texts])
    assert together.shape == (3, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together, alone, atol=1e-4)


def test_no_texts_no_vectors(embedder: SentenceTransformerEmbedder) -> None:
    """Nothing in, nothing out, of the right shape."""
    assert embedder.embed([]).shape == (0, 384)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    """Weights that differ by a byte are not loaded."""
    tampered = tmp_path / "model.safetensors"
    tampered.write_bytes((embedded_directory() / "model.safetensors").read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="not the expected ones"):
        check_weights(tampered, EMBEDDED_SHA256)


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    """A model that is nowhere gives a cause and a mend, not a download."""
    with pytest.raises(ModelError, match="neither a folder nor in the local model cache"):
        SentenceTransformerEmbedder.open("nobody/no-such-model")


def test_another_folder_is_another_space(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    """A model given by folder works, and its vectors live in a collection of their own."""
    copy = tmp_path / "my-model"
    copy.symlink_to(embedded_directory())
    other = SentenceTransformerEmbedder.open(str(copy))
    assert other.fingerprint != embedder.fingerprint
    assert other.dimensions == 384
