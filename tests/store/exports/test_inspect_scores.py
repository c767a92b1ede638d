"""Scores go back to the samples of a log of Inspect, and Inspect itself reads what was graded."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from export_sample import course, keep, written

from grader.batch import grade_transcripts
from grader.diagnostics import InputError
from grader.specs import Course

ASK = "Please solve problem 2 (a) and (b)."
RIGHT, WRONG = "## Problem 2\n\n(a) 0 <= c < 4\n\n(b) B", "## Problem 2\n\n(a) 1 < c < 9\n\n(b) A"
HALF, UNCLEAR = "## Problem 2\n\n(a) 0 <= c < 4\n\n(b) A", "## Problem 2\n\n(a) it depends on things\n\n(b) B"
SILENT = "I do not know."


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose problem 2 has parts of 3 points and 1."""
    return course(tmp_path_factory.mktemp("scored") / "course")


def sample(id_: object, epoch: int, *replies: str) -> dict[str, Any]:
    """A sample with one message of the person before each reply."""
    said = [ASK, *("Are you sure about problem 2?" for _ in replies[1:])]
    pairs = zip(said, replies, strict=True)
    messages = [
        {"role": role, "content": text}
        for pair in pairs
        for role, text in zip(("user", "assistant"), pair, strict=True)
    ]
    return {"id": id_, "epoch": epoch, "messages": messages}


def log(folder: Path, *samples: dict[str, Any], name: str = "run.json") -> Path:
    """A log as Inspect writes it in JSON."""
    folder.mkdir(exist_ok=True)
    run = {"eval": {"task": "door", "model": "mockllm/model"}, "status": "success", "samples": samples}
    (folder / name).write_text(json.dumps(run), encoding="utf-8")
    return folder


def kept(graded: Course, logs: Path, out: Path) -> Path:
    """The run of some logs."""
    return keep(graded, grade_transcripts(graded, logs, workers=1), out)


@pytest.fixture(scope="module")
def unclear(graded: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a sample with a part that cannot be read."""
    folder = tmp_path_factory.mktemp("unclear")
    return kept(graded, log(folder / "logs", sample("x", 1, UNCLEAR)), folder / "out")


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of an export."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_score_is_the_share_of_the_points_in_the_last_reply(graded: Course, tmp_path: Path) -> None:
    """By points, not by parts; ids and epochs are those of the samples; the explanation names each part."""
    logs = log(tmp_path / "logs", sample("a/b c-1_epoch_2", 1, RIGHT, HALF), sample(7, 2, WRONG, RIGHT))
    found = written(kept(graded, logs, tmp_path / "out"), "inspect", tmp_path / "s.jsonl")
    first, second = lines(tmp_path / "s.jsonl")
    assert list(first) == ["id", "value", "epoch", "answer", "explanation", "metadata"]
    assert (first["id"], first["epoch"], first["value"]) == ("a/b c-1_epoch_2", 1, 0.75)
    assert (second["id"], second["epoch"], second["value"]) == ("7", 2, 1.0)
    assert first["answer"] == "damping/a: 0 <= c < 4\ndamping/b: A"
    assert first["explanation"].startswith(
        "damping/a – correct (exact), 3 of 3\ndamping/b – incorrect (option), 0 of 1"
    )
    assert (first["metadata"]["reply"], first["metadata"]["open"]) == (2, [])
    assert [part["credit"] for part in first["metadata"]["parts"]] == [1.0, 0.0]
    assert (found.rows, found.left, found.notes) == (2, 0, ())


@pytest.mark.parametrize(
    ("options", "value"),
    [
        ({}, "NaN"),
        ({"unscored": "nan"}, "NaN"),
        ({"unscored": "noanswer"}, '"N"'),
        ({"unscored": "omit"}, None),
        ({"include_open": True}, "1.0"),
    ],
)
def test_what_is_open_is_never_0_in_silence(
    unclear: Path, tmp_path: Path, options: dict[str, Any], value: str | None
) -> None:
    """What stands for no score is chosen, told, and named with its reason."""
    found = written(unclear, "inspect", tmp_path / "s.jsonl", **options)
    text = (tmp_path / "s.jsonl").read_text(encoding="utf-8")
    if value is None:
        assert text == ""
    else:
        assert text.startswith(f'{{"id": "x", "value": {value}, "epoch": 1, ')
        reason = lines(tmp_path / "s.jsonl")[0]["metadata"].get("unscored_reason")
        assert reason == (None if options.get("include_open") else "unreadable")
        assert lines(tmp_path / "s.jsonl")[0]["metadata"]["open"] == ["damping/a"]
    assert (found.left, len(found.notes)) == ((0, 0) if options.get("include_open") else (1, 1))


def test_a_sample_that_was_asked_nothing_gets_no_line(graded: Course, tmp_path: Path) -> None:
    """And that is told, for Inspect would leave it unscored without a word."""
    asked = sample("x", 1, RIGHT)
    other = {
        "id": "y",
        "epoch": 1,
        "messages": [{"role": "user", "content": "Hi."}, {"role": "assistant", "content": SILENT}],
    }
    logs = log(tmp_path / "logs", other, asked)
    found = written(kept(graded, logs, tmp_path / "out"), "inspect", tmp_path / "s.jsonl")
    assert [one["id"] for one in lines(tmp_path / "s.jsonl")] == ["x"]
    assert [note.code for note in found.notes] == ["export-silent"]


def test_of_several_logs_one_is_named(graded: Course, tmp_path: Path) -> None:
    """For Inspect takes two scores of one sample for an error; by path, name or stem."""
    log(tmp_path / "logs", sample("x", 1, RIGHT), name="one.json")
    logs = log(tmp_path / "logs", sample("x", 1, WRONG), name="two.json")
    out = kept(graded, logs, tmp_path / "out")
    with pytest.raises(InputError, match=r"logs .*one.json, .*two.json") as caught:
        written(out, "inspect", tmp_path / "s.jsonl")
    assert "--log" in caught.value.diagnostics[0].fix
    with pytest.raises(InputError, match="0 of them are called 'three'"):
        written(out, "inspect", tmp_path / "s.jsonl", log="three")
    for name, value in (("one", 1.0), ("two.json", 0.0), (f"{logs / 'two.json'}", 0.0)):
        written(out, "inspect", tmp_path / "s.jsonl", log=name)
        assert [line["value"] for line in lines(tmp_path / "s.jsonl")] == [value]


def test_a_run_of_other_conversations_has_no_samples(graded: Course, tmp_path: Path) -> None:
    """Markdown has no ids that Inspect knows."""
    out = kept(graded, graded.root / "transcripts", tmp_path / "out")
    with pytest.raises(InputError, match="no conversation of this run comes from a log of Inspect"):
        written(out, "inspect", tmp_path / "s.jsonl")


@pytest.mark.filterwarnings("ignore")  # of what Inspect brings along
def test_inspect_reads_the_scores_back(graded: Course, tmp_path: Path) -> None:
    """A log of Inspect with its mock model, graded, exported, scored by ``precomputed_scores``: value by value.

    What is open is kept with its reason and left out of the metrics; so the accuracy is that of the others.
    """
    inspect_ai = pytest.importorskip("inspect_ai", reason="Inspect is in the extra [inspect]")
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import ModelOutput, ModelUsage, get_model
    from inspect_ai.scorer import match, precomputed_scores

    replies = {("a/b c_epoch_1", 0): RIGHT, (7, 0): WRONG, ("é", 0): UNCLEAR,
               ("a/b c_epoch_1", 1): HALF, (7, 1): RIGHT, ("é", 1): HALF}  # fmt: skip
    asked: dict[object, int] = {}

    def reply(messages: list[Any], *_: object) -> ModelOutput:
        """What the model says to a sample in each epoch; with a usage, so that nothing is counted online."""
        key = next(id_ for id_ in ("a/b c_epoch_1", 7, "é") if str(id_) in messages[-1].text)
        asked[key] = asked.get(key, -1) + 1
        made = ModelOutput.from_content("mockllm/model", replies[key, asked[key]])
        made.usage = ModelUsage()
        return made

    samples = [Sample(id=id_, input=f"{ASK} [{id_}]", target="x") for id_ in ("a/b c_epoch_1", 7, "é")]
    task = inspect_ai.Task(dataset=MemoryDataset(samples), scorer=match(), epochs=2, name="door")
    model = get_model("mockllm/model", custom_outputs=reply)
    (done,) = inspect_ai.eval(
        task, model=model, log_dir=str(tmp_path / "logs"), display="none", max_samples=1, log_samples=True
    )
    assert done.status == "success", done.error

    written(kept(graded, tmp_path / "logs", tmp_path / "out"), "inspect", tmp_path / "s.jsonl")
    scored = inspect_ai.score(
        done, precomputed_scores(str(tmp_path / "s.jsonl"), on_missing="error"), action="overwrite"
    )
    values = {(one.id, one.epoch): one.scores["precomputed_scores"] for one in scored.samples}
    expected = {RIGHT: 1.0, WRONG: 0.0, HALF: 0.75}
    for (id_, epoch), text in replies.items():
        score = values[id_, epoch + 1]
        if text == UNCLEAR:
            assert math.isnan(score.value)
            assert (score.reason, score.metadata["open"]) == ("unreadable", ["damping/a"])
        else:
            assert score.value == expected[text]
        assert score.explanation.startswith("damping/a – ")
    (metrics,) = [one.metrics for one in scored.results.scores]
    # Epochs are averaged first: (1 + 3/4) / 2, (0 + 1) / 2, and 3/4 alone.
    assert metrics["accuracy"].value == pytest.approx((0.875 + 0.5 + 0.75) / 3)
