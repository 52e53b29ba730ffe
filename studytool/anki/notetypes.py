"""The four frozen Anki notetypes: their ids, fields and templates."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from studytool.notes import Kind
from studytool.values import Value

if TYPE_CHECKING:
    import genanki

TEMPLATES_CHANGED = 1767312000
"""The version of the templates and the style sheet, as a time in seconds since 1970.

Anki takes a notetype over only if this is newer than its own, so it moves by hand together with
the files in `templates`; a test holds the two together. It moves by a day from a day long past, not
to the day of the change: so it is older than whatever a user has edited, and the edit stays.
"""


class Notetype(Value):
    """One notetype; nothing in it may ever change but the texts of its templates.

    Anki refuses to update notes whose notetype has gained, lost or moved a field or a template,
    and splits the notetype in two. The ids let a later release rename what the spare fields hold.

    Attributes:
        id: Anki's id of the notetype, from 2^30 to 2^31.
        name: What Anki calls it.
        fields: Id and name of each field, in order.
        templates: Id, name and file stem of each template, in order.
        cloze: Whether each hole makes a card.
        required: For each template, the field without which it makes no card.
    """

    id: int
    name: str
    fields: tuple[tuple[int, str], ...]
    templates: tuple[tuple[int, str, str], ...]
    cloze: bool
    required: tuple[int, ...]


NOTETYPES = {
    Kind.BASIC: Notetype(
        id=1509160001,
        name="Studytool Basic",
        fields=(
            (1509160101, "Front"),
            (1509160102, "Back"),
            (1509160103, "Reverse"),
            (1509160104, "Accept"),
            (1509160105, "Extra"),
            (1509160106, "Hint"),
            (1509160107, "Source"),
            (1509160108, "Id"),
            (1509160109, "Spare1"),
            (1509160110, "Spare2"),
        ),
        templates=((1509160201, "Card", "basic"), (1509160202, "Reverse", "reverse")),
        cloze=False,
        required=(0, 2),
    ),
    Kind.CLOZE: Notetype(
        id=1509160002,
        name="Studytool Cloze",
        fields=(
            (1509160301, "Text"),
            (1509160302, "Extra"),
            (1509160303, "Hint"),
            (1509160304, "Source"),
            (1509160305, "Id"),
            (1509160306, "Spare1"),
            (1509160307, "Spare2"),
        ),
        templates=((1509160401, "Card", "cloze"),),
        cloze=True,
        required=(0,),
    ),
    Kind.CHOICE: Notetype(
        id=1509160003,
        name="Studytool Choice",
        fields=(
            (1509160501, "Question"),
            (1509160502, "Options"),
            (1509160503, "Answer"),
            (1509160504, "Extra"),
            (1509160505, "Hint"),
            (1509160506, "Source"),
            (1509160507, "Id"),
            (1509160508, "Spare1"),
            (1509160509, "Spare2"),
            (1509160510, "Spare3"),
        ),
        templates=((1509160601, "Card", "choice"),),
        cloze=False,
        required=(0,),
    ),
    Kind.STEPS: Notetype(
        id=1509160004,
        name="Studytool Steps",
        fields=(
            (1509160701, "Question"),
            (1509160702, "Steps"),
            (1509160703, "Extra"),
            (1509160704, "Hint"),
            (1509160705, "Source"),
            (1509160706, "Id"),
            (1509160707, "Spare1"),
            (1509160708, "Spare2"),
            (1509160709, "Spare3"),
        ),
        templates=((1509160801, "Card", "steps"),),
        cloze=True,
        required=(1,),
    ),
}


def template(name: str) -> str:
    """Return a file of the templates folder."""
    return (files("studytool.anki") / "templates" / name).read_text("utf-8").strip()


def model(kind: Kind) -> genanki.Model:
    """Return genanki's form of a kind's notetype; a new one each time, for genanki changes it."""
    import genanki

    notetype = NOTETYPES[kind]

    class Model(genanki.Model):  # type: ignore[misc]
        """A notetype with its own time of change."""

        def to_json(self, timestamp: float, deck_id: int | None) -> dict[str, object]:
            """Return Anki's JSON, whatever the time of the notes is."""
            values: dict[str, object] = super().to_json(TEMPLATES_CHANGED, deck_id)
            return values

    made = Model(
        model_id=notetype.id,
        name=notetype.name,
        fields=[
            {"id": number, "name": name, "collapsed": name == "Id" or name.startswith("Spare")}
            for number, name in notetype.fields
        ],
        templates=[
            {
                "id": number,
                "name": name,
                "qfmt": template(f"{stem}.front.html"),
                "afmt": template(f"{stem}.back.html"),
            }
            for number, name, stem in notetype.templates
        ],
        css=template("card.css"),
        model_type=Model.CLOZE if notetype.cloze else Model.FRONT_BACK,
    )
    # genanki works these out wrongly for `{{type:…}}` and `{{cloze:…}}`.
    made._req = [[index, "any", [field]] for index, field in enumerate(notetype.required)]
    return made
