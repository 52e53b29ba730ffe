"""Runs a plain review on the streams of the process."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO

import click

from studytool import garbage
from studytool.cli import chosen
from studytool.cli.console import colored, emit, on_terminal, say
from studytool.days import as_date
from studytool.errors import ExitCode
from studytool.opening import Opened
from studytool.overview import closing_line
from studytool.plain import PlainReview
from studytool.plain_page import Look, Page
from studytool.plain_words import NOTHING, Words
from studytool.session import Session

MEASURE = 76
"""Most columns of a row on a terminal."""
WIDEST = 1000
"""Most columns of a row in a pipe."""
LONGEST = 200
"""Bytes of a line; a longer one means nothing."""


def review_lines(opened: Opened, session: Session, typing: bool = False) -> ExitCode:
    """Review line by line on stdin and stdout, and return the exit code.

    Args:
        opened: The library.
        session: What is reviewed.
        typing: Whether answers are typed where the note says what it accepts.
    """
    if sys.stdout is None:  # nobody would see what is graded
        return ExitCode.OK
    inline = on_terminal(sys.stdin) and on_terminal(sys.stdout)
    look = Look(_width, colored(sys.stdout), inline)
    words = Words(chosen.settings().keys)
    page = Page(look, lambda text: emit(text, end=False))
    review = PlainReview(session, page, words, time.monotonic, typing)
    try:
        return review.run(_typed(), opened.notices)
    except KeyboardInterrupt:
        if inline:
            click.echo(err=True)
        say(closing_line(session))
        return ExitCode.INTERRUPTED
    finally:
        opened.store.back_up(as_date(session.day))


def _width() -> int:
    """Return the columns of a row: those of the terminal, else of COLUMNS, else 80."""
    if on_terminal(sys.stdout):
        return min(MEASURE, os.get_terminal_size(sys.stdout.fileno()).columns or MEASURE)
    return min(WIDEST, shutil.get_terminal_size((80, 24)).columns)


def _typed() -> Iterator[str]:
    """Yield what is typed, line by line."""
    garbage.resume()  # the first question is there
    if sys.stdin is not None:
        yield from lines(sys.stdin.buffer, sys.stdin.encoding)


def lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield the lines of a stream without blanks around them.

    Bytes that are no text come as lone surrogates, and a line that is too long as one of them:
    neither means anything to a review.
    """
    while line := stream.readline(LONGEST):
        whole = not _goes_on(line)
        while _goes_on(line):
            line = stream.readline(LONGEST)
        yield line.decode(encoding, "surrogateescape").strip(" \t\r\n") if whole else NOTHING


def _goes_on(piece: bytes) -> bool:
    """Tell whether a piece of a line is not the end of it."""
    return len(piece) == LONGEST and not piece.endswith(b"\n")
