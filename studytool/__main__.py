"""Lets `python -m studytool` do what the `studytool` command does."""

from studytool.cli import main

if __name__ == "__main__":
    main()
