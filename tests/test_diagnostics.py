"""Complaints: their place, their source line with a caret, and the nearest known word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from test_screen_text import PAYLOADS, harmless

from studytool.diagnostics import Diagnostic, Severity, did_you_mean, errors, render
from studytool.errors import ClockError, ExitCode, StoreError, StudytoolError, UsageError
from studytool.screen_text import clean
from studytool.values import replace

FIRST = Diagnostic(
    *(Severity.ERROR, "unknown-key", "there is no key `anwser`", "cards/gans.yaml"),
    line=12,
    column=3,
    length=6,
    help="did you mean `answer`?",
    source_line="  anwser: A label",
)


def test_a_complaint_as_text() -> None:
    assert render(FIRST) == (
        "cards/gans.yaml:12:3: error[unknown-key]: there is no key `anwser`\n"
        " 12 |   anwser: A label\n"
        "    |   ^^^^^^\n"
        "   = help: did you mean `answer`?"
    )


def test_a_complaint_about_a_whole_file() -> None:
    whole = Diagnostic(Severity.WARNING, "empty", "the bank holds no notes", "a.yaml")
    assert render(whole) == "a.yaml: warning[empty]: the bank holds no notes"
    assert whole.place() == "a.yaml"


def test_colour_changes_nothing_but_the_colour() -> None:
    coloured = render(FIRST, color=True)
    assert "\x1b[1;31m" in coloured
    assert "\x1b[1;33m" in render(replace(FIRST, severity=Severity.WARNING), color=True)
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(FIRST)


def test_the_caret_stands_under_wide_characters_and_tabs() -> None:
    row = render(replace(FIRST, source_line="\t機械: x", column=5, length=1)).split("\n")
    assert row[1] == " 12 |     機械: x"
    assert row[2] == "    | " + " " * 9 + "^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "a" * 500 + "HERE" + "b" * 500
    text = render(replace(FIRST, source_line=line, column=501, length=4))
    shown, caret = (row.partition("| ")[2] for row in text.split("\n")[1:3])
    assert shown == "…" + "a" * 50 + "HERE" + "b" * 46 + "…"
    assert caret == " " * 51 + "^^^^"


def test_a_caret_behind_the_end_of_its_line_is_still_there() -> None:
    row = render(replace(FIRST, source_line="ab", column=3, length=1)).split("\n")[2]
    assert row == "    |   ^"


@given(
    st.text(max_size=200),
    st.integers(1, 220),
    st.integers(0, 300),
    st.sampled_from(PAYLOADS),
    st.booleans(),
)
def test_no_complaint_can_act_on_the_terminal(
    line: str, column: int, length: int, payload: str, color: bool
) -> None:
    complaint = Diagnostic(
        *(Severity.ERROR, "x", f"bad {payload}", f"{payload}.yaml"),
        line=1,
        column=column,
        length=length,
        help=payload,
        source_line=line,
    )
    assert harmless(complaint.place())
    rows = render(complaint)
    assert harmless(rows)
    assert harmless(render(complaint, color).replace("\x1b[", ""))
    if line:
        source, caret = rows.split("\n")[1 + clean(payload).count("\n") :][:2]
        assert cell_len(caret) <= cell_len(source) + 1 or column > len(line)
        assert "^" in caret


def test_errors_are_counted_without_warnings() -> None:
    assert errors([FIRST, replace(FIRST, severity=Severity.WARNING), FIRST]) == 2
    assert errors([]) == 0


def test_json_has_the_place() -> None:
    assert FIRST.as_json() == {
        "severity": "error",
        "code": "unknown-key",
        "message": "there is no key `anwser`",
        "path": "cards/gans.yaml",
        "line": 12,
        "column": 3,
        "help": "did you mean `answer`?",
    }


def test_did_you_mean() -> None:
    known = ["answer", "question", "extra"]
    assert did_you_mean("anwser", known) == "did you mean `answer`?"
    assert did_you_mean("ANSWER", known) == "did you mean `answer`?"
    assert did_you_mean("zzz", known) == ""
    assert did_you_mean("answer" * 10_000, known) == ""
    assert did_you_mean("", known) == did_you_mean("x", []) == ""


def test_exit_codes_are_what_the_shell_expects() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 130]
    assert [kind.exit_code for kind in (StudytoolError, UsageError, StoreError, ClockError)] == [
        *(1, 2, 1, 1)
    ]
    error = UsageError("no such deck", "try another")
    assert (str(error), error.message, error.help) == (
        "no such deck",
        "no such deck",
        "try another",
    )
