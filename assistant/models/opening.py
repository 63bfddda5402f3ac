"""The language model that the settings name, opened; nothing is asked of it yet."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import Engine

from assistant import messages
from assistant.models.breaker import CircuitBreaker
from assistant.models.careful import CarefulModel
from assistant.models.failure import Where
from assistant.models.gguf import GgufFile
from assistant.models.model import LanguageModel
from assistant.models.patience import Patience
from assistant.models.providers import Anthropic, Ollama, OpenAI, Server
from assistant.models.replies import KeptReplies
from assistant.models.served import Provider, ServedModel
from assistant.models.spending import DailyBudget, Prices
from assistant.settings import Settings
from corpus.errors import SettingsError

GGUF = "llama-cpp"
SERVED: dict[str, Callable[[Server], Provider]] = {
    "openai": OpenAI,
    "anthropic": Anthropic,
    "ollama": Ollama,
}
USUAL_URLS = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://localhost:11434",
}

# What must be there for each, as its extra brings it.
PACKAGES = {
    "openai": ("openai", "llama_index.llms.openai_like"),
    "anthropic": ("anthropic", "llama_index.llms.anthropic"),
    "ollama": ("ollama", "llama_index.llms.ollama"),
    GGUF: ("llama_cpp",),
}


def open_model(settings: Settings, engine: Engine) -> LanguageModel | None:
    """The model that the settings name, asked with care; None where they name none.

    Args:
        settings: Which, where, and for how much.
        engine: The library's open database: replies are kept and tokens are counted in it.

    Raises:
        SettingsError: What it takes is not installed or not set.
    """
    model = open_bare(settings)
    if model is None:
        return None
    origin = (settings.model_provider, place_of(settings), settings.model)
    return CarefulModel(
        model,
        KeptReplies(engine, origin),
        DailyBudget(engine, model.name, settings.model_daily_tokens),
        CircuitBreaker(model.name),
        prices_of(settings),
    )


def open_bare(settings: Settings) -> ServedModel | None:
    """The model itself: no retries, nothing kept, nothing counted.

    Raises:
        SettingsError: As `open_model`.
    """
    if not settings.model_provider:
        return None
    _check(settings)
    key = settings.model_key.get_secret_value()
    name = Path(settings.model).stem if settings.model_provider == GGUF else settings.model
    where = Where(name, place_of(settings), key, settings.model_timeout)
    return ServedModel(name, settings.model_context, _provider(settings, key), where)


def prices_of(settings: Settings) -> Prices:
    """What the model costs, as far as it is set."""
    return Prices(settings.model_input_price, settings.model_output_price)


def place_of(settings: Settings) -> str:
    """Where the model is: the server's address, or the file."""
    if settings.model_provider == GGUF:
        return str(Path(settings.model).expanduser())
    return settings.model_url or USUAL_URLS[settings.model_provider]


def _provider(settings: Settings, key: str) -> Provider:
    patience = Patience(settings.model_timeout)
    place = place_of(settings)
    if settings.model_provider == GGUF:
        return GgufFile(Path(place), settings.model_context, patience)
    server = Server(place, settings.model, key, settings.model_context, patience)
    return SERVED[settings.model_provider](server)


def _check(settings: Settings) -> None:
    """Whatever can be told to be missing before anybody asks a question."""
    provider = settings.model_provider
    if not settings.model:
        raise SettingsError(*_filled(messages.MODEL_NOT_NAMED, provider))
    if not all(map(_is_installed, PACKAGES[provider])):
        raise SettingsError(*_filled(messages.MODEL_NOT_INSTALLED, provider))
    if provider == GGUF:
        if not Path(place_of(settings)).is_file():
            raise SettingsError(*_filled(messages.MODEL_NO_FILE, place_of(settings)))
        return
    address = urlsplit(place_of(settings))
    if address.scheme not in ("http", "https") or not address.hostname or address.query:
        # Not shown: it may hold a key.
        raise SettingsError(*messages.MODEL_NO_ADDRESS)
    if address.username or address.password:
        raise SettingsError(*messages.MODEL_KEY_IN_ADDRESS)
    if not settings.model_url and provider != "ollama" and not settings.model_key:
        raise SettingsError(*_filled(messages.MODEL_NO_KEY, provider))


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        # One that it is a part of is missing.
        return False


def _filled(text: tuple[str, str], what: str) -> tuple[str, str]:
    cause, mend = text
    return cause.format(what=what), mend.format(what=what)
