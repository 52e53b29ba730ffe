"""The page on formulas as a library: what it shows is what comes out."""

import doctest
import re
from pathlib import Path

import pytest

import studytool.texmath

PAGE = Path(studytool.texmath.__file__).with_name("README.md").read_text(encoding="utf-8")
MAIN = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_examples_of_the_page() -> None:
    shown = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(shown, {}, "page", None, 0)
    runner = doctest.DocTestRunner(verbose=False)
    assert runner.run(test).failed == 0
    assert len(test.examples) > 10


def test_the_examples_of_the_package() -> None:
    result = doctest.testmod(studytool.texmath)
    assert result.attempted > 2
    assert result.failed == 0


@pytest.mark.parametrize(
    ("tex", "rows"),
    [
        (tex, rows)
        for tex, rows in re.findall(r"```latex\n(.*?)\n```\n\n```text\n(.*?)```", MAIN, re.DOTALL)
    ],
)
def test_the_formulas_of_readme(tex: str, rows: str) -> None:
    shown = studytool.texmath.block(tex, 76)
    assert "\n".join("".join(run.text for run in row) for row in shown) == rows.rstrip("\n")
