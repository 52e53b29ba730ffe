"""Every rule of the craft is held to its own examples, and to the limits where it begins."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from craft_notes import SOURCE, findings, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.bank import BankNote
from studytool.craft.copied import copied, runs_of_words
from studytool.craft.prompts import NoteView
from studytool.craft.rules import LIBRARY_RULES, NAMES, NOTE_RULES, explanations
from studytool.craft.subjects import Craft
from studytool.craft.words import FORMULA, bare, read, sentences, stem, stems, words
from studytool.markdown import parse
from studytool.notes import Kind, Note

FOX = "It is known: the quick brown fox jumps over the lazy dog, and sleeps."
WHOLE = {"near-duplicate", "same-question", "lonely", "choice-share"}
"""Rules of which the examples are libraries, not single notes."""


def examples(name: str, which: str) -> list[str]:
    """Return the bad or good examples of a rule, each a bank's notes."""
    text = getattr(explanations()[name], which)
    notes = yaml.load(text, yaml.BaseLoader)
    if name in WHOLE:
        return [text]
    parts = [f"- {part}" for part in f"\n{text.strip()}".split("\n- ")[1:]]
    assert len(parts) == len(notes)
    return [part + "\n" for part in parts]


CASES = [
    (name, which, example)
    for name in NAMES
    for which in ("bad", "good")
    for example in examples(name, which)
]


@pytest.mark.parametrize(("name", "which", "example"), CASES)
def test_a_rule_complains_of_its_bad_examples_alone(
    tmp_path: Path, name: str, which: str, example: str
) -> None:
    source = "" if name == "no-source" else SOURCE
    found = findings(tmp_path, example, source, FOX)
    assert (name in {each.code for each in found}) == (which == "bad")
    for each in found:
        if each.code == name:
            assert each.line >= 4 or name == "no-source"
            assert f"--explain {name}" in each.help
            assert str(each.severity) in explanations()[name].level


def test_every_rule_is_explained() -> None:
    assert set(explanations()) == set(NAMES)
    for rule in explanations().values():
        assert not rule.asks[0].isupper() and not rule.asks.endswith(".")
        assert rule.why.endswith(".") and rule.when.endswith(".") and rule.bad and rule.good


def note(question: str = "Why does FedAvg average?", answer: str = "It saves rounds.") -> str:
    return f"- q: |\n    {question}\n  a: |\n    {answer}\n"


def many(count: int) -> str:
    return " ".join(f"w{'abcdefghij'[n % 10]}{'klmno'[n // 10]}x" for n in range(count))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (note(answer=many(25)), set()),
        (note(answer=many(24) + " $a + b + c$"), {"symbols"}),
        (note(answer=many(26)), {"answer-long"}),
        (note(question="FedAvg " + many(39)), set()),
        (note(question="FedAvg " + many(40)), {"question-long"}),
        (note(question="How much? Say why."), set()),
        (note(question="Is FedAvg quick?"), {"yes-no"}),
        (note(question="When SWA ends, does FedAvg start?"), set()),
        (note(question="Why, as Dai et al. (2017) ask, is FedAvg slow?"), set()),
        (note(question="*Is FedAvg quick?* Which kind of question?"), set()),
        (note(question="Why is FedAvg slow or quick?"), set()),
        (note(question="Which name of FedAvg is right, this or that one?"), {"either-or"}),
        (note(answer="No gradient passes through FedAvg."), set()),
        (note(answer="No, never."), {"yes-no"}),
        (note(answer="True"), {"yes-no"}),
        (note(answer="False positives."), set()),
        (note(answer="No labels"), set()),
        (note(question="May Day honours which movement?"), set()),
        (note(question="Will FedAvg converge?"), {"yes-no"}),
        (note(answer="A novel."), set()),
        (note(answer="A novel idea."), {"praise"}),
        (note(question="Which sign?", answer="..."), set()),
        (note(answer="One, two."), set()),
        (note(answer="Weights, gradients and models."), {"enumeration"}),
        (note(answer="Weights, gradients, and models."), {"enumeration"}),
        (note(answer="Where it stands, the server looks at all of them and then stops."), set()),
        (note(question="Which two of the models stay?"), set()),
        (note(question="Which steps are taken by FedAvg?"), {"enumeration"}),
        (note(question="In FedAvg, name the parts."), {"enumeration"}),
        (note(question="FedAvg must name the server. Why?"), set()),
        (note(question="What did the authors of FedAvg do?"), set()),
        (note(question="What did the authors leave out?"), {"dangling"}),
        (note(question="Since it was published, what became of FedAvg?"), {"dangling"}),
        (note(question="FedAvg is shown a face. What comes out?"), set()),
        (note(question="As shown above, what does FedAvg do?"), {"dangling"}),
        (note(answer="A good model."), {"praise"}),
        (note(question="Why is FedAvg good?"), set()),
        (note(question="Why was FedAvg the latest method in 2017?"), set()),
        (note(question="Why is FedAvg the latest method?"), {"volatile"}),
        (note(question="Which number?", answer="12"), {"number-alone"}),
        (note(question="Which number in 2017?", answer="12"), set()),
        (note(question="Which number is $1 + 1$?", answer="2"), set()),
        (note(answer="$m_D + m_{k}$"), {"symbols"}),
        (note(question=r"Why $\alpha$?", answer=r"$\alpha = \mathrm{KL}(\beta)$"), {"symbols"}),
        (note(answer="With $f = ax$, where $a$ and $x$ and $f$ are known."), set()),
        (note(answer=r"$\left( 1 \right]$"), set()),
        (note(answer="Under $5."), {"math"}),
        (note(answer=r"Under \$5."), set()),
        (note(answer="`$5` is a word."), set()),
        ("- cloze: 'A {{c1::the}} b'\n", {"cloze-trivial"}),
        ("- cloze: 'All of these words and {{c1::$x$}}'\n", set()),
        (
            "- cloze: 'FedAvg costs {{c1::half of}} what any other method of these two costs.'\n",
            set(),
        ),
        ("- q: Next?\n  steps: [one, two, three]\n", set()),
        ("- q: Next?\n  steps: [one, two]\n", {"steps-size"}),
        ("- q: Next?\n  steps: [one, two, 3, 4, 5, 6, 7]\n", {"steps-size"}),
        (f"- q: Next?\n  steps: [one, two, {many(15)}]\n", {"steps-size"}),
    ],
)
def test_where_a_rule_begins(tmp_path: Path, text: str, expected: set[str]) -> None:
    assert rules(tmp_path, text) == expected


def test_a_question_of_its_own_for_the_way_back_is_looked_at_too(tmp_path: Path) -> None:
    text = note() + "  reverse: Is FedAvg meant?\n"
    assert rules(tmp_path, text) == {"yes-no"}


def test_weights_of_a_complaint(tmp_path: Path) -> None:
    found = findings(tmp_path, note(answer=many(41)))
    assert [str(each.severity) for each in found if each.code == "answer-long"] == ["error"]
    assert [str(each.severity) for each in found if each.code == "no-tag"] == ["error"]


def test_titles_and_quotations_may_be_copied(tmp_path: Path) -> None:
    words_of_it = "the quick brown fox jumps over the lazy dog"
    known = runs_of_words([bare(FOX)])
    view = NoteView(
        BankNote(Note("n", Kind.BASIC, "D", "Why?", words_of_it), 1, 1, ""), Craft(tmp_path), "b"
    )
    assert [each.message for each in copied(view, known)] == [
        "“the quick brown fox jumps over the lazy” stands in a text it was learned from"
    ]
    for hidden in (f"*e* {words_of_it}", f"*![](media/x.svg)* {words_of_it}"):
        entry = BankNote(Note("n", Kind.BASIC, "D", "Why?", hidden), 1, 1, "")
        assert list(copied(NoteView(entry, Craft(tmp_path), "b"), known))
    for marked in (f"*{words_of_it}*", f"“{words_of_it}”", words_of_it.replace("jumps", "leaps")):
        entry = BankNote(Note("n", Kind.BASIC, "D", "Why?", marked), 1, 1, "")
        assert not list(copied(NoteView(entry, Craft(tmp_path), "b"), known))


@pytest.mark.parametrize(
    "kindred",
    [
        ("average", "averages", "averaging", "averaged"),
        ("generator", "generate", "generated", "generates"),
        ("regularise", "regularize", "regularising", "regularization"),
        ("layer", "layers"),
        ("story", "stories"),
        ("label", "labels", "labelling", "labelled"),
    ],
)
def test_kindred_words_have_one_stem(kindred: tuple[str, ...]) -> None:
    assert len({stem(word) for word in kindred}) == 1


def test_what_a_reader_sees() -> None:
    tree = parse("The *Pile* has {{c1::825::size?}} GiB, $a^2$ and ${{c2::b}} + c$.", holes=True)
    shown = read(tree, frozenset({1}))
    assert shown.text == f"The Pile has \ufffb GiB, {FORMULA} and {FORMULA}."
    assert shown.titles == ("Pile",)
    assert shown.holes == ("825",)
    assert shown.formulas == ("a^2", "b + c")
    assert read(tree, frozenset({2})).holes == (FORMULA,)
    assert len(words(shown.text)) == 7


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Gao et al. (2020) gave it, i.e. the text, e.g. books. What vs. Which?"
    assert len(sentences(text)) == 2


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_no_text_breaks_a_rule(question: str, answer: str, extra: str) -> None:
    craft = Craft(Path(__file__).parent)
    asked = Note("a", Kind.BASIC, "D", question, answer, extra=extra)
    hidden = Note("b", Kind.CLOZE, "D", "{{c1::" + question + "}} " + answer)
    chosen = Note("c", Kind.CHOICE, "D", question, right=(answer,), wrong=(extra, question))
    entries = [BankNote(note, 1, 1, "") for note in (asked, hidden, chosen)]
    views = [NoteView(entry, craft, "b.yaml") for entry in entries]
    for view in views:
        for rule in NOTE_RULES.values():
            assert all(finding.message for finding in rule(view))
        assert not list(copied(view, runs_of_words([bare("zz yy xx ww vv uu tt ss")])))
    for compare in LIBRARY_RULES.values():
        assert {view.path for view, _ in compare(views)} <= {"b.yaml"}
    assert "" not in stems(question)


@pytest.mark.parametrize("doubles", [2, 300])
def test_doubles_are_found_also_where_their_words_are_common(tmp_path: Path, doubles: int) -> None:
    family = [f"Why does FedAvg need the word w{n}?" for n in range(90)]
    same = ["Why does FedAvg need the word?"] * doubles
    craft = Craft(tmp_path)
    views = [
        NoteView(
            BankNote(Note(f"n{n}", Kind.BASIC, "D", asked, "So.", tags=("t",)), 1, 1, ""),
            craft,
            "b",
        )
        for n, asked in enumerate([*family, *same])
    ]
    found = {
        view.note.id
        for view, finding in LIBRARY_RULES["near-duplicate"](views)
        if finding.severity == "warning"
    }
    assert "n1" not in found
    assert f"n{90 + doubles - 1}" in found
