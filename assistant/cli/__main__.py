"""`python -m assistant.cli` is `attache`."""

from assistant.cli.program import main

if __name__ == "__main__":
    main()
