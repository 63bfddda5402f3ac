"""Every setting, read once: from the environment, then the home's settings.toml.

This is the only module that reads the environment. `docs/settings.md` is made from it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from corpus.errors import SettingsError
from index.embedding import EMBEDDED_MODEL


class Settings(BaseSettings):
    """What can be set. Each field is also an environment variable: ATTACHE_ and its name."""

    # What was given stands in no error's text: it may be a key, also under a misspelt name.
    model_config = SettingsConfigDict(
        env_prefix="ATTACHE_",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        # `model_…` is ours here, and no field is named as pydantic's own `model_` methods are.
        protected_namespaces=(),
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("attache"),
        description="The folder that holds the library: database, vectors, uploads, settings.",
    )
    host: str = Field(
        default="127.0.0.1", description="The address that `attache serve` listens on."
    )
    port: int = Field(
        default=7860, ge=0, le=65535, description="The port it listens on; 0 takes a free one."
    )
    embedding_model: str = Field(
        default=EMBEDDED_MODEL,
        description="The sentence-transformers model: the embedded default, a folder, or a name "
        "in the local model cache. Each model has a collection of its own.",
    )
    chroma_url: str = Field(
        default="", description="A Chroma server to keep vectors on; empty: in the home."
    )
    passages: int = Field(
        default=12, ge=1, le=50, description="How many passages are read for a question."
    )
    statements: int = Field(
        default=5, ge=1, le=10, description="How many sentences an answer has at most."
    )
    samples: bool = Field(
        default=True,
        description="Whether an empty library is first filled with the sample briefings.",
    )
    model_provider: Literal["", "openai", "anthropic", "ollama", "llama-cpp"] = Field(
        default="",
        description="What speaks for the language model that writes answers: `openai` is every "
        "server with OpenAI's interface. Empty: none; answers are the briefings' own sentences. "
        "[Language models](models.md) shows how to set each up.",
    )
    model: str = Field(
        default="", description="The model's name there; for `llama-cpp` the path of a .gguf file."
    )
    model_url: str = Field(
        default="",
        description="The server's address; empty: that of OpenAI, of Anthropic, or of Ollama on "
        "this machine.",
    )
    model_key: SecretStr = Field(
        default=SecretStr(""), description="The key of the server; never shown anywhere."
    )
    model_context: int = Field(
        default=8192,
        ge=1024,
        le=10_000_000,
        description="How many tokens the model takes, question, evidence and reply together.",
    )
    model_timeout: float = Field(
        default=60,
        ge=1,
        le=3600,
        description="How many seconds may pass without a piece of its reply; a whole reply may "
        "take ten times that.",
    )
    model_reply_tokens: int = Field(
        default=700, ge=50, le=8000, description="How many tokens a reply may have."
    )
    model_input_price: float = Field(
        default=0,
        ge=0,
        le=10_000,
        description="What a million tokens of prompt cost, in your currency; 0: unknown.",
    )
    model_output_price: float = Field(
        default=0, ge=0, le=10_000, description="What a million tokens of reply cost; 0: unknown."
    )
    model_daily_tokens: int = Field(
        default=0,
        ge=0,
        le=1_000_000_000,
        description="How many tokens may be used in a day (UTC), prompts and replies together; "
        "0: as many as wanted.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then settings.toml in the home they name."""
        home = init_settings().get("home") or env_settings().get("home") or _default_home()
        file = Path(str(home)).expanduser() / "settings.toml"
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)

    @property
    def database(self) -> Path:
        """The library's database file."""
        return self.home / "attache.db"


def load(**given: Any) -> Settings:
    """The settings in force; `given` (arguments of the command line) come first.

    Raises:
        SettingsError: A setting has a value it cannot have.
    """
    try:
        settings = Settings(**{k: v for k, v in given.items() if v is not None})
    except ValidationError as error:
        raise _refused(error) from None
    return settings.model_copy(update={"home": settings.home.expanduser().resolve()})


def _refused(error: ValidationError) -> SettingsError:
    """What is wrong with a setting; its value with it, unless that is a key or may be one."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    mend = "docs/settings.md lists what each can be."
    if first["type"] == "extra_forbidden":
        return SettingsError(f"There is no setting {name!r}", mend)
    value = "a value" if name == "model_key" else f"the value {first.get('input')!r}"
    return SettingsError(f"The setting {name!r} has {value} it cannot have: {first['msg']}", mend)


def _default_home() -> Path:
    return user_data_path("attache")
