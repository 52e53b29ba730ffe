"""Rules on what an answer says, and what gives it away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.craft.findings import ERROR, WARNING, Finding
from studytool.craft.prompts import NoteView
from studytool.craft.words import FORMULA, bare, loose_dollars, stems, words
from studytool.markdown import parse
from studytool.notes import Kind

LONG_ANSWER = 25
"""Words of an answer that ask its author to think again."""
TOO_LONG_ANSWER = 40
"""Words of an answer that nobody can grade."""
GIVEN_AWAY = 0.6
"""Share of an answer's stems that stand in its question."""
LONGEST_REVERSED = 5
"""Words of an answer that can be a question by itself."""

_PRAISE = re.compile(
    r"\b(?:impressive(?:ly)?|great|novel(?=\s+\w)|interesting|good|excellent|remarkabl[ey]|amazing|elegant"
    r"|outstanding|powerful|promising|exciting|beautiful|superb|groundbreaking|revolutionary)\b",
    re.IGNORECASE,
)
_VOLATILE = re.compile(
    r"\b(?:today|currently|recent|recently|latest|newest|nowadays|state[- ]of[- ]the[- ]art"
    r"|not (?:yet )?available|cutting[- ]edge)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NUMBER = re.compile(r"[-+±~≈<>]*\s*\d[\d.,]*\s*(?:%|[kKMB]|percent|million|billion)?\.?")


def answer_long(view: NoteView) -> Iterator[Finding]:
    """Complain of answers that two people would grade differently."""
    for prompt in view.asked():
        if prompt.part == "reverse":
            continue
        count = len(words(prompt.answer.text))
        if count > LONG_ANSWER:
            severity = ERROR if count > TOO_LONG_ANSWER else WARNING
            yield Finding(
                severity, f"the answer has {count} words; {LONG_ANSWER} are enough", prompt.says
            )


def gives_away(view: NoteView) -> Iterator[Finding]:
    """Complain of questions that hold the words of their answer."""
    for prompt in view.prompts:
        if prompt.part == "reverse":
            continue
        asked = set(stems(prompt.question.text))
        given = {stem for stem in stems(prompt.answer.text) if not stem.isdecimal()}
        shared = given & asked
        cloze = view.note.kind is Kind.CLOZE
        few = len(given) <= 2 and not cloze
        if shared and (few or len(shared) >= GIVEN_AWAY * len(given)):
            shown = ", ".join(f"`{word}`" for word in _as_written(prompt.answer.text, shared))
            yield Finding(
                WARNING, f"the question gives the answer away; both have {shown}", prompt.says
            )


def _as_written(text: str, wanted: set[str]) -> list[str]:
    """Return the words of a text that have one of the stems."""
    return list(dict.fromkeys(word for word in bare(text) if set(stems(word)) & wanted))


def symbols(view: NoteView) -> Iterator[Finding]:
    """Complain of letters in the answer's formula that nothing explains."""
    note = view.note
    if note.kind is not Kind.BASIC:
        return
    prompt = view.prompts[0]
    shown = [*prompt.question.formulas, *view.extra.formulas]
    known = {letter for tex in shown for letter in _letters(tex)}
    told = f" {prompt.question.text} {view.extra.text} "
    letters = [_letters(tex) for tex in prompt.answer.formulas]
    named = {letter for alone in letters if len(alone) == 1 for letter in alone}
    asked = {letter for some in letters for letter in some}
    unknown = sorted(
        letter
        for letter in asked - known - (named if len(letters) > 1 else set())
        if not re.search(rf"\b{re.escape(letter)}\b", told)
    )
    if unknown:
        names = ", ".join(f"`{letter}`" for letter in unknown)
        yield Finding(WARNING, f"nothing explains {names} in the answer's formula", prompt.says)


_WORDS_IN_TEX = re.compile(
    r"\\(?:text|mathrm|mathit|mathsf|operatorname\*?|textrm|textbf|textit|begin|end|label|tag|color)"
    r"\s*\{[^{}]*\}"
)
_SUBSCRIPT = re.compile(r"_(?:\{[^{}]*\}|[A-Za-z])")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Phi Psi "
    "Omega".split()
)
_NOT_SYMBOLS = frozenset("e O I N E d i j k".split())


def _letters(tex: str) -> set[str]:
    """Return the letters and Greek commands that stand for something; subscripts only number."""
    tex = _SUBSCRIPT.sub(" ", _WORDS_IN_TEX.sub(" ", tex))
    greek = {name for name in _COMMAND.findall(tex) if name in _GREEK}
    rest = _COMMAND.sub(" ", tex)
    return (
        greek | {letter for letter in rest if letter.isascii() and letter.isalpha()}
    ) - _NOT_SYMBOLS


def dollars(view: NoteView) -> Iterator[Finding]:
    """Complain of dollar signs that open a formula which nothing closes."""
    for keys, text, holes in view.texts():
        if "$" in text and loose_dollars(parse(text.replace(r"\$", ""), holes=holes)) % 2:
            yield Finding(ERROR, r"an odd number of `$`; write \$ for the sign itself", keys)


def volatile(view: NoteView) -> Iterator[Finding]:
    """Complain of what will be false in a year, unless it carries a year."""
    for prompt in view.prompts:
        text = f"{prompt.question.text} {prompt.answer.text}"
        match = _VOLATILE.search(text)
        if match and not _YEAR.search(text):
            yield Finding(WARNING, f"`{match.group()}` needs a year", prompt.asks)
            return


def praise(view: NoteView) -> Iterator[Finding]:
    """Complain of answers that praise."""
    for prompt in view.prompts:
        if prompt.part != "reverse" and (match := _PRAISE.search(prompt.answer.text)):
            yield Finding(
                WARNING, f"`{match.group()}` in the answer is praise, no fact", prompt.says
            )


def number_alone(view: NoteView) -> Iterator[Finding]:
    """Complain of a number that nothing dates or compares."""
    note = view.note
    if note.kind is not Kind.BASIC or note.extra:
        return
    prompt = view.prompts[0]
    alone = _NUMBER.fullmatch(prompt.answer.text.strip())
    if alone and not _YEAR.search(prompt.question.text) and FORMULA not in prompt.question.text:
        yield Finding(
            WARNING, "the answer is a number that nothing dates, compares or explains", prompt.says
        )


def reverse_loose(view: NoteView) -> Iterator[Finding]:
    """Complain of a note that is asked backwards although its answer is no name."""
    note = view.note
    if note.reverse and note.reverse == note.answer:
        count = len(words(view.prompts[0].answer.text))
        if count > LONGEST_REVERSED:
            what = f"`reverse: true` with an answer of {count} words; write a question of its own"
            yield Finding(WARNING, what, ("reverse",))
