"""Nothing leaves the machine: what must be set before the libraries that would are imported."""

from __future__ import annotations

import os

# Each library reads its own switch once, while it is imported.
SWITCHES = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "OTEL_SDK_DISABLED": "true",
    "DO_NOT_TRACK": "1",
    # Not of the network, but read at the same moment: without it PyTorch's threads wait for
    # each other by spinning, and on a machine that has other work, too, a question takes
    # several times as long.
    "OMP_WAIT_POLICY": "PASSIVE",
}


def stay_offline() -> None:
    """Turn telemetry, update checks and downloads of all dependencies off in this process.

    To be called before anything imports gradio, transformers or chromadb. It overrides what
    the environment says, since the promise does not depend on where Attaché is started.
    """
    os.environ.update(SWITCHES)
