"""Finds cards by a query: each of its terms becomes a set, the query a test on every card."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Container
from fnmatch import translate
from typing import TypeAlias

from studytool.leeches import Leeches
from studytool.near_names import meant
from studytool.notes import deck_key, fold
from studytool.search_index import available, keep_up, spaced
from studytool.search_query import (
    Every,
    Has,
    Leaf,
    Node,
    Not,
    Property,
    Rated,
    Words,
    leaves,
)
from studytool.standings import Standing
from studytool.store import Store

Found: TypeAlias = tuple[str, str]
"""Key of a note, and part: a card; the part is empty where all parts are meant."""
Test: TypeAlias = Callable[[Found], bool]

_SIGNS = {
    **{"=": operator.eq, "!=": operator.ne, "<": operator.lt},
    **{"<=": operator.le, ">": operator.gt, ">=": operator.ge},
}
_COLUMNS = {"lapses": "lapses", "ivl": "interval", "ease": "ease", "reps": "repetitions"}
_ORPHANS = """
SELECT c.note, c.part FROM cards c
LEFT JOIN notes m ON m.key = c.note AND m.root = ?1 AND m.removed_at IS NULL
WHERE (m.key IS NULL AND NOT EXISTS
    (SELECT 1 FROM notes o WHERE o.key = c.note AND (o.root <> ?1 OR o.removed_at IS NULL)))
  OR (m.key IS NOT NULL AND instr(' ' || m.parts || ' ', ' ' || c.part || ' ') = 0)
ORDER BY c.note, c.part
"""


class Search:
    """Searches one library; what a term finds is kept until `forget`."""

    def __init__(
        self,
        store: Store,
        root: str,
        leeches: Leeches = Leeches(),  # noqa: B008  (a value)
    ) -> None:
        """Search the library whose folder, or bank, is named `root`."""
        self.store = store
        self.leeches = leeches
        self.root = root
        self.sql = store.connection.execute
        self.forget()

    def forget(self) -> None:
        """Forget what was found, for something has changed."""
        self._cards: list[Found] = []
        self._kept: dict[tuple[Leaf, int], Container[Found] | Container[str]] = {}
        self._tags: dict[str, set[str]] = {}
        self._gone: list[Found] | None = None
        self._indexed = False

    def cards(self, query: Node, day: int) -> list[Found]:
        """Return the cards that a query asks for, in the order of banks, orphans last.

        Args:
            query: What is asked for. Orphans are found only if it names them.
            day: The study day it is.

        Raises:
            StoreError: If the index of words cannot be written.
        """
        found = list(self._all())
        if any(leaf == Has("is", "orphan") for leaf in leaves(query)):
            found += self._orphans()
        if query == Every(()):
            return found
        test = self._test(query, day)
        return [card for card in found if test(card)]

    def hint(self, query: Node) -> str:
        """Return which deck or tag a query that found nothing may have meant; may be empty."""
        for leaf in leaves(query):
            if isinstance(leaf, Has) and leaf.key in ("deck", "tag") and "*" not in leaf.value:
                deck = leaf.key == "deck"
                known = self.store.decks(self.root) if deck else list(self._by_tag())
                if not any(_matcher(leaf.value)(name) for name in known):
                    near = meant(leaf.value, known)
                    return f"there is no {leaf.key} `{leaf.value}`" + (f"; {near}" if near else "")
        return ""

    def _all(self) -> list[Found]:
        """Return all cards of the library."""
        if not self._cards:
            self._cards = [
                (key, part)
                for key, parts in self.sql(
                    "SELECT key, parts FROM notes WHERE root = ? AND removed_at IS NULL"
                    " ORDER BY bank, position",
                    (self.root,),
                )
                for part in parts.split()
            ]
        return self._cards

    def _orphans(self) -> list[Found]:
        """Return the cards that have a history and are in no bank."""
        if self._gone is None:
            self._gone = list(self.sql(_ORPHANS, (self.root,)))
        return self._gone

    # -- tests ---------------------------------------------------------------------------------

    def _test(self, node: Node, day: int) -> Test:
        """Return what tells whether a card is asked for."""
        if isinstance(node, Not):
            inner = self._test(node.node, day)
            return lambda card: not inner(card)
        if isinstance(node, Words | Has | Property | Rated):
            found, whole = self._leaf(node, day), _of_notes(node)
            if whole:
                return lambda card: card[0] in found
            if node == Has("is", "new") or node == Has("flag", "0"):
                return lambda card: card not in found
            return lambda card: card in found
        tests = [self._test(part, day) for part in node.nodes]
        if isinstance(node, Every):
            return lambda card: all(test(card) for test in tests)
        return lambda card: any(test(card) for test in tests)

    def _leaf(self, leaf: Leaf, day: int) -> Container[object]:
        """Return the keys, or the cards, that a term finds; for `is:new` all the others."""
        if (leaf, day) not in self._kept:
            if isinstance(leaf, Words):
                self._kept[leaf, day] = self._words(leaf)
            elif isinstance(leaf, Property):
                self._kept[leaf, day] = self._property(leaf, day)
            elif isinstance(leaf, Rated):
                self._kept[leaf, day] = self._rated(leaf, day)
            else:
                self._kept[leaf, day] = self._has(leaf, day)
        return self._kept[leaf, day]

    def _words(self, words: Words) -> set[str]:
        """Return the keys of the notes that have some words."""
        text = spaced(words.text)
        if available(self.store.connection) and any(map(str.isalnum, text)):
            if not self._indexed:
                keep_up(self.store.connection)
                self._indexed = True
            quoted = '"' + text.replace('"', '""') + '"' + ("" if words.exact else " *")
            rows = self.sql(
                "SELECT n.key FROM words w CROSS JOIN indexed i ON i.number = w.rowid"
                " CROSS JOIN notes n ON n.content_hash = i.content_hash"
                " WHERE w.words MATCH ? AND n.root = ?",
                (quoted, self.root),
            )
        else:
            literal = re.sub(r"([\\%_])", r"\\\1", json.dumps(words.text, ensure_ascii=False)[1:-1])
            rows = self.sql(
                "SELECT key FROM notes WHERE root = ? AND content LIKE ? ESCAPE '\\'",
                (self.root, f"%{literal}%"),
            )
        return {key for (key,) in rows}

    def _has(self, leaf: Has, day: int) -> set[str] | set[Found]:
        """Return the keys, or the cards, of which something is so."""
        if leaf.key == "is":
            return self._state(leaf.value, day)
        if leaf.key == "flag":
            flag = int(leaf.value)
            return self._standing(lambda standing: standing.flag == flag if flag else
                                  standing.flag > 0)  # fmt: skip
        matches = _matcher(leaf.value, leaf.key == "id")
        if leaf.key == "tag":
            return set().union(*(keys for tag, keys in self._by_tag().items() if matches(tag)))
        column = {"deck": "deck", "note": "kind", "id": "id"}[leaf.key]
        names = self.sql(f"SELECT DISTINCT {column} FROM notes WHERE root = ?", (self.root,))
        wanted = json.dumps([name for (name,) in names if matches(name)])
        rows = self.sql(
            f"SELECT key FROM notes WHERE root = ? AND {column} IN"
            " (SELECT value FROM json_each(?))",
            (self.root, wanted),
        )
        return {key for (key,) in rows}

    def _by_tag(self) -> dict[str, set[str]]:
        """Return the keys of the notes with each tag."""
        if not self._tags:
            for tag, key in self.sql(
                "SELECT t.value, n.key FROM notes n, json_each(n.content, '$.tags') t"
                " WHERE n.root = ?",
                (self.root,),
            ):
                self._tags.setdefault(tag, set()).add(key)
        return self._tags

    def _state(self, state: str, day: int) -> set[Found]:
        """Return the cards that are in a state; for `new` those that are not."""
        if state == "orphan":
            return set(self._orphans())
        if state == "due":
            waits = self._state("suspended", day) | self._state("buried", day)
            return self._where("due <= ?", day) - waits
        if state == "leech":
            cards = self.sql("SELECT note, part, lapses FROM cards WHERE lapses > 0")
            return {(note, part) for note, part, lapses in cards if self.leeches.has(lapses)}
        if state == "buried":
            return self._standing(lambda standing: standing.buried(day))
        if state == "flagged":
            return self._standing(lambda standing: standing.flag > 0)
        if state == "marked":
            return self._standing(lambda standing: bool(standing.marked))
        if state == "suspended":
            by_bank = self.sql(
                "SELECT key, parts FROM notes WHERE root = ? AND suspended AND removed_at IS NULL",
                (self.root,),
            )
            own = {(key, part) for key, parts in by_bank for part in parts.split()}
            return own | self._standing(lambda standing: bool(standing.suspended))
        condition = {"new": "1", "learn": "state = 'learning'", "review": "state = 'review'"}
        return self._where(condition[state])

    def _where(self, condition: str, *values: object) -> set[Found]:
        """Return the cards that were graded and fulfil a condition."""
        return set(self.sql(f"SELECT note, part FROM cards WHERE {condition}", values))

    def _standing(self, test: Callable[[Standing], bool]) -> set[Found]:
        """Return the cards for which something is set."""
        standing = self.store.standings.lookup()
        rows = self.sql(
            "SELECT key, parts FROM notes WHERE root = ? AND removed_at IS NULL"
            " AND key IN (SELECT note FROM standings)",
            (self.root,),
        ).fetchall()
        return {
            (key, part) for key, parts in rows for part in parts.split()
            if test(standing(key, part))
        }  # fmt: skip

    def _property(self, leaf: Property, day: int) -> set[Found]:
        """Return the cards whose number fulfils a comparison."""
        column, compare = _COLUMNS.get(leaf.name, "due"), _SIGNS[leaf.sign]
        number = leaf.number + (day if column == "due" else 0)
        rows = self.sql(f"SELECT note, part, {column} FROM cards WHERE {column} IS NOT NULL")
        return {(note, part) for note, part, value in rows if compare(value, number)}

    def _rated(self, leaf: Rated, day: int) -> set[Found]:
        """Return the cards that were answered in the last days."""
        rows = self.sql(
            "SELECT note, part FROM reviews r WHERE day > ? AND rating IS NOT NULL"
            " AND (?2 = 0 OR rating = ?2) AND NOT EXISTS"
            " (SELECT 1 FROM reviews u WHERE u.target = r.id AND u.act = 'undo')",
            (day - leaf.days, leaf.rating),
        )
        return set(rows)


def _of_notes(leaf: Leaf) -> bool:
    """Tell whether a term finds notes with all their cards."""
    return isinstance(leaf, Words) or (isinstance(leaf, Has) and leaf.key not in ("is", "flag"))


def _matcher(wanted: str, whole: bool = False) -> Callable[[str], bool]:
    """Return what tells whether a name is the one wanted, or below it unless `whole`.

    A `*` stands for anything; nothing else does.
    """
    known = fold(wanted) if whole else deck_key(wanted)
    literal = "".join(f"[{sign}]" if sign in "?[" else sign for sign in known)
    fits = re.compile(translate(literal)).match
    below = re.compile(translate(literal + "::*")).match

    def matches(name: str) -> bool:
        own = fold(name) if whole else deck_key(name)
        return bool(fits(own) or (not whole and below(own)))

    return matches
