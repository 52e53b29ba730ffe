"""Auto-advance on the review screen: shows answers, reminds or grades, and rests when alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.pacing import LEFT_ALONE, Pacer, Step
from studytool.scheduling import Rating

if TYPE_CHECKING:
    from studytool.tui.acting import Acting

TICK = 0.25
"""Seconds from one look at the screen to the next."""


class AutoAdvance:
    """Looks at a review again and again; its time stands while another screen covers it."""

    def __init__(self, screen: Acting) -> None:
        """Begin to look at a screen."""
        self.screen = screen
        self.pacer = Pacer(screen.pace)
        self._last = screen.ticker()
        self._timer = screen.set_interval(TICK, self.look)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def touched(self) -> None:
        """Take note of a key, or of the mouse."""
        self.pacer.touched()

    def look(self) -> None:
        """Do what there is to do now."""
        screen = self.screen
        now, last = screen.ticker(), self._last
        self._last = now
        prompt = screen.session.current
        if prompt is None or screen.app.screen is not screen:
            return
        if screen.typing.begun() and not screen.card.revealed:
            self.touched()
        step = self.pacer.passed(now - last, prompt, screen.card.revealed)
        if step is Step.REVEAL:
            screen.action_reveal()
        elif step is Step.GRADE:
            screen.action_grade(Rating[screen.pace.grade.upper()].value)
        elif step is Step.REMIND:
            screen.tell("Time to grade.")
        elif step is Step.REST:
            from studytool.tui.pause_screen import pause

            pause(screen, f"No key was pressed for {LEFT_ALONE} cards.")


def begin(screen: Acting) -> None:
    """Switch auto-advance on."""
    screen.advance = AutoAdvance(screen)
    screen.header.set_auto(True)


def switch(screen: Acting) -> None:
    """Switch auto-advance on or off for the session, and say so."""
    if screen.advance is not None:
        screen.advance.stop()
        screen.advance = None
        screen.header.set_auto(False)
        screen.tell("Auto-advance is off.")
    elif screen.pace.moves:
        begin(screen)
        screen.tell(f"Auto-advance is on: {_told(screen)}.")
    else:
        screen.tell("Auto-advance has no times: set [auto-advance] by studytool config --edit.")


def _told(screen: Acting) -> str:
    """Return in words what happens by itself."""
    pace = screen.pace
    answer = "a reminder" if pace.grade == "none" else pace.grade
    told = [f"the answer after {pace.question} s"] if pace.question else []
    told += [f"{answer} {pace.answer} s later"] if pace.answer and told else []
    told += [f"{answer} {pace.answer} s after the answer"] if pace.answer and not told else []
    return ", ".join(told)
