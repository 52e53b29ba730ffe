"""The scripts of the cards: they parse, and do in a real browser what they are for."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from anki_profile import FULL, Anki, sides

from studytool.anki.notetypes import template
from studytool.notes import Kind, Note
from studytool.values import replace

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
NODE = shutil.which("node")
SIDES = sorted(
    each.name for each in (files("studytool.anki") / "templates").iterdir() if "html" in each.name
)
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    profile = Anki(tmp_path)
    yield profile
    profile.col.close()


@pytest.mark.skipif(NODE is None, reason="needs node")
@pytest.mark.parametrize("name", [name for name in SIDES if SCRIPT.search(template(name))])
def test_scripts_parse(name, tmp_path):
    script = tmp_path / "script.js"
    script.write_text("\n".join(SCRIPT.findall(template(name))))
    assert NODE is not None
    subprocess.run([NODE, "--check", script], check=True, timeout=60)


DRIVER = """
<div id="qa"></div><pre id="result"></pre><script>
const qa = document.getElementById("qa");
function run() {  // as Anki does it: scripts that come as text are made anew
  for (const old of [...qa.getElementsByTagName("script")]) {
    const fresh = document.createElement("script");
    fresh.textContent = old.textContent;
    old.replaceWith(fresh);
  }
}
function show(side) { qa.innerHTML = side; run(); }
const texts = (selector) => [...qa.querySelectorAll(selector)].map((each) => each.textContent);
const tap = (selector, index) => qa.querySelectorAll(selector)[index].click();
const [question, answer] = SIDES;
document.getElementById("result").textContent = JSON.stringify((() => { SCENE })());
</script>
"""


def played(scene: str, pair: tuple[str, str], tmp_path: Path):
    """Return what a scene comes to that a real browser plays with the sides of a card."""
    assert BROWSER is not None
    script = json.dumps(pair).replace("</", "<\\/")
    page = tmp_path / "card.html"
    page.write_text(DRIVER.replace("SIDES", script).replace("SCENE", scene))
    done = subprocess.run(
        [
            *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions"),
            *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
            *(f"--user-data-dir={tmp_path / 'browser'}", "--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    (result,) = re.findall(r'<pre id="result">(.*?)</pre>', done.stdout, re.DOTALL)
    return json.loads(html.unescape(result))


in_a_browser = pytest.mark.skipif(BROWSER is None, reason="needs chromium")


@in_a_browser
def test_options_are_shuffled_tapped_and_answered_in_the_order_they_were_shown(anki, tmp_path):
    ((question, answer),) = sides(anki, tmp_path, FULL[Kind.CHOICE])
    orders, tapped, again, answered, letters, picked, other = played(
        """
        const orders = [];
        for (let i = 0; i < 60; i++) {
          show(question);
          orders.push(texts(".options > li").join(""));
        }
        tap(".options > li", 0); tap(".options > li", 2);
        const tapped = texts(".options > .picked");
        run();
        const again = [texts(".options > li").join(""), texts(".options > .picked")];
        const order = again[0];
        show(answer); run();
        const answered = texts(".options > li").join("") === order;
        const right = qa.querySelector(".right");
        const letter = "ABCD"[[...right.parentNode.children].indexOf(right)];
        const letters = [letter, ...texts(".right-letters")];
        const picked = texts(".options > .picked");
        window.studytoolChoice.words = "another card";
        show(answer);
        const other = [texts(".options > li").join(""), texts(".picked").length];
        return [orders, tapped, again, answered, letters, picked, other];
        """,
        (question, answer),
        tmp_path,
    )
    assert {"".join(sorted(order)) for order in orders} == {"ruvw"}
    assert len(set(orders)) > 10
    assert tapped == [orders[-1][2]]  # one option is right, so another tap moves the mark
    assert again == [orders[-1], tapped]
    assert answered
    assert letters[0] == letters[1]
    assert picked == tapped
    written = re.findall(r"<li[^>]*>(.)</li>", answer)
    assert other == ["".join(written), 0]


@in_a_browser
def test_several_right_options_can_be_marked_and_let_go(anki, tmp_path):
    note = replace(FULL[Kind.CHOICE], right=("r", "s"), wrong=("w",))
    (pair,) = sides(anki, tmp_path, note)
    marked, told, kept = played(
        """
        show(question);
        for (const index of [0, 1, 2, 1]) tap(".options > li", index);
        const order = texts(".options > li");
        const marked = JSON.stringify(texts(".picked")) === JSON.stringify([order[0], order[2]]);
        const told = texts(".letters");
        window.studytoolChoice = undefined;  // a client that opens a new page for the answer
        show(answer);
        return [marked, told, JSON.stringify(texts(".options > li")) === JSON.stringify(order)];
        """,
        pair,
        tmp_path,
    )
    assert marked
    assert told == ["Several are right."]
    assert kept


@in_a_browser
def test_later_steps_unfold_one_tap_at_a_time(anki, tmp_path):
    second = sides(anki, tmp_path, FULL[Kind.STEPS])[1]
    asked, counts, labels = played(
        """
        const seen = () => [...qa.querySelectorAll(".steps > span")]
          .filter((step) => step.offsetHeight > 4).map((step) => step.textContent);
        show(question);
        const asked = seen();
        show(answer); run();
        const counts = [seen()], labels = [texts("button")];
        while (qa.querySelector("button")) {
          tap("button", 0); counts.push(seen()); labels.push(texts("button"));
        }
        return [asked, counts, labels];
        """,
        second,
        tmp_path,
    )
    assert asked == ["one", "[...]"]
    assert counts == [["one", "two"], ["one", "two", "three"], ["one", "two", "three", "four"]]
    assert labels == [["Next step (2 left)"], ["Next step (1 left)"], []]


@in_a_browser
def test_nothing_is_wider_than_a_phone(anki, tmp_path):
    long = "x" * 200
    tex = "$$" + "+".join(["a"] * 200) + "$$"
    row = "|" + " wwwwwwwwwwwwwwwwww |" * 8
    wide = f"`{long}`\n\n```python\nprint({long})\n```\n\n{row}\n{'|---' * 8}|\n{row}\n\n{tex}"
    found = [
        Note("b", Kind.BASIC, "D", wide, wide, hint=wide, extra=wide),
        Note("c", Kind.CLOZE, "D", wide + "\n\n{{c1::x}}", extra=wide),
        Note("o", Kind.CHOICE, "D", wide, right=(wide,), wrong=(wide, long)),
        Note("s", Kind.STEPS, "D", wide, steps=(wide, wide), extra=wide),
    ]
    pairs = sides(anki, tmp_path, *found)
    widths = played(
        """
        document.body.className = "card";
        qa.style.width = "320px";
        return answer.concat(question).map((side) => {
          show(side);
          for (const each of qa.querySelectorAll("details")) each.open = true;
          return qa.scrollWidth;
        });
        """,
        ([one for one, _ in pairs], [other for _, other in pairs]),
        tmp_path,
    )
    assert widths == [320] * 10
