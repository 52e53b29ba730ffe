"""Rules on how a question is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.craft.findings import ERROR, WARNING, Finding
from studytool.craft.prompts import NoteView, first_name
from studytool.craft.words import FORMULA, STOP_WORDS, Reading, bare, sentences, words

LONGEST_QUESTION = 40
"""Words of a question."""

_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_ASKS = r"(?:what|which|who|whom|whose|when|where|why|how)"
_AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|can|could|will|would|shall|should|may|might|must|has|have|had"
    r"|isn't|aren't|doesn't|don't|didn't|can't|won't)"
)
_ENUMERATES = re.compile(
    rf"(?:^|[,:.?!]\s+)(?:name|list|enumerate)\s+(?:the|all|{_NUMBER})\b"
    rf"|\bwhat\s+are\s+the\s+{_NUMBER}\b|\bwhich\s+{_NUMBER}\b(?!\s+of\b)",
    re.IGNORECASE,
)
_WHICH_PLURAL = re.compile(
    r"^(?:\w+\s+)?which\s+(?:\w+\s+)?(?:losses|tasks|steps|stages|phases|reasons|advantages"
    r"|drawbacks|properties|methods|techniques|elements|categories|rewards|types|kinds|datasets"
    r"|architectures|components|attributes)\s+(?:do|does|did|are|were|have|has|make)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(rf"^(?:[^,]*,\s*)?{_AUXILIARY}\s", re.IGNORECASE)
_NAME_OR_AUXILIARY = re.compile(r"(?:May|Will)\s+[A-Z]")
"""What may begin a question with a name, such as that of May Day."""
_ANSWERS_YES = re.compile(r"^(?:yes|no|true|false)\s*(?:$|[,.:;!–—])", re.IGNORECASE)
_EITHER_OR = re.compile(r"\bor\s+(?:\S+\s+){0,3}\S+\?$", re.IGNORECASE)
_REASONS = re.compile(r"\b(?:why|how|what|where|when)\b", re.IGNORECASE)
_ASKED = re.compile(rf"\b{_ASKS}\b", re.IGNORECASE)
_AND_ASKED = re.compile(rf"\band\s+{_ASKS}\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|he|she|his|her|this|these|those)\b", re.I)
_LOOSE = re.compile(
    r"\bthe\s+(?:paper|authors?|method|post|survey|reviewers?|article|review)\b(?!\s+of\b)", re.I
)
_POINTS = re.compile(
    r"\b(?:as shown|shown (?:above|below|here)|see (?:above|below)|on the (?:left|right)"
    r"|(?:figure|picture|table|diagram|image|plot) (?:above|below))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_MEMBER_WORDS, _JOINED_WORDS, _MEMBER_LETTERS = 5, 3, 40
"""How long a member of a list may be: anything longer is a clause."""


def question_long(view: NoteView) -> Iterator[Finding]:
    """Complain of a question that is read longer than it is thought about."""
    for prompt in view.asked():
        count = len(words(prompt.question.text))
        if count > LONGEST_QUESTION:
            yield Finding(
                WARNING,
                f"the question has {count} words; {LONGEST_QUESTION} are enough",
                prompt.asks,
            )


def enumeration(view: NoteView) -> Iterator[Finding]:
    """Complain of lists that are asked for, or stand in an answer."""
    for prompt in view.asked():
        question = prompt.question.text
        plural = any(_WHICH_PLURAL.search(sentence) for sentence in sentences(question))
        if _ENUMERATES.search(question) or plural:
            yield Finding(WARNING, "the question asks for a list", prompt.asks)
        elif prompt.part == "front" and (count := _listed(prompt.answer.text)) > 2:
            yield Finding(WARNING, f"the answer is a list of {count}", prompt.says)


def _listed(answer: str) -> int:
    """Return how many short members the list has that an answer is, or 0."""
    longest = max(sentences(answer), key=len, default="")
    segments = [segment.strip() for segment in longest.split(",")]
    last = re.split(r"(?:^|\s+)(?:and|or)\s+", segments[-1])
    if len(last) != 2 or len(segments) < 2 or any(len(each) > _MEMBER_LETTERS for each in segments):
        return 0
    if last[0]:
        members, longest_joined = [*segments[1:-1], *last], max(len(words(each)) for each in last)
        if longest_joined > _JOINED_WORDS:
            return 0
    else:
        members = [*segments[1:-1], last[1]]
    short = all(len(words(member)) <= _MEMBER_WORDS for member in members)
    return 1 + len(members) if short else 0


def yes_no(view: NoteView) -> Iterator[Finding]:
    """Complain of questions that a coin answers half of the time."""
    for prompt in view.asked():
        last = (sentences(prompt.question.text) or [""])[-1]
        opening = _YES_NO.search(last)
        before = last[: opening.end()] if opening else ""
        if _NAME_OR_AUXILIARY.match(last) and _ASKED.search(last):
            continue
        if opening and last.endswith("?") and not _ASKED.search(before):
            yield Finding(ERROR, "the question is answered by yes or no", prompt.asks)
        elif _ANSWERS_YES.search(prompt.answer.text) and prompt.part == "front":
            yield Finding(ERROR, "the answer opens with yes, no, true or false", prompt.says)


def either_or(view: NoteView) -> Iterator[Finding]:
    """Complain of questions that name the two answers to choose from."""
    for prompt in view.asked():
        last = (sentences(prompt.question.text) or [""])[-1]
        if _EITHER_OR.search(last) and not _REASONS.search(last):
            yield Finding(WARNING, "the question offers two answers to choose from", prompt.asks)


def conjunction(view: NoteView) -> Iterator[Finding]:
    """Complain of several questions, or several answers, in one."""
    for prompt in view.asked():
        question = _QUOTED.sub("", prompt.question.text)
        for title in prompt.question.titles:
            question = question.replace(title, "") if "?" in title else question
        if question.count("?") > 1:
            yield Finding(WARNING, "this asks more than one question", prompt.asks)
        elif any(_asks_twice(sentence) for sentence in sentences(question)):
            yield Finding(WARNING, "this asks two things at once", prompt.asks)
        elif prompt.part == "front" and len(sentences(prompt.answer.text)) > 2:
            yield Finding(WARNING, "the answer has three sentences or more", prompt.says)


def _asks_twice(sentence: str) -> bool:
    """Tell whether a question joins two words that ask by `and`."""
    first, second = _ASKED.search(sentence), _AND_ASKED.search(sentence)
    joined = first is not None and second is not None and first.start() < second.start()
    return joined and "?" in sentence


def dangling(view: NoteView) -> Iterator[Finding]:
    """Complain of words that point to something the card does not show."""
    for prompt in view.asked():
        text = prompt.question.text
        if match := _PRONOUN.search(text):
            before = text[: match.start()]
            held = any(word not in STOP_WORDS for word in bare(before)) or FORMULA in before
            if not held:
                yield Finding(
                    WARNING, f"`{match.group()}` stands for nothing in the question", prompt.asks
                )
                continue
        name = first_name(prompt.question)
        match = _LOOSE.search(text)
        if match and (name is None or name > match.start()):
            yield Finding(
                WARNING, f"`{match.group()}`: which one? Cards come shuffled", prompt.asks
            )
        elif (match := _POINTS.search(text)) and not _has_thing_to_see(view):
            yield Finding(WARNING, f"`{match.group()}` points at nothing on the card", prompt.asks)


def _has_thing_to_see(view: NoteView) -> bool:
    """Tell whether the question holds a picture, code, a table or a formula."""
    question = view.note.question
    return any(mark in question for mark in ("![", "`", "$", "|"))


def no_subject(view: NoteView) -> Iterator[Finding]:
    """Complain of a note that does not say what it is about."""
    if not view.craft.subjects:
        return
    for prompt in view.prompts:
        question, answer = prompt.question, prompt.answer
        shown = Reading(f"{question.text} {answer.text}", (), (), ())
        if view.subjects and not view.is_named(shown):
            yield Finding(WARNING, "neither question nor answer names a subject of the note")
        elif prompt.part != "reverse" and not view.names_something(question):
            yield Finding(WARNING, "the question holds no name: of what does it ask?", prompt.asks)
        else:
            continue
        return


def bare_citation(view: NoteView) -> Iterator[Finding]:
    """Complain of authors of whom the library teaches two works, named without the work."""
    for prompt in view.prompts:
        for name in view.craft.surnames:
            pattern = rf"\b{re.escape(name)}\s+(?:et\s+al\.?|and\s+colleagues)"
            cited = re.search(pattern, prompt.question.text)
            if cited and not prompt.question.titles and not view.is_named(prompt.question):
                yield Finding(
                    ERROR,
                    f"`{cited.group()}` wrote more than one work here: name the work",
                    prompt.asks,
                )
