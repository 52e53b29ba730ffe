"""From one YAML file to notes, or to complaints with their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from studytool import bank_fields, values
from studytool.diagnostics import Diagnostic, Severity, nearest
from studytool.ids import derive_id
from studytool.located import BankFile, Mapping, Sequence, Text, TooManyError, Value, decode
from studytool.notes import Kind, Note, Source, fold
from studytool.yaml_values import parse

BANK_KEYS = ("deck", "tags", "source", "macros", "notes")
NOTE_KEYS = (
    *("id", "q", "a", "front", "back", "cloze", "choices", "steps", "reverse", "accept"),
    *("extra", "hint", "deck", "tags", "source", "was", "guid", "suspended"),
)
SYNONYMS = {
    **{"question": "q", "prompt": "q", "text": "cloze", "answer": "a", "explanation": "extra"},
    **{"options": "choices", "choice": "choices", "notes": "extra", "comment": "extra"},
    **{"tag": "tags", "cards": "notes", "title": "source", "url": "source", "step": "steps"},
}


class BankNote(values.Value):
    """A note and where it stands.

    Attributes:
        note: The note.
        line: Line on which it starts, from 1.
        column: Column at which it starts, from 1.
        source_line: That line, for complaints that come later.
    """

    note: Note
    line: int
    column: int
    source_line: str


class Bank(values.Value):
    """What a file holds: the notes that are right, and what is wrong with the others.

    Attributes:
        path: The file as the user would type it.
        notes: The notes without errors, in order. If there is any error, the caller decides
            whether to use them.
        diagnostics: Every complaint, in the order of the file.
    """

    path: str
    notes: tuple[BankNote, ...]
    diagnostics: tuple[Diagnostic, ...]


def load(data: bytes, path: str, images: Callable[[str], str]) -> Bank:
    """Read one bank; any bytes give a bank with notes or complaints.

    Args:
        data: The file.
        path: How complaints name it.
        images: Returns why a picture's path cannot be used, or an empty string.
    """
    notes: tuple[BankNote, ...] = ()
    file = BankFile(path, "")
    try:
        file = decode(data, path)
        if not file.diagnostics:
            notes = _notes(file, images)
    except TooManyError:
        notes = ()
    diagnostics = sorted(file.diagnostics, key=lambda d: (d.line or 1 << 30, d.column))
    return Bank(path, notes, tuple(diagnostics))


def _notes(file: BankFile, images: Callable[[str], str]) -> tuple[BankNote, ...]:
    """Return the notes of a file that is text; complaints go to the file."""
    root = parse(file)
    if isinstance(root, Mapping):
        return _Loader(file, images).bank(root)
    if not file.diagnostics:
        code = "empty" if root is None else "bank"
        file.complain(code, "a bank is a mapping with `notes:`", 0, 0)
    return ()


class _Loader:
    """Reads one file."""

    def __init__(self, file: BankFile, images: Callable[[str], str]) -> None:
        self.file = file
        self.fields = bank_fields.Fields(file, images)
        self.deck: str | None = None
        self.tags: tuple[str, ...] = ()
        self.source: dict[str, str] = {}
        self.macros: tuple[tuple[str, str], ...] = ()

    def bank(self, root: Mapping) -> tuple[BankNote, ...]:
        """Return the notes of a bank."""
        values = self.known(root, BANK_KEYS, "bank")
        if "deck" in values:
            self.deck = self.fields.deck(values["deck"])
        if "tags" in values:
            self.tags = self.fields.tags(values["tags"])
        if "source" in values:
            self.source = self.fields.source(values["source"])
        if "macros" in values:
            self.macros = self.fields.macros(values["macros"])
        listed = values.get("notes")
        if listed is None:
            self.file.complain("notes", "this bank has no `notes:`", root.line, root.column)
            return ()
        if isinstance(listed, Text) and not listed.text:
            return ()
        if not isinstance(listed, Sequence):
            self.file.about(listed, "notes", "`notes:` is a list", "begin each note with `- `")
            return ()
        found: list[tuple[Mapping, Note]] = []
        for item in listed.items:
            if not isinstance(item, Mapping):
                self.file.about(item, "note", "a note is a mapping", "such as `- q: …` and `a: …`")
                continue
            note = self.note(item)
            if note is not None:
                found.append((item, note))
        wrong = self.wrong_notes()
        return self.identified([each for each in found if self.begins(each[0].line) not in wrong])

    def begins(self, line: int) -> int:
        """Return where in the order of the file's notes a line is; all are one in `[…]`."""
        return bisect_right(self.file.note_starts, line)

    def wrong_notes(self) -> set[int]:
        """Return the notes that have an error, the parser's complaints included."""
        places = [d.line - 1 for d in self.file.diagnostics if d.severity is Severity.ERROR]
        return {self.begins(line) for line in places}

    def known(self, mapping: Mapping, keys: tuple[str, ...], what: str) -> dict[str, Value]:
        """Return a mapping's values by key; other keys are errors."""
        values: dict[str, Value] = {}
        for key, value in mapping.entries:
            if key.text in keys:
                values.setdefault(key.text, value)
            elif key.text:
                near = nearest(key.text, (*keys, *(s for s, k in SYNONYMS.items() if k in keys)))
                near = near if near in keys else SYNONYMS.get(near, "")
                advice = f"did you mean `{near}`?" if near else "keys: " + " ".join(keys)
                self.file.about(key, "unknown-key", f"a {what} has no key `{key.text}`", advice)
        return values

    def note(self, item: Mapping) -> Note | None:
        """Return the note of a mapping; complaints go to the file."""
        values = self.known(item, NOTE_KEYS, "note")
        for long, short in (("front", "q"), ("back", "a")):
            if long in values and short in values:
                self.file.about(
                    self.place_of(item, long), "keys", f"`{long}` and `{short}` are the same key"
                )
            elif long in values:
                values[short] = values.pop(long)
        fields = self.fields
        name = fields.id(values["id"]) if "id" in values else ""
        kind = self.kind(item, values)
        if kind is None:
            return None
        texts = {
            key: fields.text(values[key]) for key in ("q", "a", "extra", "hint") if key in values
        }
        if kind is Kind.CLOZE:
            question = fields.cloze(values["cloze"])
        else:
            question = texts["q"]
            if self.is_blank(values["q"]):
                self.file.about(values["q"], "empty", "the question is empty")
        answer = texts.get("a", "")
        if kind is Kind.BASIC and self.is_blank(values["a"]):
            self.file.about(values["a"], "empty", "the answer is empty")
        right, wrong = fields.choices(values["choices"]) if "choices" in values else ((), ())
        deck = fields.deck(values["deck"]) if "deck" in values else self.deck
        if deck is None:
            self.file.complain(
                "deck", "this note has no deck", item.line, item.column, 1,
                "write `deck: …` at the top of the bank",
            )  # fmt: skip
        own = fields.tags(values["tags"]) if "tags" in values else ()
        source = {**self.source, **(fields.source(values["source"]) if "source" in values else {})}
        return Note(
            id=name,
            kind=kind,
            deck=deck or "",
            question=question,
            answer=answer,
            reverse=fields.reverse(values["reverse"], answer) if "reverse" in values else "",
            right=right,
            wrong=wrong,
            steps=fields.steps(values["steps"]) if "steps" in values else (),
            accept=fields.texts(values["accept"], "accept") if "accept" in values else (),
            extra=texts.get("extra", ""),
            hint=texts.get("hint", ""),
            tags=tuple(dict.fromkeys((*self.tags, *own))),
            source=Source(**source),
            was=fields.ids(values["was"]) if "was" in values else (),
            guid=fields.guid(values["guid"]) if "guid" in values else "",
            suspended=fields.flag(values["suspended"]) if "suspended" in values else False,
            macros=self.macros,
        )

    def kind(self, item: Mapping, values: dict[str, Value]) -> Kind | None:
        """Return what a note is by its keys; keys that contradict each other are errors."""
        kinds = [key for key in ("cloze", "choices", "steps", "a") if key in values]
        clash = ""
        if len(kinds) > 1:
            clash = f"`{kinds[0]}` and `{kinds[1]}`"
        elif "q" in values and "cloze" in values:
            clash = "`q` and `cloze`"
        if clash:
            second = self.place_of(item, clash.split("`")[3])
            self.file.about(
                second, "keys", f"a note cannot have both {clash}", "make two notes of it"
            )
            return None
        if not kinds or ("q" not in values and kinds[0] != "cloze"):
            if any(key.text not in NOTE_KEYS for key, _ in item.entries):
                return None  # most likely the key that is missing is the one misspelt
            missing = (
                "`q`"
                if kinds
                else ("`a`, `choices` or `steps`" if "q" in values else "`q` and `a`")
            )
            self.file.complain(
                "keys", f"this note has no {missing}", item.line, item.column, 1,
                "a note has `q` and `a`, or `cloze`, or `q` and `choices`, or `q` and `steps`",
            )  # fmt: skip
            return None
        kind = (
            Kind.BASIC if kinds[0] == "a" else Kind({"choices": "choice"}.get(kinds[0], kinds[0]))
        )
        for extra in ("reverse", "accept"):
            fits = kind is Kind.BASIC or (extra == "accept" and kind is Kind.CLOZE)
            if extra in values and not fits:
                place = self.place_of(item, extra)
                self.file.about(place, "keys", f"a {kind} note cannot have `{extra}`")
        return kind

    @staticmethod
    def is_blank(value: Value) -> bool:
        """Tell whether a value is a text of which nothing is seen."""
        return isinstance(value, Text) and not value.text.strip()

    @staticmethod
    def place_of(item: Mapping, name: str) -> Text:
        """Return a note's key."""
        return next(key for key, _ in item.entries if key.text in (name, _LONG.get(name)))

    def identified(self, found: list[tuple[Mapping, Note]]) -> tuple[BankNote, ...]:
        """Return notes with their ids, derived where none was written; no id twice."""
        taken: dict[str, Mapping] = {}
        kept: list[tuple[Mapping, Note]] = []
        for item, note in found:
            first = taken.setdefault(fold(note.id), item) if note.id else item
            if first is item:
                kept.append((item, note))
                continue
            self.file.about(
                self.id_of(item),
                "duplicate-id",
                f"the id `{note.id}` is taken by the note in line {first.line + 1}",
                "give one of them another; case makes no difference",
            )
        for item, note in kept:
            for former in note.was:
                taken.setdefault(fold(former), item)
        notes: list[BankNote] = []
        for item, note in kept:
            if not note.id:
                note = derive_id(note, taken)
                if (twin := taken.setdefault(fold(note.id), item)) is not item:
                    self.file.complain(
                        "duplicate-id", f"this note is there twice, first in line {twin.line + 1}",
                        item.line, item.column, advice="take it out, or give it an id",
                    )  # fmt: skip
                    continue
            shown = self.file.lines[item.line]
            notes.append(BankNote(note, item.line + 1, item.column + 1, shown))
        return tuple(notes)

    @staticmethod
    def id_of(item: Mapping) -> Value:
        """Return a note's id as it stands in the file."""
        return next(value for key, value in item.entries if key.text == "id")


_LONG = {"q": "front", "a": "back"}
