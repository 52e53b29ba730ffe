"""Notes and banks with one text in every place that an author, or a foreign database, can fill."""

from __future__ import annotations

import hashlib
from pathlib import Path

from payloads import as_written, in_double_quotes

from studytool.notes import Kind, Note, Source
from studytool.store import Store

FORMS = (
    "`{}`",
    "``` {}\n{}\n```",
    "- {}\n  1. {}",
    "> {}",
    "# {}",
    "| {} | b |\n|-|-|\n| c | {} |",
    "![{}](media/a.png)",
    "![](media/{}.png)",
    "[{}](http://x.example)",
    "[words](<http://x.example/{}>)",
    "<http://x.example/{}>",
    "**{}** *{}* ~~{}~~",
    "$a {} b$",
    "$\\text{{{}}} \\{} \\mathbf{{{}}} \\frac{{{}}}{{2}}$",
    "$$\n\\begin{{matrix}} {} & \\nosuchcommand{{{}}} \\end{{matrix}}\n$$",
    "<b>{}</b>",
)
"""What Markdown makes of a text: code, lists, quotes, tables, pictures, links and formulas."""


def notes(text: str) -> list[Note]:
    """Return notes of every kind that have a text in all their fields."""
    forms = "\n\n".join(form.replace("{}", text).replace("{{", "{").replace("}}", "}")
                        for form in FORMS)  # fmt: skip
    source = Source(**dict.fromkeys(("title", "author", "date", "section", "quote"), text))
    common = {"deck": f"{text}::{text}", "extra": text, "hint": text, "tags": (text,)}
    both = {**common, "source": source}
    holes = f"{{{{c1::{text}::{text}}}}} `{{{{c2::{text}}}}}` ${{{{c3::{text}::{text}}}}}$ {text}"
    return [
        Note("plain", Kind.BASIC, question=text, answer=text, reverse=text, accept=(text,), **both),
        Note("forms", Kind.BASIC, question=forms, answer=forms, macros=(("\\R", text),), **common),
        Note("cloze", Kind.CLOZE, question=holes, **both),
        Note("choice", Kind.CHOICE, question=text, right=(text,), wrong=(f"{text}2",), **common),
        Note("steps", Kind.STEPS, question=text, steps=(text, text), **common),
        Note("address", Kind.BASIC, "D", "Q", "A", source=Source(url=f"http://x/{text}")),
    ]  # fmt: skip


def put(store: Store, root: Path, text: str, bank: str = "good.yaml") -> None:
    """Write such notes into the mirror of a library behind its back; no loader is asked.

    The text of a note also stands in a note's id, and a bank's name holds it.
    """
    text = as_written(text)
    added = notes(text)
    rows = [(note.id, bank, note) for note in added]
    rows.append((text, f"{text}.yaml", added[-1]))
    for place, (name, file, note) in enumerate(rows):
        content = note.to_json()
        store.connection.execute(
            "INSERT OR REPLACE INTO notes (root, id, key, bank, position, line, deck, kind, parts,"
            " suspended, content, content_hash) VALUES (?,?,?,?,?,?,?,?,?,0,?,?)",
            (
                *(str(root), name, name, file, place + 10, place + 10, note.deck, str(note.kind)),
                *(" ".join(note.parts()), content, hashlib.sha256(content.encode()).hexdigest()),
            ),
        )
    if store.connection.in_transaction:
        store.connection.commit()


_BANKS = {
    "deck": 'deck: "{}"\nnotes:\n- {q: Q, a: A}\n',
    "tag": 'deck: D\ntags: ["{}"]\nnotes:\n- {q: Q, a: A}\n',
    "title": 'deck: D\nsource: "{}"\nnotes:\n- {q: Q, a: A}\n',
    "source": 'deck: D\nsource: {author: "{}", date: "{}", section: "{}", quote: "{}", url: "{}",'
    ' "{}": x}\nnotes:\n- {q: Q, a: A}\n',
    "macro": 'deck: D\nmacros: {R: "{}", "{}": x}\nnotes:\n- {q: $\\R$, a: A}\n',
    "bank-key": 'deck: D\n"{}": x\nnotes:\n- {q: Q, a: A}\n',
    "note-key": 'deck: D\nnotes:\n- {q: Q, a: A, "{}": x}\n',
    "id": 'deck: D\nnotes:\n- {id: "{}", q: Q, a: A, was: ["{}"], guid: "{}"}\n',
    "question": 'deck: D\nnotes:\n- {q: "{}", a: A}\n',
    "answer": 'deck: D\nnotes:\n- {id: x, q: Q, a: "{}", reverse: "{}", accept: ["{}"]}\n',
    "around": 'deck: D\nnotes:\n- {id: x, q: Q, a: A, extra: "{}", hint: "{}", suspended: "{}"}\n',
    "choices": 'deck: D\nnotes:\n- {id: x, q: Q, choices: {right: "{}", wrong: ["{}"], "{}": x}}\n',
    "steps": 'deck: D\nnotes:\n- {id: x, q: Q, steps: ["{}", "{}"]}\n',
    "hole": 'deck: D\nnotes:\n- {id: x, cloze: "{{c1::{}::{}}} {{c2::{} {c3::a}"}\n',
    "picture": 'deck: D\nnotes:\n- {id: x, q: "![{}](media/{}.png) ![](<media/{}>)", a: A}\n',
    "anchor": 'deck: D\nnotes:\n- {id: x, q: &a{} "{}", a: *a{}}\n',
    "yaml-tag": 'deck: D\nnotes:\n- {id: x, q: !{} "{}", a: !!{} A}\n',
    "comment": "deck: D\nnotes:\n- q: price in {} #{} $\n  a: A\n",
    "plain": "deck: D\nnotes:\n- q: {}\n  a: {}: {}\n",
    "block": "deck: D\nnotes:\n- id: x\n  q: |\n    {}\n  a: |\n    {}\n",
    "twice": 'deck: D\nnotes:\n- {q: Q, "{}": 1, "{}": 2, a: A}\n',
    "directive": "%TAG !{}! {}\n---\ndeck: {}\nnotes: []\n",
}
"""A bank for each place where a text can stand in YAML, by the name of that place."""


def write_banks(folder: Path, text: str, escaped: bool) -> None:
    """Write banks with a text in every place, as it is or by the escapes of double quotes."""
    shown = in_double_quotes(text) if escaped else text
    for place, form in _BANKS.items():
        data = form.replace("{}", shown).encode("utf-8", "surrogatepass")
        (folder / f"{place}-{'escaped' if escaped else 'raw'}.yaml").write_bytes(data)


def toml_text(text: str) -> str:
    """Return a text as TOML writes it, with escapes."""
    return f'"{in_double_quotes(as_written(text))}"'
