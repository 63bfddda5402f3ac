"""The HTTP API."""

from assistant.api.application import create_app

__all__ = ["create_app"]
