"""Lets `python -m studytool` do what the `studytool` command does."""

from studytool.cli.main import main

if __name__ == "__main__":
    main()
