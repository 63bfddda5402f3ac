"""`python -m assistant` is `attache`."""

from assistant.cli import main

if __name__ == "__main__":
    main()
