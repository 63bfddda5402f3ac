"""The command line: `attache` and its commands."""

from assistant.cli.program import main

__all__ = ["main"]
