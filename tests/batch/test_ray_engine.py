"""A Ray cluster of two nodes, started here, gives the same bytes as this machine alone, also where a node is killed."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn
from uuid import uuid4

import pytest
from batch_sample import files, finish, start, sums, talks
from course_sample import write

from grader.batch import chunks, engines, runs, salvage
from grader.batch.chunks import Chunk
from grader.batch.engines import Engine, Work
from grader.batch.gathering import Graded
from grader.batch.orders import Order
from grader.batch.ray_engine import RayEngine
from grader.batch.ray_node import MARK, place_of
from grader.batch.runs import FOLDER, grade_into
from grader.diagnostics import InputError
from grader.intake.handins.submissions import HandedIn, Submission
from grader.records import Status
from grader.scoring.solvers import Limits
from grader.specs import Course
from grader.store.runs import manifest_of

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is in the extra [ray]")

HERE = Path(__file__).parent
NODE = {"num_cpus": 1, "object_store_memory": 80 * 1024 * 1024}
LIMITS = Limits(memory_mb=512)
COMMAND = ("transcripts", "talks.jsonl", "--out", "out")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster whose nodes can import this module, to which this process is connected."""
    with (
        pytest.MonkeyPatch.context() as patch,
        TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as sessions,
    ):
        for name, value in {
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
            "RAY_memory_monitor_refresh_ms": "0",  # the tests beside this one are not our matter
            "RAY_TMPDIR": sessions,
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": uuid4().hex * 2,
            "PYTHONPATH": os.pathsep.join(map(str, (HERE, HERE.parent))),
        }.items():
            patch.setenv(name, value)
        import ray  # reads the environment
        from ray.cluster_utils import Cluster

        made = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
        try:
            made.add_node(**NODE)
            ray.init(address=made.address, log_to_driver=False, logging_level="error")
            yield made
        finally:
            ray.shutdown()
            made.shutdown()


@pytest.fixture
def nodes(cluster: Any) -> Any:
    """The cluster with two nodes that live, whatever was killed before."""
    if len(cluster.worker_nodes) < 1:
        cluster.add_node(**NODE)
    cluster.wait_for_nodes()
    return cluster


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few conversations, or of one student; and the same time in all runs."""
    monkeypatch.setattr(chunks, "CHUNK", 3000)
    monkeypatch.setattr(chunks, "MOST_FILES", 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path: Path) -> Iterator[None]:
    """The process that was held up on a killed node does not outlive its test."""
    yield
    for one in (tmp_path / "notes").glob("*"):
        words = one.read_text().split()
        if words[2:] == ["held"]:
            with suppress(ProcessLookupError):
                os.kill(int(words[1]), signal.SIGKILL)


def graded(
    course: Course, path: Path, kind: str, engine: Engine | None, **more: Any
) -> tuple[Graded, dict[str, bytes]]:
    """A run, and the bytes of all of its files."""
    out = path.parent / "out"
    manifest = manifest_of(kind, course, path, out)
    done = grade_into(out / FOLDER, course, Order(manifest, path, engine=engine, **more))
    found = files(out)
    found.pop(f"{FOLDER}/{MARK}", None)
    return done, found


class Watched(RayEngine):
    """Notes each time that a chunk is worked on, and by whom; holds up the first of a victim."""

    def __init__(self, path: Path, notes: Path, victim: str = "") -> None:
        notes.mkdir()
        super().__init__(place_of(path, path.parent / "out" / FOLDER), LIMITS)
        self._notes = notes
        self.victim = victim

    def run(self, work: Work, chunks: Iterator[Chunk]) -> Any:
        """See :class:`RayEngine`."""
        return super().run(partial(noted, self._notes, self.victim, work), chunks)

    def times(self) -> Counter[str]:
        """How often each chunk was worked on."""
        return Counter(one.name.split()[0] for one in self._notes.iterdir())

    def held(self) -> int | None:
        """The process that is held up, if there is one."""
        found = [one.read_text().split() for one in self._notes.iterdir()]
        return next((int(words[1]) for words in found if words[2:] == ["held"]), None)


def noted(notes: Path, victim: str, work: Work, chunk: Chunk) -> Any:
    """Work on a chunk, on a node; the victim never ends its first one, for which the others wait after three."""
    node = os.environ["RAY_RAYLET_PID"]
    part = notes.parent / uuid4().hex
    part.write_text(f"{node} {os.getpid()} {'held' if node == victim else ''}")
    part.rename(notes / f"{chunk.name} {part.name}")
    while victim and (node == victim or (len(seen := by(notes)) == 1 and seen[node] > 3)):
        time.sleep(0.02)
    return work(chunk)


def by(notes: Path) -> Counter[str]:
    """How many chunks each node worked on."""
    return Counter(one.read_text().split()[0] for one in notes.iterdir())


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A folder with a course and conversations, and the files that the command makes of them without a cluster."""
    folder = tmp_path_factory.mktemp("alone")
    sums(folder)
    talks(folder / "talks.jsonl", 60)
    assert finish(start(folder, *COMMAND, "--workers", "1")) == 0
    made = files(folder / "out")
    assert sum(name.startswith(f"{FOLDER}/chunks/") for name in made) > 8
    shutil.rmtree(folder / "out")
    return folder, made


def test_a_cluster_of_its_own_gives_the_same_bytes_and_ends(
    alone: tuple[Path, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an address the command starts a cluster of this machine; no process of it is left."""
    folder, made = alone
    for name in ("RAY_ADDRESS", "RAY_AUTH_MODE", "RAY_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    mark = f"GRADE_TEST_MARK={uuid4().hex}"
    monkeypatch.setenv(*mark.split("="))
    assert finish(start(folder, *COMMAND, "--engine", "ray", "--workers", "1")) == 0
    there = files(folder / "out")
    shutil.rmtree(folder / "out")
    assert there == made
    assert processes_with(mark) == []


def processes_with(mark: str) -> list[str]:
    """The commands of the processes in whose environment a setting stands; none where the system does not tell."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark.encode() in (one / "environ").read_bytes().split(b"\0"):
                found.append((one / "cmdline").read_text(errors="replace"))
    return found


def test_the_command_gives_the_same_bytes(nodes: Any, alone: tuple[Path, dict[str, bytes]]) -> None:
    """On a cluster at an address: relative paths mean the same on the nodes, and all files are those of one machine."""
    folder, made = alone
    assert finish(start(folder, *COMMAND, "--engine", "ray", "--ray-address", nodes.address)) == 0
    there = files(folder / "out")
    shutil.rmtree(folder / "out")
    assert there == made


def test_a_node_that_is_killed_costs_only_its_chunk(nodes: Any, small: None, tmp_path: Path) -> None:
    """Of two nodes one is killed in the midst of its chunk: that one is done twice; the bytes are the same."""
    course = sums(tmp_path)
    path = talks(tmp_path / "talks.jsonl", 120)
    [victim] = nodes.worker_nodes
    engine = Watched(path, tmp_path / "notes", str(victim.all_processes["raylet"][0].process.pid))

    def kill(_: object) -> None:
        if engine.held() is not None and nodes.worker_nodes:
            nodes.remove_node(victim, allow_graceful=False)

    _, there = graded(course, path, "transcripts", engine, on_progress=kill)
    assert not nodes.worker_nodes, "it was killed"
    assert len(engine.times()) > 10
    assert sorted(engine.times().values())[-2:] == [1, 2], "one chunk is done twice"
    (tmp_path / "out").rename(tmp_path / "there")
    assert graded(course, path, "transcripts", None)[1] == there


class BombFile(type(Path())):  # type: ignore[misc]
    """A file that ends the process that opens it."""

    def open(self, *_: object, **__: object) -> NoReturn:
        os._exit(3)


class EndlessFile(type(Path())):  # type: ignore[misc]
    """A file that nobody finishes to open."""

    def open(self, *_: object, **__: object) -> NoReturn:
        while True:
            time.sleep(1)


@pytest.mark.parametrize(
    ("kind", "seconds", "code"), [(BombFile, 60.0, "worker-died"), (EndlessFile, 4.0, "worker-timeout")]
)
def test_a_chunk_that_ends_or_never_ends_costs_only_itself(
    nodes: Any,
    small: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: Callable[[str], Path],
    seconds: float,
    code: str,
) -> None:
    """The student whose file does that has failed answers; those before and after have theirs, as on one machine."""
    for module in (engines, salvage):
        monkeypatch.setattr(module, "SUBJECT_TIMEOUT", seconds)
    handed_in = tmp_path / "handed-in"
    ada, emil = (write(handed_in / f"{name}.md", "# Problem 1\n\n(a) 5\n") for name in ("ada", "emil"))
    whose = {"ada": ada, "bad": kind("bad.md"), "emil": emil}
    found = HandedIn(tuple(Submission(name, (file,), key=name) for name, file in whose.items()))
    monkeypatch.setattr(runs, "read_submissions", lambda *_, **__: found)
    engine = Watched(handed_in, tmp_path / "notes")
    run = graded(sums(tmp_path), handed_in, "submissions", engine)[0].load().run
    assert {one.claim.subject: one.verdict.status for one in run.results if one.claim.part == "a"} == {
        "ada": Status.CORRECT,
        "bad": Status.FAILED,
        "emil": Status.CORRECT,
    }
    assert [(one.subject, [d.code for d in one.diagnostics]) for one in run.failures] == [("bad", [code])]
    assert list(engine.times().values()) == [1] * 3, "Ray repeats what its machines lose, not what a chunk does"


def test_nodes_that_do_not_fit_are_named(nodes: Any, tmp_path: Path) -> None:
    """Before anything is graded: whose versions differ, or who sees other files, is said with the node's name."""
    path = talks(tmp_path / "talks.jsonl", 3)
    place = place_of(path, tmp_path / "out" / FOLDER)
    alive = [one["NodeManagerAddress"] for one in import_module("ray").nodes() if one["Alive"]]

    def refused(**changes: Any) -> list[tuple[str, str]]:
        engine = RayEngine(replace(place, **changes), LIMITS)
        with pytest.raises(InputError) as caught:
            list(engine.run(print, iter([Chunk(0, "name", (), 1, 1)])))
        return [(one.code, one.message) for one in caught.value.diagnostics]

    versions = refused(environment={**place.environment, "numpy": "0.1"})
    assert [code for code, _ in versions] == ["ray-node"] * 2
    assert all(address in says for address, (_, says) in zip(alive, versions, strict=True))
    assert all(says.endswith("not 0.1") for _, says in versions)
    assert {code for code, _ in refused(sight="other")} == {"ray-storage"}
