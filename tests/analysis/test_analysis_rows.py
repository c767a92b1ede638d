"""The long format: one row for each result, which the schema in the documentation describes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from analysis_sample import MISLEADING, NEUTRAL, NONE, Answer, C, D, F, M, P, U, W, hint, talk, talks
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from grader.analysis.index import RunIndex
from grader.analysis.rows import Row, Transition, row_object, rows
from grader.analysis.summary import by_kind, by_model, by_part, elsewhere, overall, summarize
from grader.records import Conversation, HintKind, Label, Run, Status, StopPolicy

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "changes.schema.json").read_text(encoding="utf-8"))
TASK, SURE, FALSE = hint(NONE), hint(NEUTRAL), hint(MISLEADING)


def long(run: Run) -> list[Row]:
    index = RunIndex(run)
    return list(rows(index, index.changes))


def changed(run: Run, **fields: object) -> Run:
    """The run with other fields of its conversations."""
    return replace(run, conversations=tuple(replace(one, **fields) for one in run.conversations))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "transition", "same"),
    [
        ((C, "1"), None, Transition.CARRIED, None),
        ((M, ""), None, Transition.MISSING, None),
        ((M, ""), (C, "1"), Transition.FIRST, None),
        ((C, "1"), (C, "1.0"), Transition.KEPT, True),
        ((C, "1"), (C, "2"), Transition.RIGHT_TO_OTHER_RIGHT, False),
        ((C, "1"), (W, "2"), Transition.RIGHT_TO_WRONG, False),
        ((C, "1"), (P, "2"), Transition.RIGHT_TO_WRONG, False),
        ((P, "2"), (C, "1"), Transition.WRONG_TO_RIGHT, False),
        ((W, "2"), (W, "3"), Transition.WRONG_TO_OTHER_WRONG, False),
        ((P, "2"), (W, "3"), Transition.WRONG_TO_OTHER_WRONG, False),
        ((W, "2"), (W, "2"), Transition.KEPT, True),
        ((C, "1"), (U, "x"), Transition.OPEN, False),
        ((D, "y"), (D, "y"), Transition.KEPT, True),
        ((F, "z"), (C, "1"), Transition.OPEN, False),
    ],
)
def test_a_transition_in_a_word(before: Answer, after: Answer, transition: Transition, same: bool | None) -> None:
    """Partial is wrong; open statuses are neither; the answer type tells what is the same."""
    first, second = long(talk([TASK, FALSE], a=[before, after]))
    assert first.transition is (Transition.MISSING if before == (M, "") else Transition.FIRST)
    assert (first.status_before, first.same) == (None, None)
    assert (second.transition, second.same, second.reply, second.replies) == (transition, same, 2, 2)


def test_a_row_holds_what_is_known_of_an_answer() -> None:
    """Model, how it ended, the hint, what people say: comparable words before free ones."""
    run = talk([TASK, hint(MISLEADING, "p/b")], a=[(W, "2"), (C, "1")], b=[(W, "2"), None])
    labels = (Label("annotator", 2, "p/a", "nice"), Label("annotator", 2, "p/a", "right"), Label("key", 2, "p/a", "hm"))
    found = {(row.part, row.turn): row for row in long(changed(run, model="m", stop=StopPolicy.FIXED, labels=labels))}
    row = found["a", 2]
    assert (row.model, row.stop, row.annotator, row.key) == ("m", StopPolicy.FIXED, "right", "hm")
    assert (row.hint, row.hint_proposed, row.hint_concerned) == (HintKind.MISLEADING, False, False)
    assert (row.first_right, row.censored_after) == (2, None)
    assert (found["b", 2].first_right, found["b", 2].censored_after, found["b", 2].carried) == (None, 2, True)
    assert (found["b", 2].hint_concerned, found["b", 2].exposed) == (True, True)


def test_the_schema_describes_the_rows() -> None:
    """Same keys in the same order, the words of the program; every kind of row is valid."""
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    run = talk([TASK, SURE, FALSE], a=[(C, "1"), None, (P, "2")], b=[(M, ""), (U, "x"), (W, "3")])
    for row in long(run) + long(replace(run, conversations=())):
        made = json.loads(json.dumps(row_object(row), allow_nan=False))
        assert list(made) == list(SCHEMA["properties"])
        assert not list(validator.iter_errors(made))
    words = SCHEMA["properties"]
    assert words["transition"]["enum"] == [str(one) for one in Transition]
    assert words["status"]["enum"] == [str(one) for one in Status]
    assert words["hint"]["enum"] == [*map(str, HintKind), None]
    assert words["stop"]["enum"] == [str(one) for one in StopPolicy]


ANSWERS = st.none() | st.tuples(st.sampled_from(list(Status)), st.sampled_from(["1", "1.0", "2", "x"]))
KINDS = st.sampled_from([hint(kind, *about) for kind in HintKind for about in ((), ("p/a",), ("p/b",))])
TALKS = st.lists(
    st.integers(1, 4).flatmap(
        lambda n: st.tuples(
            st.lists(KINDS, min_size=n, max_size=n),
            st.fixed_dictionaries({part: st.lists(ANSWERS, min_size=n, max_size=n) for part in "ab"}),
        )
    ),
    min_size=1,
    max_size=4,
)


def random_run(said: list[tuple[list[object], dict[str, list[Answer]]]]) -> Run:
    run = talks({f"t{at}": one for at, one in enumerate(said)})  # type: ignore[misc]
    models = [replace(one, model=f"m{at % 2}") for at, one in enumerate(run.conversations)]
    return replace(run, conversations=tuple(models))


@given(TALKS)
def test_the_splits_add_up(said: list[tuple[list[object], dict[str, list[Answer]]]]) -> None:
    """Kinds of hints and what was beside them, models, parts: each split has all changes, every one once."""
    run = random_run(said)
    found = long(run)
    every = summarize(found)
    assert len(found) == len(run.results)
    assert every.changes == len(RunIndex(run).changes) == sum(every.table.values())
    splits = ([*by_kind(found), elsewhere(found)], by_model(found), by_part(found))
    for split in splits:
        for name in ("changes", "marked"):
            assert sum(getattr(one, name) for one in split) == getattr(every, name)
        for name in ("right_before", "right_after", "right_to_wrong", "wrong_to_right", "keeps_right", "flipped"):
            assert sum(getattr(one, name).count for one in split) == getattr(every, name).count
            assert sum(getattr(one, name).of for one in split) == getattr(every, name).of
    words = Counter(row.transition for row in found)
    assert every.right_to_wrong.count == words[Transition.RIGHT_TO_WRONG]
    assert every.wrong_to_right.count == words[Transition.WRONG_TO_RIGHT]
    assert every.right_after.count - every.right_before.count == every.wrong_to_right.count - every.right_to_wrong.count
    assert every.keeps_right.of + every.repairs_wrong.of == every.marked


@given(TALKS, st.randoms(use_true_random=False))
def test_the_order_of_conversations_does_not_matter(
    said: list[tuple[list[object], dict[str, list[Answer]]]], random: object
) -> None:
    run = random_run(said)
    order = list(run.conversations)
    random.shuffle(order)  # type: ignore[attr-defined]
    names = [one.id for one in order]
    results = sorted(run.results, key=lambda one: names.index(one.claim.subject))
    mixed = replace(run, subjects=tuple(names), conversations=tuple(order), results=tuple(results))
    assert sorted(map(repr, long(run))) == sorted(map(repr, long(mixed)))
    one, other = (overall(RunIndex(r), RunIndex(r).changes) for r in (run, mixed))
    assert one == other


def test_a_conversation_without_a_model_or_a_file_has_rows() -> None:
    """Nothing is made up: what is not known is null."""
    (row,) = long(replace(talk([TASK], a=[(C, "1")]), conversations=(Conversation("t", "", (), "t.md"),)))
    assert (row.model, row.hint, row.hint_proposed, row.hint_concerned, row.stop) == (
        None, None, None, False, StopPolicy.UNKNOWN,
    )  # fmt: skip
