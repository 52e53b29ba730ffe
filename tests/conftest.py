"""The environment and the small fixtures that the tests share."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from mirror_rows import ROOT, Clock, basic, put

from studytool.queue import Limits
from studytool.selection import Selection
from studytool.session import Session
from studytool.sm2 import Sm2
from studytool.store import Store

settings.register_profile(
    "quick",
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "quick")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A suite in the background of a shell ignores Ctrl+C, and so would every program it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Shield every test from the machine it runs on."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "STUDYTOOL_CARDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at noon of study day 20,000 and ticks a second a reading."""
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the user's data."""
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """A store with five basic notes, `n0` to `n4`."""
    opened = Store.open(home, date(2024, 10, 4))
    put(opened, [basic(f"n{number}") for number in range(5)])
    yield opened
    opened.close()


@pytest.fixture
def start(store: Store, clock: Clock) -> Callable[..., Session]:
    """Start a session on the store, by default with the usual limits."""

    def begin(limits: Limits | None = None, trust_clock: bool = False) -> Session:
        return Session(store, Selection(ROOT), Sm2(), clock, limits or Limits(), trust_clock)

    return begin
