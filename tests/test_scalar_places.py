"""Places of characters in scalars, in every style of YAML."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from studytool.located import BankFile, Mapping, Text, decode
from studytool.scalar_places import ScalarPlaces, aligned
from studytool.yaml_values import parse


def scalar(text: str) -> tuple[BankFile, Text]:
    """Return a file, and the scalar under its first key."""
    file = decode(text.encode(), "x.yaml")
    root = parse(file)
    assert isinstance(root, Mapping) and not file.diagnostics
    value = root.entries[0][1]
    assert isinstance(value, Text)
    return file, value


@pytest.mark.parametrize(
    "text",
    [
        "k: a plain ★ text\n",
        "k: a plain text\n   on two\n\n   lines ★ of it\n",
        "k: 'it''s ★ quoted'\n",
        "k: 'it''s quoted\n  over ''two'' ★ lines'\n",
        'k: "double \\"quoted\\" \\x41\\u00e9 ★ x"\n',
        'k: "double \\\n   cut \\\n   ★ x"\n',
        "k: |\n  literal\n\n    indented ★ x\n  end\n",
        "k: |2-\n    more\n  less ★ x\n\n",
        "k: >\n  folded\n  text\n\n    kept ★ x\n  end\n\n# comment\n",
        "k: >+\n\n  ★ x\n\n\n",
    ],
)
def test_each_character_is_found(text: str) -> None:
    file, value = scalar(text)
    places = ScalarPlaces(file).of(value)
    assert len(places) == len(value.text) + 1
    assert file.text[places[value.text.index("★")]] == "★"
    row, column = ScalarPlaces(file).line_column(places[value.text.index("★")])
    assert file.lines[row][column] == "★"
    assert places[-1] <= len(file.text)


_WORDS = st.text("ab '\"\\$:#-{}>|é★\n ", max_size=40)


@given(_WORDS, st.sampled_from([None, "'", '"', "|", ">"]), st.integers(1, 80))
def test_a_text_is_found_however_it_is_dumped(words: str, style: str | None, width: int) -> None:
    dumped = yaml.safe_dump(
        {"k": words}, default_style=style, width=width, allow_unicode=True
    )  # fmt: skip
    file = decode(dumped.encode(), "x.yaml")
    root = parse(file)
    assert isinstance(root, Mapping)
    value = next(value for key, value in root.entries if key.text == "k")
    assert isinstance(value, Text)
    places = ScalarPlaces(file).of(value)
    assert places == sorted(places)
    for char, place in zip(value.text, places, strict=False):
        if not char.isspace():
            assert file.text[place] in (char, "\\")


def test_another_text_is_not_found() -> None:
    assert aligned("ab", [("a", 0), ("c", 1)]) is None
    assert aligned("ab", [("a", 0)]) is None
    assert aligned("a b", [("a", 0), ("\n", 1), (">", 2), (" ", 3), ("b", 4)], ">") == [0, 1, 4, 5]
    file, value = scalar("k: abc\n")
    value.text = "other"
    assert set(ScalarPlaces(file).of(value)) == {3}
