"""A review line by line, for screen readers, scripts and terminals that cannot be painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studytool.actions import Action, words_of_all
from studytool.backlog_lines import announced
from studytool.backlog_lines import left as backlog_left
from studytool.days import as_date
from studytool.errors import ExitCode, StudytoolError, UsageError
from studytool.faces import Face, face
from studytool.plain_acts import MEANING, act, action
from studytool.plain_page import INDENT, Page
from studytool.plain_typing import ASKED, SIGN, takes, told
from studytool.plain_words import GRADES, HELP, HINT, NOTHING, QUIT, SHOW, UNDO, Words
from studytool.prompts import Outcome, figures
from studytool.scheduling import QUIET, Rating
from studytool.session import Session
from studytool.wording import counted, in_days


class PlainReview:
    """Asks the cards of a session, and does what lines of text say."""

    def __init__(
        self,
        session: Session,
        page: Page,
        words: Words,
        ticker: Callable[[], float],
        typing: bool = False,
    ) -> None:
        """Prepare a review.

        Args:
            session: What is reviewed.
            page: Where everything is said.
            words: What can be typed.
            ticker: Seconds that never go back; measures time on a card.
            typing: Whether answers are typed where the note says what it accepts.
        """
        self.session = session
        self.page = page
        self.words = words
        self.ticker = ticker
        self.typing = typing
        self._shown = False
        self._since = ticker()
        self._unsaved = False

    def run(self, lines: Iterable[str], notices: Iterable[str] = ()) -> ExitCode:
        """Review until a line says so, or there are no more lines.

        Args:
            lines: What is typed, without blanks around it; a line is asked for only when all
                before it is on disk.
            notices: What the user should know first, a line each.

        Returns:
            Whether every answer could be saved.
        """
        for notice in notices:
            self.page.say(f"! {notice}")
        self.page.say("Review line by line; ? tells what can be typed.")
        if line := announced(self.session):
            self.page.say(f"! {line}")
        if self.session.first_run:
            self.page.say("Answer in your head; an empty line shows the answer.")
            self.page.say("Your grade decides when the card returns.")
        self._ask()
        self._prompt()
        for line in lines:
            if not self._take(line):
                break
            self._prompt()
        else:
            self.page.end_prompt()
        if self.session.current is not None:
            self._sum_up()
        self.page.flush()
        return ExitCode.PROBLEMS if self._unsaved else ExitCode.OK

    # -- what is typed -------------------------------------------------------------------------

    def _take(self, line: str) -> bool:
        """Do what a line says; tell whether the review goes on."""
        over = self.session.current is None
        empty = QUIT if over else "" if self._shown else SHOW
        word = self.words.word(line, self._shown) if line else empty
        wanted = None if over else action(line)
        typed = self._types() and line != NOTHING and not wanted
        if typed and (line.startswith(SIGN) or word in ("", *GRADES)):
            self._compare(line)
            return True
        if word == QUIT:
            return False
        if word == UNDO:
            self._undo()
        elif word == HELP:
            self.page.say("Help:")
            for meant in self.words.explained(self._possible(), self._shown, empty):
                self.page.say(meant, INDENT)
            for names, meaning in () if over else MEANING.items():
                self.page.say(f"{names}: {meaning}", INDENT)
        elif wanted:
            self._act(*wanted)
        elif over:
            self._refuse("Nothing is left to grade.")
        elif word == SHOW:
            self._show()
        elif word == HINT:
            hint = self._face().hint
            if hint:
                self.page.block("Hint:", hint)
            else:
                self.page.say("! This card has no hint.")
        elif word in GRADES and self._shown:
            self._grade(Rating[word.upper()])
        elif word in GRADES:
            self._refuse("The answer is not shown yet; nothing was graded.")
        else:
            self._refuse("That means nothing here; nothing was graded.")
        return True

    def _types(self) -> bool:
        """Tell whether an answer is waited for that is compared."""
        return self.typing and not self._shown and takes(self.session.current)

    def _compare(self, line: str) -> None:
        """Tell how a typed answer differs, and show the answer."""
        assert self.session.current is not None
        verdict, rows = told(line, self.session.current, self.page.room)
        self.page.say(verdict)
        self.page.rows(rows)
        self._show()

    def _act(self, wanted: Action, rest: str) -> None:
        """Do something with the card besides grading it."""
        try:
            done, stays = act(self.session, wanted, rest)
        except UsageError as error:
            self.page.say(f"! {error.message[0].upper()}{error.message[1:]}; nothing was done.")
            return
        except StudytoolError as error:
            self._fail(error)
            return
        self._unsaved = False
        self.page.say(f"Acted: {done}" + ("" if stays else "; undo takes it back"))
        if not stays:
            self._ask()

    def _possible(self) -> list[str]:
        """Return the words that can be typed now."""
        if self.session.current is None:
            words = []
        else:
            words = [*(GRADES if self._shown else ()), SHOW]
            words += [HINT] if self.session.current.parsed.hint else []
        return [*words, *([UNDO] if self.session.can_undo() else []), HELP, QUIT]

    def _refuse(self, why: str) -> None:
        """Say why a line does nothing, and what can be typed."""
        self.page.say(f"! {why}")
        acts = MEANING if self.session.current else ()
        words = self.words.possible(self._possible(), self._shown)
        self.page.say(f"Possible: {', '.join([words, *acts])}")

    def _grade(self, rating: Rating) -> None:
        """Record an answer; the next card is asked only when it is on disk."""
        prompt = self.session.current
        assert prompt is not None
        duration = round((self.ticker() - self._since) * 1000)
        try:
            outcome = self.session.grade(rating, duration_ms=duration)
        except StudytoolError as error:
            self._fail(error)
            return
        self._unsaved = False
        if outcome is Outcome.ELSEWHERE:
            self.page.say("! This card was graded in another window; here is the next one.")
        elif outcome is Outcome.NEW_DAY:
            self.page.say("! A new day has begun; this card is due again.")
        else:
            days = prompt.intervals.get(rating)
            then = f", due in {_days(days)}" if days else ""
            if prompt.card in self.session.queue.drill:
                then = ", asked again" + ("" if self.session.plan.practice else " today")
            self.page.say(f"Recorded: {rating.name.lower()}{then}")
        if self.session.leech:
            how = f"studytool show {self.session.leech.note} tells where it is"
            self.page.say(f"! {self.session.leech.words(how)}")
        self._ask()

    def _undo(self) -> None:
        """Take the last grade back and ask its card again."""
        try:
            undone = self.session.undo()
        except StudytoolError as error:
            self._fail(error)
            return
        if undone and not undone.rating:
            rows = self.session.store.log.taken_back_with(undone)
            self.page.say(f"Undone: {words_of_all(rows)}")
            if undone.act not in QUIET:
                self._ask()
        elif undone:
            self.page.say("Undone: the card is asked again")
            self._ask()
        else:
            self.page.say("! There is no grade of today to undo.")

    def _fail(self, error: StudytoolError) -> None:
        """Say what went wrong; the card stays."""
        self._unsaved = True
        self.page.say(f"! Not saved: {error.message}. {error.help}".rstrip(" "))

    # -- what is shown -------------------------------------------------------------------------

    def _ask(self) -> None:
        """Show the question of the current card, or what the session came to."""
        self._shown = False
        prompt, counts = self.session.current, self.session.counts()
        if prompt is None:
            self._sum_up()
            return
        self.page.gap()
        self.page.say(
            f"Card {self.session.done + 1}: {prompt.state}; left {counts.new} new,"
            f" {counts.learning} learning, {counts.due} due; {prompt.stored.note.deck}"
        )
        self.page.block("Question:", self._face().question)
        if self._types():
            self.page.say(ASKED)
        self._since = self.ticker()

    def _show(self) -> None:
        """Show the answer and what stands behind it, and what each grade would do."""
        self._shown = True
        shown, prompt = self._face(), self.session.current
        assert prompt is not None
        self.page.block("Answer:", shown.answer)
        self.page.block("Extra:", shown.extra)
        self.page.block("Source:", shown.source)
        grades = [
            f"{self.words.possible([rating.name.lower()], True)}"
            + (f" {_days(days)}" if (days := prompt.intervals.get(rating)) else "")
            for rating in Rating
        ]
        self.page.say(f"Grades: {', '.join(grades)}")

    def _sum_up(self) -> None:
        """Tell what the session came to, and when the next card is due."""
        self.page.gap()
        left, practice = len(self.session.queue), self.session.plan.practice
        rest = "to practise" if practice else "for today"
        self.page.say(
            f"Left: {counted(left, 'card')} {rest}" if left else f"Done: no card is left {rest}"
        )
        if self.session.done:
            found = [" ".join(line) for line in figures(self.session.summary())]
            self.page.say(f"Summary: {', '.join(found)}")
        if line := backlog_left(self.session):
            self.page.say(f"! {line}")
        due = None if left or practice else self.session.next_due()
        if due is not None:
            when = in_days(due - self.session.day, as_date(due))
            self.page.say(f"Next: the next card is due {when}")

    def _face(self) -> Face:
        """Return the current card, set to the present width."""
        prompt = self.session.current
        assert prompt is not None
        note, part = prompt.stored.note, prompt.card.part
        return face(note, prompt.parsed, part, self.page.room, prompt.seed, signed=True)

    def _prompt(self) -> None:
        """Ask for a line."""
        over = self.session.current is None
        self.page.prompt("end" if over else "grade" if self._shown else "answer")


def _days(days: int) -> str:
    """Return a number of days in words, with no comma in it."""
    return "1 day" if days == 1 else f"{days} days"
