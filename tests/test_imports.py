"""What a start may not import: heavy libraries load only where they are used."""

import subprocess
import sys

import pytest

HEAVY = {
    "anki", "genanki", "hypothesis", "markdown_it", "mdit_py_plugins", "platformdirs", "pygments",
    "rich.console", "sqlite_utils", "textual", "yaml",
}  # fmt: skip


def loaded(code: str) -> set[str]:
    """Return which heavy modules a fresh interpreter has after some code."""
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return HEAVY & set(done.stdout.split())


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("import studytool.cli.main", set()),
        ("import studytool.opening", set()),
        ("import studytool.session, studytool.faces, studytool.typeset", set()),
        ("import studytool.anki.html, studytool.anki.package, studytool.check", set()),
    ],
)
def test_modules_leave_heavy_libraries_alone(code: str, allowed: set[str]) -> None:
    assert loaded(code) <= allowed


def test_help_needs_none_of_them() -> None:
    code = "import studytool.cli.main\nsys.argv = ['studytool', '--help']\n"
    code += "try: studytool.cli.main.main()\nexcept SystemExit: pass"
    assert loaded(code) == set()


def test_the_way_to_the_first_card_needs_only_textual(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "cards").mkdir()
    bank = "deck: D\nnotes:\n- {id: a, q: 'Why $x$ *now*?', a: Because.}\n"
    (tmp_path / "cards" / "a.yaml").write_text(bank)
    start = f"""
from pathlib import Path
from studytool.cli.console import clock
from studytool.opening import open_library, review_session
opened = open_library(Path({str(tmp_path)!r}), Path({str(tmp_path / "cards")!r}), clock())
session = review_session(opened, None, (), None, clock, False)
assert session.current
"""
    assert "yaml" in loaded(start)
    assert loaded(start) == set()
    screens = "import studytool.tui.app, studytool.tui.review_screen"
    assert loaded(start + screens) <= {"textual", "rich.console", "platformdirs"}


def test_formulas_cost_only_those_who_have_some() -> None:
    show = "from studytool.markdown import parse\nfrom studytool.typeset import set_blocks\n"
    show += "print(set_blocks(parse({!r}), 76))\nprint('studytool.texmath' in sys.modules)"
    for text, is_loaded in (("plain *words*", "False"), ("a formula $x$", "True")):
        script = f"import sys\n{show.format(text)}"
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )
        assert done.stdout.split()[-1] == is_loaded


def test_a_review_does_not_load_the_overview() -> None:
    script = """
import sys
import studytool.cli.review, studytool.opening, studytool.tui.app, studytool.tui.review_screen
print(*(name for name in sys.modules if "deck_" in name or "overview" in name))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["studytool.deck_limits"]
