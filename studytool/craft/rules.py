"""All rules of the craft by their names, and one run of them over a library."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from studytool.craft import (
    answer_rules,
    kind_rules,
    library_rules,
    question_rules,
    source_rules,
)
from studytool.craft.copied import copied, runs_of_words
from studytool.craft.findings import Finding, NoteRule
from studytool.craft.library_rules import LibraryFindings
from studytool.craft.places import Places
from studytool.craft.prompts import NoteView
from studytool.craft.subjects import EXCEPTIONS, Craft
from studytool.diagnostics import Diagnostic, Severity, did_you_mean
from studytool.library import Library, shown_path
from studytool.located import MAX_DIAGNOSTICS
from studytool.notes import fold
from studytool.values import Value

NOTE_RULES: dict[str, NoteRule] = {
    "answer-long": answer_rules.answer_long,
    "question-long": question_rules.question_long,
    "enumeration": question_rules.enumeration,
    "yes-no": question_rules.yes_no,
    "either-or": question_rules.either_or,
    "conjunction": question_rules.conjunction,
    "dangling": question_rules.dangling,
    "no-subject": question_rules.no_subject,
    "bare-citation": question_rules.bare_citation,
    "gives-away": answer_rules.gives_away,
    "no-source": source_rules.no_source,
    "no-tag": source_rules.no_tag,
    "cloze-trivial": kind_rules.cloze_trivial,
    "cloze-too-much": kind_rules.cloze_too_much,
    "cloze-count": kind_rules.cloze_count,
    "choice-tell": kind_rules.choice_tell,
    "choice-set": kind_rules.choice_set,
    "steps-size": kind_rules.steps_size,
    "symbols": answer_rules.symbols,
    "math": answer_rules.dollars,
    "volatile": answer_rules.volatile,
    "praise": answer_rules.praise,
    "number-alone": answer_rules.number_alone,
    "reverse-loose": answer_rules.reverse_loose,
}
LIBRARY_RULES: dict[str, Callable[[Sequence[NoteView]], LibraryFindings]] = {
    "near-duplicate": library_rules.near_duplicates,
    "same-question": library_rules.same_questions,
    "choice-share": library_rules.choice_shares,
    "lonely": library_rules.lonely,
}
VERBATIM = "verbatim"
NAMES = (*NOTE_RULES, *LIBRARY_RULES, VERBATIM)
"""The names of all rules."""


class Explanation(Value):
    """What a rule asks for.

    Attributes:
        name: The rule's name.
        level: How much its complaints weigh.
        asks: What it asks for, one sentence.
        why: The reason for it.
        when: What makes it complain.
        fine: What it complains of although it is right.
        bad: Notes of which it complains, as YAML.
        good: What to write in their stead, as YAML.
    """

    name: str
    level: str
    asks: str
    why: str
    when: str
    fine: str = ""
    bad: str = ""
    good: str = ""


@cache
def explanations(file: str = "rules.toml") -> dict[str, Explanation]:
    """Return the explanations of all rules of the craft, or of another file, by name."""
    text = Path(__file__).with_name(file).read_text("utf-8")
    tables: dict[str, dict[str, Any]] = tomllib.loads(text)
    return {name: Explanation(name=name, **table) for name, table in tables.items()}


def check_craft(
    library: Library,
    craft: Craft,
    sources: Iterable[Sequence[str]] = (),
    names: Collection[str] = NAMES,
) -> list[Diagnostic]:
    """Return what the rules say of a library; what an exception lets stand is left out.

    Args:
        library: The banks.
        craft: Subjects, topics and exceptions of the library.
        sources: The words of texts from which no eight in a row may be taken.
        names: The rules to apply.
    """
    views = [
        NoteView(entry, craft, bank.path) for bank in library.banks.values() for entry in bank.notes
    ]
    known = runs_of_words(sources)
    used: set[tuple[str, str]] = set()
    excused = {(each.rule, fold(each.note)) for each in craft.exceptions}
    found: list[Diagnostic] = []
    told: Counter[str] = Counter()
    untold: dict[str, Severity] = {}
    places = {bank.path: Places(craft.folder / name) for name, bank in library.banks.items()}
    for name, view, finding in _findings(views, known, names):
        key = (name, fold(view.note.id))
        weighs = finding.severity is not Severity.INFO
        if key in excused:
            used.add(key)
        elif weighs and told[view.path] >= MAX_DIAGNOSTICS:
            if untold.get(view.path) is not Severity.ERROR:
                untold[view.path] = finding.severity
        else:
            told[view.path] += weighs
            found.append(_diagnostic(name, view, finding, places[view.path]))
    for path, severity in untold.items():
        message = f"more than {MAX_DIAGNOSTICS} complaints of craft; the rest is not listed"
        found.append(Diagnostic(severity, "more", message, path))
    idle = _idle(craft, views, used, bool(known)) if craft.whole and names is NAMES else ()
    return [*craft.diagnostics, *found, *idle]


def _findings(
    views: Sequence[NoteView], known: frozenset[int], names: Collection[str]
) -> Iterator[tuple[str, NoteView, Finding]]:
    """Yield every complaint of the rules of these names."""
    for view in views:
        for name, rule in NOTE_RULES.items():
            for finding in rule(view) if name in names else ():
                yield name, view, finding
        if known:
            for finding in copied(view, known):
                yield VERBATIM, view, finding
    for name, compare in LIBRARY_RULES.items():
        for view, finding in compare(views) if name in names else ():
            yield name, view, finding


def _diagnostic(name: str, view: NoteView, finding: Finding, places: Places) -> Diagnostic:
    """Return a complaint with the place of what it is about."""
    line, column, length, source_line = places.find(view.entry, finding.keys)
    message = f"{view.note.id}: {finding.message}"
    return Diagnostic(
        *(finding.severity, name, message, view.path, line, column, length),
        help=f"{explanations()[name].asks} (studytool check --explain {name})",
        source_line=source_line,
    )


def _idle(
    craft: Craft, views: Sequence[NoteView], used: set[tuple[str, str]], verbatim: bool
) -> Iterator[Diagnostic]:
    """Yield a warning for each exception that excuses nothing."""
    path = shown_path(craft.folder / EXCEPTIONS)
    ids = {fold(view.note.id) for view in views}
    seen: set[tuple[str, str]] = set()
    for each in craft.exceptions:
        key = (each.rule, fold(each.note))
        if each.rule not in NAMES:
            message = f"there is no rule of the craft `{each.rule}`"
            advice = did_you_mean(each.rule, NAMES) or "studytool check --explain lists them"
        elif fold(each.note) not in ids:
            message, advice = f"there is no note `{each.note}`", did_you_mean(each.note, ids)
        elif key in seen:
            message, advice = "this exception is there twice", "take the line out"
        elif key in used or (each.rule == VERBATIM and not verbatim):
            seen.add(key)
            continue
        else:
            message = f"`{each.rule}` does not complain of `{each.note}`"
            advice = "take the line out"
        yield Diagnostic(
            *(Severity.WARNING, "exceptions", message, path, each.place, 1),
            help=advice,
            source_line=each.line,
        )
