"""Several of several options as the answer."""

from __future__ import annotations

from itertools import combinations

import pytest
from answers_sample import Case, check_case

from grader.answers import get_type
from grader.diagnostics import SpecError
from grader.maths.reading.lexer import tokenize

INPUTS = {"options": ["the ridge λ", "the keys", "the values", "the queries"]}
EVERY = ["A", "B", "C", "D"]
THREE = ["B", "C", "D"]


def case(response: str, expected: list[str], status: str, why: str, credit: str = "") -> Case:
    return Case(response, expected, status, why, "options" if credit or status == "correct" else "", credit, INPUTS)


CASES = [
    *(case(text, THREE, "correct", "letters and a denial") for text in (
        "B, C, and D, but not A", "B, C, D, not A", "B, C, D (not A)", "B, C and D without A", "B C D, but not A.",
    )),
    case("A, B, C, but not A", EVERY, "unreadable", "affirmed and denied"),
    case("A) the keys", ["A", "B"], "unreadable", "letter and text contradict each other"),
    case("(A) the keys, (B) the values", ["A", "B"], "unreadable", "twice"),
    case("B) the keys", ["B"], "correct", "letter and text agree", "1"),
    case("Ⓑ Ⓒ Ⓓ", THREE, "correct", "letters in circles", "1"),
    *(case(text, EVERY, "correct", "all of them") for text in (
        "A, B, C, D", "A, B, C and D", "ABCD", "(A) (B) (C) (D)", "a, b, c, d", "all", "All of them.", "all four",
        "All of the above", "every one of them", "λ, keys, values, queries",
        "the ridge, the keys, the values and the queries",
        "The ridge λ, keys, values, and queries all receive gradients.", "**A, B, C, D**", "\\boxed{A, B, C, D}",
        "- λ\n- keys\n- values\n- queries", "- [x] A\n- [x] B\n- [x] C\n- [x] D", "keys, values, queries and λ",
        "Options A, B, C, and D", "A & B & C & D", "So my corrected answer is: A, B, C, D",
        "Every tensor receives one, and λ is one of them.",
        "You're right, λ is in the graph, too, so all four do: λ, keys, values and queries.",
    )),
    *(case(text, THREE, "correct", "three of them") for text in (
        "B, C, D", "B and C and D", "D, C, B", "BCD", "keys, values and queries", "the key, the value and the query",
        "all except λ", "all but the ridge", "everything except A", "keys, values and queries, but not λ",
        "all but (A)",
        "- [ ] A\n- [x] B\n- [x] C\n- [x] D", "The keys, values and queries do; λ does not.", "(b), (c), (d)",
        "B) keys, C) values, D) queries", "☐ λ ☑ keys ☑ values ☑ queries", "[ ] λ [x] keys [x] values [x] queries",
        "keys ✓ values ✓ queries ✓ λ ✗", "✅ keys ✅ values ✅ queries ❌ λ", "λ ☐ keys ☑ values ☑ queries ☑",
        "| λ | ❌ |\n| keys | ✅ |\n| values | ✅ |\n| queries | ✅ |", "The complete answer is B, C, D.",
        "Keys, values and queries receive gradients; λ gets none.",
    )),
    case("B, C, D", EVERY, "partial", "one is missing", "3/4"),
    case("A", EVERY, "partial", "three are missing", "1/4"),
    case("A, B, C, D", THREE, "partial", "one too many", "3/4"),
    case("A, B", ["A", "C"], "partial", "one too many, one missing", "1/2"),
    case("A", THREE, "incorrect", "every option is settled wrongly", "0"),
    case("none", EVERY, "incorrect", "none", "0"),
    case("none of them", ["A"], "partial", "three are rightly left out", "3/4"),
    case("all except λ", EVERY, "partial", "an exception too many", "3/4"),
    case("the weights", EVERY, "unreadable", "none of the options"),
    case("E, F", EVERY, "unreadable", "no such letters"),
    case("The answer is not B, C, D.", THREE, "unreadable", "what is denied"),
    case("✅ Answer: B, C, D\n\n❌ A: it is fixed", THREE, "correct", "pictographs that tick no options"),
    case("λ does, but λ does not", ["A"], "unreadable", "it contradicts itself"),
    Case("B, C, D", EVERY, "incorrect", "all or nothing", "options", "0", {**INPUTS, "credit": "all"}),
    Case("A, B, C, D", EVERY, "correct", "all", "options", "1", {**INPUTS, "credit": "all"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.response[:50]} for {''.join(c.expected)}")
def test_choices_of_several(case: Case) -> None:
    """Letters, texts, words, exceptions, denials and ticked boxes; each option counts."""
    check_case("choices", case)


@pytest.mark.parametrize(
    "words",
    ["Keys, values and queries do; λ does not, for it is set by hand.", "Keys, values, queries do, λ gets none."],
)
def test_the_words_of_an_answer_hold_its_denial(words: str) -> None:
    """Read by themselves they say the same, and not the contrary."""
    kind = get_type("choices")
    options = kind.options_model.model_validate(INPUTS)
    tokens = tokenize(words)
    (match,) = kind.find(tokens, options)
    said = words[tokens[match.first].start : tokens[match.last - 1].end]
    assert kind.read(said, options) == match.value == frozenset(THREE)


@pytest.mark.parametrize("chosen", [c for n in range(1, 5) for c in combinations("ABCD", n)])
def test_every_subset_is_shown_and_read_back(chosen: tuple[str, ...]) -> None:
    """Whatever is chosen: letters, a list of texts, and what is shown read as the same options."""
    kind = get_type("choices")
    options = kind.options_model.model_validate(INPUTS)
    wanted = frozenset(chosen)
    shown = kind.render(wanted, options)
    texts = [options.options[key] for key in chosen]
    for text in (
        ", ".join(chosen),
        " and ".join(chosen),
        ", ".join(texts),
        "".join(chosen),
        shown.unicode,
        shown.latex,
    ):
        assert kind.read(text, options) == wanted, text


@pytest.mark.parametrize("credit", ["each", "all"])
@pytest.mark.parametrize("given", [c for n in range(5) for c in combinations("ABCD", n)])
def test_credit_counts_the_options_settled_rightly(given: tuple[str, ...], credit: str) -> None:
    """Each option that is rightly in or out earns its share; ``all`` gives all or nothing."""
    kind = get_type("choices")
    options = kind.options_model.model_validate({**INPUTS, "credit": credit})
    truth = frozenset("BD")
    share = sum((key in given) == (key in truth) for key in "ABCD")
    compared = kind.compare(frozenset(given), truth, options)
    assert compared.credit is not None
    assert compared.credit * 4 == (share if credit == "each" or share == 4 else 0)
    assert (compared.credit == 1) == (compared.status == "correct") == (frozenset(given) == truth)


@pytest.mark.parametrize("key", ["E", "", None, 5, ["E"], ["A", 1], [], "weights"])
def test_a_bad_key_is_the_authors_error(key: object) -> None:
    """A key with what is no option is told to its author."""
    kind = get_type("choices")
    with pytest.raises(SpecError):
        kind.key(key, kind.options_model.model_validate(INPUTS))


def test_keys_are_lists_sets_and_text() -> None:
    """Keys of options in a list or a set, one key, or words are keys."""
    kind = get_type("choices")
    options = kind.options_model.model_validate(INPUTS)
    assert (
        kind.key({"B", "C"}, options)
        == kind.key(("C", "B"), options)
        == kind.key("keys and values", options)
        == {"B", "C"}
    )
    assert kind.key("A", options) == {"A"}
