"""The errors a user can cause, and the exit codes they end with."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says to the shell."""

    OK = 0
    PROBLEMS = 1
    USAGE = 2
    INTERRUPTED = 130


class StudytoolError(Exception):
    """A failure with one clear message for the user.

    Attributes:
        message: What is wrong, one sentence, without a trailing full stop.
        help: What to do about it; empty when nothing useful can be said.
        exit_code: The exit code the command ends with.
    """

    exit_code = ExitCode.PROBLEMS

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        """Keep the message and the advice apart, so that each front end can lay them out."""
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(StudytoolError):
    """The command line or a setting asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class StoreError(StudytoolError):
    """The database cannot be opened, is not ours, or could not be written."""


class ClockError(StudytoolError):
    """The log is further ahead of the clock than travel or a time zone explains."""
