"""A run that is killed goes on where it stopped, and ends with the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import batch_sample
import pytest
from batch_sample import files, finish, handed_in, kill_once, start, sums, talks

from grader import batch
from grader.batch import chunks, driver
from grader.batch.orders import Advance, Order
from grader.batch.runs import FOLDER, grade_into
from grader.batch.shelf import Shelf
from grader.scoring import score
from grader.scoring.losses import lost
from grader.scoring.workers import WorkerFailure
from grader.store.runs import load, manifest_of


def test_a_run_that_was_killed_ends_with_the_same_bytes(tmp_path: Path) -> None:
    """Killed after a few chunks, after some more, and after most of them: all files are those of an undisturbed run."""
    sums(tmp_path)
    talks(tmp_path / "talks.jsonl", 300)
    command = ("transcripts", "talks.jsonl", "--out", "out", "--workers", "2")
    assert finish(start(tmp_path, *command)) == 0
    expected = files(tmp_path / "out")
    number = sum(name.startswith(f"{FOLDER}/chunks/") for name in expected) // 2
    assert number > 20
    shutil.rmtree(tmp_path / "out")
    done = tmp_path / "out" / FOLDER / "chunks"
    for enough in (3, 9, 15):
        kill_once(start(tmp_path, *command), done, enough)
    assert finish(start(tmp_path, *command)) == 0
    found = files(tmp_path / "out")
    # One that was killed when all was written is over, and the next is a run of its own.
    found["history.jsonl"] = found["history.jsonl"].splitlines(keepends=True)[-1]
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


def test_submissions_in_lines_end_with_the_same_bytes_too(tmp_path: Path) -> None:
    """Killed in the midst and graded by one process, or not killed and by two."""
    sums(tmp_path)
    handed_in(tmp_path / "class.jsonl", 300)
    command = ("submissions", "class.jsonl", "--out", "out", "--workers")
    assert finish(start(tmp_path, *command, "2")) == 0
    expected = files(tmp_path / "out")
    number = sum(name.startswith(f"{FOLDER}/chunks/") for name in expected) // 2
    assert number > 5
    shutil.rmtree(tmp_path / "out")
    kill_once(start(tmp_path, *command, "1"), tmp_path / "out" / FOLDER / "chunks", number // 2)
    assert finish(start(tmp_path, *command, "1")) == 0
    found = files(tmp_path / "out")
    found["history.jsonl"] = found["history.jsonl"].splitlines(keepends=True)[-1]
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


def test_of_lines_that_are_added_only_these_are_graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk of submissions has its name by the lines in it, not by the whole file."""
    course = sums(tmp_path)
    monkeypatch.setattr(chunks, "CHUNK", 700)
    told: list[Advance] = []

    def graded(count: int) -> Advance:
        path = handed_in(tmp_path / "class.jsonl", count)
        path.write_text("".join(sorted(path.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")
        manifest = manifest_of("submissions", course, path, tmp_path / "out")
        grade_into(tmp_path / "out" / FOLDER, course, Order(manifest, path, 1, on_progress=told.append))
        return told[-1]

    assert (graded(9).subjects, told[-1].kept) == (9, 0)
    assert graded(10).subjects == 10
    assert told[-1].kept >= 6, "s9 is the last line"


def test_chunks_that_are_done_are_not_graded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run over the same input grades nothing; over a longer one only what was added, if lines begin there."""
    course = sums(tmp_path)
    monkeypatch.setattr(chunks, "CHUNK", 3000)
    told: list[Advance] = []
    path = talks(tmp_path / "talks.jsonl", 40)

    def graded() -> Advance:
        manifest = manifest_of("transcripts", course, path, tmp_path / "out")
        grade_into(tmp_path / "out" / FOLDER, course, Order(manifest, path, 1, on_progress=told.append))
        return told[-1]

    assert (graded().subjects, told[-1].kept) == (40, 0)
    before = len(told)
    manifest = manifest_of("transcripts", course, path, tmp_path / "out")
    again = grade_into(tmp_path / "out" / FOLDER, course, Order(manifest, path, 1, on_progress=told.append))
    assert (again.subjects, len(told)) == (40, before), "no chunk went to a worker"


def test_what_a_killed_process_had_begun_is_removed(tmp_path: Path) -> None:
    """It was killed while the chunks were put together; files of others stay."""
    course = sums(tmp_path)
    path = talks(tmp_path / "talks.jsonl", 3)
    folder = tmp_path / "out" / FOLDER
    folder.mkdir(parents=True)
    for name in (".run.sqlite.k3xq.part", ".results.jsonl.k3xq.part", "notes.part"):
        (folder / name).write_text("half of it")
    grade_into(folder, course, Order(manifest_of("transcripts", course, path, tmp_path / "out"), path, 1))
    assert [one.name for one in folder.glob("*.part")] == ["notes.part"]


def test_another_spec_is_another_run(tmp_path: Path) -> None:
    """What comes of chunks by the spec of before is neither used nor left."""
    course = sums(tmp_path)
    path = talks(tmp_path / "talks.jsonl", 5)
    folder = tmp_path / "out" / FOLDER

    def names(course: batch_sample.Course) -> set[str]:
        manifest = manifest_of("transcripts", course, path, tmp_path / "out")
        grade_into(folder, course, Order(manifest, path, 1))
        return {one.name for one in (folder / "chunks").iterdir()}

    before = names(course)
    (tmp_path / "reference/sums.py").write_text(batch_sample.SOLVER.replace("5", "4"), encoding="utf-8")
    after = names(course)
    assert len(before) == len(after) == 3
    assert not before & after


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_processes_changes_no_byte(tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works on the chunks."""
    course = sums(tmp_path)
    monkeypatch.setattr(chunks, "CHUNK", 2000)
    run = batch.grade_transcripts(course, talks(tmp_path / "talks.jsonl", 30), workers=workers)
    assert run.subjects == tuple(f"s{number}" for number in range(30))
    assert len(run.results) == 30 * 2 * 2


def test_names_that_occur_again_are_told_apart_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first keeps its name, the next get numbers, in the records, the lines and the conversations."""
    course = sums(tmp_path)
    monkeypatch.setattr(chunks, "CHUNK", 1500)
    path = talks(tmp_path / "talks.jsonl", 10)
    lines = path.read_text(encoding="utf-8").replace('"id": "s1"', '"id": "s0"').replace('"id": "s9"', '"id": "s0"')
    path.write_text(lines, encoding="utf-8")
    manifest = manifest_of("transcripts", course, path, tmp_path / "out")
    graded = grade_into(tmp_path / "out" / FOLDER, course, Order(manifest, path, 1))
    run = graded.load().run
    assert run.subjects == ("s0", "s0 (2)", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s0 (3)")
    assert tuple(one.id for one in run.conversations) == run.subjects
    assert list(dict.fromkeys(one.claim.subject for one in run.results)) == list(run.subjects)
    told = [line.split('"subject": "')[1].split('"')[0] for line in graded.lines.read_text().splitlines()]
    assert told == [one.claim.subject for one in run.results]


def test_only_what_failed_is_graded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run goes on with what failed as it is, until it is asked to try that again."""
    course = sums(tmp_path)
    monkeypatch.setattr(chunks, "CHUNK", 700)
    path = talks(tmp_path / "talks.jsonl", 10)
    path.write_text(path.read_text(encoding="utf-8").replace("Thought 4.", "Thought 4. BOOM"), encoding="utf-8")
    manifest = manifest_of("transcripts", course, path, tmp_path / "out")
    folder = tmp_path / "out" / FOLDER
    told: list[Advance] = []

    class Broken:
        """An engine whose machine is too small for one chunk."""

        def run(self, work, found):
            for one in found:
                words = any("BOOM" in source.messages[1].text for source in one.sources())
                yield one, WorkerFailure("memory", "it is too small") if words else work(one)

    def too_small(key, chunk, limits):
        found = salvage(key, chunk, limits)
        return [driver.replace(one, lost=(why,)) if "BOOM" in one.source.messages[1].text else one for one in found]

    salvage, why = driver.salvaged, lost(WorkerFailure("memory", "it is too small"), "reading it")
    monkeypatch.setattr(driver, "salvaged", too_small)
    first = grade_into(folder, course, Order(manifest, path, 1, engine=Broken(), on_progress=told.append))
    assert first.failures == 1
    others = [line for line in first.lines.read_text(encoding="utf-8").splitlines() if '"s4"' not in line]
    monkeypatch.setattr(driver, "salvaged", salvage)
    assert grade_into(folder, course, Order(manifest, path, 1)).failures == 1, "resuming does not try again"
    told.clear()
    again = grade_into(folder, course, Order(manifest, path, 1, only_failed=True, on_progress=told.append))
    assert again.failures == 0
    assert told[-1].subjects - told[-1].kept < 5, "other chunks are kept"
    after = again.lines.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if '"s4"' not in line] == others, "nor do its neighbours change"


def test_two_processes_do_not_work_in_one_folder(tmp_path: Path) -> None:
    """The second is told so, and spoils nothing."""
    from grader.batch.runs import _alone
    from grader.diagnostics import InputError

    (tmp_path / "out").mkdir()
    with _alone(tmp_path / "out"), pytest.raises(InputError, match="another process"), _alone(tmp_path / "out"):
        pass


def test_verdicts_are_kept_by_spec_answer_and_checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer is judged once; one to another part, or by another spec, again."""
    from grader.batch import verdicts
    from grader.batch.keys import key_for_transcripts
    from grader.records import Claim
    from grader.scoring.solvers import Limits

    key = key_for_transcripts(sums(tmp_path), (), Limits(workers=1))
    judged: list[str] = []

    def counted(*arguments):
        judged.append(arguments[2].text)
        return score.score_claim(*arguments)

    monkeypatch.setattr(verdicts, "score_claim", counted)
    monkeypatch.setattr(verdicts, "DEAR", 0.0)
    problem = key.problems[0]

    def score_all(version: str) -> list[object]:
        shelf = Shelf(tmp_path / "v.sqlite", verdicts.MOST_KEPT)
        known = verdicts.Verdicts({"sum": version}, shelf)
        found = [
            known.score(problem, one, Claim("ada", "sum", one.id, text="10/2"), key.truths["sum", one.id])
            for _ in range(2)
            for one in problem.parts
        ]
        shelf.flush()
        return found

    first = score_all("1")
    assert judged == ["10/2"] * 2
    assert score_all("1") == first
    assert judged == ["10/2"] * 2, "found on the disk"
    assert score_all("2") == first
    assert judged == ["10/2"] * 4
    (tmp_path / "v.sqlite").write_bytes(b"no database")
    assert score_all("1") == first, "a file that is none is as good as no file"


def test_the_run_in_memory_is_the_run_in_files(tmp_path: Path) -> None:
    """Both come of the same pieces."""
    course = sums(tmp_path)
    path = talks(tmp_path / "talks.jsonl", 4)
    manifest = manifest_of("transcripts", course, path, tmp_path / "out")
    graded = grade_into(tmp_path / "out" / FOLDER, course, Order(manifest, path, 1))
    assert load(graded.records).run == batch.grade_transcripts(course, path, workers=1)
