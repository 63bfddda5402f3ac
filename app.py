"""The browser chat: `python app.py` starts it and opens it; `attache serve` is the same."""

import sys

from assistant.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
