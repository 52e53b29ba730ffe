"""The fields of a bank: each from a located value to what a note needs, or a complaint."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache

from studytool.diagnostics import did_you_mean
from studytool.located import BankFile, Mapping, Sequence, Text, Value
from studytool.notes import MAX_ID_LENGTH, Source, valid_id
from studytool.texts import MAX_HOLE, check_footnotes, check_holes, check_pictures
from studytool.values import fields
from studytool.yaml_faults import QUOTE_HELP

SOURCE_KEYS = fields(Source)
_MACRO = re.compile(r"\\?([A-Za-z]+)")
MIN_STEPS = 2
MAX_TEXT = 50_000
"""Longest text of a note, in characters."""
MAX_LINE = 5_000
"""Longest deck, tag, macro or part of a source, in characters; notes inherit them."""
MAX_NAME = 500
"""Longest deck or tag beyond ASCII: Unicode's normal form takes the square of its length."""
MAX_INHERITED = 200
"""Most tags and most macros that a note can have."""
_TRUTHS = {"0", "1", "yes", "no", "on", "off", "y", "n", "true", "false", "~", ""}


class Fields:
    """Reads the fields of one file."""

    def __init__(self, file: BankFile, images: Callable[[str], str]) -> None:
        """Keep the file for complaints, and what tells whether a picture is there."""
        self.file = file
        self.images = cache(images)

    def text(self, value: Value, what: str = "text", most: int = MAX_TEXT) -> str:
        """Return a text of at most so many characters, with its pictures checked."""
        if not isinstance(value, Text):
            if isinstance(value, Mapping) and not all(key.text for key, _ in value.entries):
                return ""  # a key that is none was complained about
            message = f"this should be {what}, not a " + (
                "list" if isinstance(value, Sequence) else "mapping"
            )
            if self.file.lines[value.line][value.column : value.column + 1] in ("{", "["):
                message = "text that begins with `{` or `[` must be quoted"
            self.file.about(value, "text", message, QUOTE_HELP)
            return ""
        if len(value.text) > most:
            message = f"{what} of {len(value.text)} characters; at most {most} are allowed"
            self.file.about(value, "size", message)
            return ""
        if "![" in value.text:
            check_pictures(self.file, value, self.images)
        if "[^" in value.text and not self.file.full():
            check_footnotes(self.file, value)
        return value.text

    def line(self, value: Value, what: str) -> str:
        """Return a text of one line without blanks around it."""
        text = self.text(value, what, MAX_LINE).strip()
        if "\n" in text:
            self.file.about(value, "text", f"{what} is one line")
        return text

    def texts(self, value: Value, what: str, most: int = MAX_TEXT) -> tuple[str, ...]:
        """Return a list of texts; one text stands for a list of one."""
        if isinstance(value, Text):
            items: list[Value] = [value]
        elif isinstance(value, Sequence):
            items = value.items
        else:
            self.file.about(value, "list", f"`{what}` is a text or a list of texts", QUOTE_HELP)
            return ()
        found = []
        for item in items:
            text = self.text(item, most=most)
            if isinstance(item, Text) and not item.text.strip():
                self.file.about(item, "empty", f"an entry of `{what}` is empty")
            found.append(text)
        if not items:
            self.file.about(value, "empty", f"`{what}` is empty")
        return tuple(found)

    def cloze(self, value: Value) -> str:
        """Return a cloze text whose holes are whole."""
        text = self.text(value)
        if isinstance(value, Text) and (text or not value.text):
            check_holes(self.file, value)
        return text

    def choices(self, value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the right and the wrong options."""
        if not isinstance(value, Mapping):
            self.file.about(value, "choices", "`choices` has `right:` and `wrong:`")
            return (), ()
        options: dict[str, tuple[str, ...]] = {}
        for key, listed in value.entries:
            if key.text in ("right", "wrong"):
                options[key.text] = self.texts(listed, key.text)
            else:
                near = did_you_mean(key.text, ("right", "wrong"))
                self.file.about(key, "unknown-key", f"choices have no `{key.text}`", near)
        for name in ("right", "wrong"):
            if name not in options:
                self.file.about(value, "choices", f"`choices` has no `{name}:`")
        right, wrong = options.get("right", ()), options.get("wrong", ())
        every = [" ".join(option.split()) for option in (*right, *wrong)]
        for option, count in Counter(every).items():
            if count > 1:
                self.file.about(value, "choices", f"the option `{option[:60]}` is there twice")
        return right, wrong

    def steps(self, value: Value) -> tuple[str, ...]:
        """Return the steps."""
        steps = self.texts(value, "steps")
        if len(steps) < MIN_STEPS and isinstance(value, Text | Sequence):
            self.file.about(value, "steps", "`steps` has at least two steps")
        if len(steps) > MAX_HOLE:
            self.file.about(value, "steps", f"`steps` has at most {MAX_HOLE} steps")
        return steps

    def reverse(self, value: Value, answer: str) -> str:
        """Return the question of the reverse card: a text, or the answer for `true`."""
        if isinstance(value, Text) and value.style == "":
            if value.text in ("true", "false"):
                return answer if value.text == "true" else ""
            if value.text.casefold() in _TRUTHS:
                self.file.about(value, "flag", "write `true` or `false`, or a question of its own")
                return ""
        text = self.text(value)
        if isinstance(value, Text) and not text.strip():
            self.file.about(value, "empty", "the reverse question is empty")
        return text

    def flag(self, value: Value) -> bool:
        """Return `true` or `false`."""
        if not isinstance(value, Text) or value.text not in ("true", "false"):
            shown = value.text if isinstance(value, Text) else "this"
            message = f"`{shown[:20]}` is neither `true` nor `false`"
            self.file.about(
                value, "flag", message, "write `true` or `false`; yes, no, on, off are text"
            )
            return False
        return value.text == "true"

    def normal(self, value: Value, name: str) -> str:
        """Return a name in Unicode's normal form NFC."""
        if len(name) > MAX_NAME and not name.isascii():
            message = f"a name of {len(name)} characters; at most {MAX_NAME} are allowed"
            self.file.about(value, "size", message)
            return ""
        return unicodedata.normalize("NFC", name)

    def deck(self, value: Value) -> str:
        """Return a deck's full name, its parts trimmed."""
        name = self.normal(value, self.line(value, "a deck"))
        if not name and isinstance(value, Text) and value.text.strip():
            return ""  # it is too long
        parts = [part.strip() for part in name.split("::")]
        if isinstance(value, Text) and not all(part.strip(":") == part != "" for part in parts):
            message = "a deck's name, or a part of it between `::`, is empty"
            self.file.about(value, "deck", message, "such as ML::GANs")
        if any(unicodedata.category(character) == "Cc" for character in name):
            self.file.about(value, "deck", "a deck's name has a control character")
        return "::".join(parts)

    def tags(self, value: Value) -> tuple[str, ...]:
        """Return tags, without repeats."""
        found: dict[str, None] = {}
        if isinstance(value, Text) and not value.text:
            return ()
        if isinstance(value, Sequence) and not value.items:
            return ()
        for tag in self.texts(value, "tags", MAX_LINE):
            tag = self.normal(value, tag.strip())
            if not tag:
                continue
            if re.search(r"\s", tag) or "," in tag:
                self.file.about(
                    value, "tag", f"the tag `{tag[:60]}` has a blank or a comma",
                    "a list of tags is written [one, two]; join words with `-`",
                )  # fmt: skip
            elif not all(tag.split("::")):
                self.file.about(value, "tag", f"the tag `{tag[:60]}` has an empty part")
            found[tag] = None
        if len(found) > MAX_INHERITED:
            self.file.about(value, "size", f"more than {MAX_INHERITED} tags")
            return ()
        return tuple(found)

    def source(self, value: Value) -> dict[str, str]:
        """Return a source by its keys; a text is the title."""
        if isinstance(value, Text):
            return {"title": self.line(value, "a source")}
        if isinstance(value, Sequence):
            self.file.about(value, "source", "a source is a title, or a mapping")
            return {}
        found: dict[str, str] = {}
        for key, part in value.entries:
            if key.text in SOURCE_KEYS:
                found[key.text] = text = self.text(part, most=MAX_LINE).strip()
                if key.text == "url" and text and not re.fullmatch(r"https?://\S+", text):
                    message = "a source's url begins with http:// or https://"
                    self.file.about(part, "url", message)
            elif key.text:
                near = did_you_mean(key.text, SOURCE_KEYS) or "keys: " + " ".join(SOURCE_KEYS)
                self.file.about(key, "unknown-key", f"a source has no key `{key.text}`", near)
        return found

    def macros(self, value: Value) -> tuple[tuple[str, str], ...]:
        """Return LaTeX macros as (command, replacement) pairs."""
        if not isinstance(value, Mapping):
            self.file.about(value, "macros", r"`macros` is a mapping, such as R: \mathbb{R}")
            return ()
        found: dict[str, str] = {}
        if len(value.entries) > MAX_INHERITED:
            self.file.about(value, "size", f"more than {MAX_INHERITED} macros")
            return ()
        for key, part in value.entries:
            name = _MACRO.fullmatch(key.text)
            if name is None:
                self.file.about(key, "macros", f"`{key.text}` is no LaTeX command: letters only")
            else:
                if "\\" + name.group(1) in found:
                    self.file.about(key, "macros", f"the macro `{key.text}` is there twice")
                found["\\" + name.group(1)] = self.text(part, most=MAX_LINE)
        return tuple(found.items())

    def id(self, value: Value) -> str:
        """Return an id that has the grammar of ids."""
        name = self.text(value, "an id")
        if isinstance(value, Text) and not valid_id(name):
            near = unicodedata.normalize("NFC", name.strip()[: 2 * MAX_ID_LENGTH])
            near = re.sub(r"[^\w.-]+", "-", near).strip("-")[:MAX_ID_LENGTH]
            message = f"`{name[:60]}` is not an id: letters, digits and `-_.`, at most 80"
            self.file.about(value, "id", message, f"write `{near}`" if valid_id(near) else "")
        return name

    def ids(self, value: Value) -> tuple[str, ...]:
        """Return former ids."""
        names = self.texts(value, "was")
        for name in names:
            if name and not valid_id(name):
                self.file.about(value, "id", f"`{name[:60]}` in `was` is not an id")
        return names

    def guid(self, value: Value) -> str:
        """Return a GUID from Anki."""
        text = self.line(value, "a guid")
        if isinstance(value, Text) and not text:
            self.file.about(value, "empty", "the guid is empty")
        return text
