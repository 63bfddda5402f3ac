"""Every setting, read once: from the environment, then the home's settings.toml.

This is the only module that reads the environment. `docs/settings.md` is made from it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import Field, ValidationError
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

    model_config = SettingsConfigDict(env_prefix="ATTACHE_", extra="forbid", frozen=True)

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
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The setting {name!r} has the value {first.get('input')!r}: {first['msg']}",
            "docs/settings.md lists what each can be.",
        ) from error
    return settings.model_copy(update={"home": settings.home.expanduser().resolve()})


def _default_home() -> Path:
    return user_data_path("attache")
