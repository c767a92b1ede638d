"""What reading inputs costs: for each format the time at one length and at twice that, beside a plain reader.

A peer does less: it parses, or takes the text out, and neither repairs nor looks for answers. It says what the format
itself costs. ``ftfy``, ``markdown-it-py`` and ``pdfplumber`` come with ``pip install -e '.[bench]'``; without them
their cells are empty.
"""

from __future__ import annotations

import importlib
import io
import json
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from benchmarks import intake_inputs as inputs
from benchmarks.measure import ROOT, table
from grader.intake.chats import read_chats
from grader.intake.claims import claims_of_submission
from grader.intake.handins.submissions import Submission
from grader.specs import load_course

RUNS = 3
MAX_BYTES = 512 * 1024 * 1024


def seconds(work: Callable[[], object]) -> float:
    """The median time of a piece of work, after one run that pays for imports."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peer(module: str, work: Callable[[object], object]) -> float | None:
    """The time of a peer, None where it is not installed."""
    try:
        found = importlib.import_module(module)
    except ImportError:
        return None
    return seconds(lambda: work(found))


def milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value * 1000:,.1f} ms"


def ratio(ours: float, other: float | None) -> str:
    return "" if other is None else f"{ours / other:.2f}"


class Desk:
    """Reads files as a student's submission: taken out, repaired, cut into sections, searched for every part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = load_course(ROOT).assigned

    def reading(self, name: str, data: bytes) -> Callable[[], object]:
        path = self.folder / name
        path.write_bytes(data)
        return lambda: claims_of_submission(Submission("ada", (path,)), self.problems, MAX_BYTES)


def row(
    name: str, once: Callable[[], object], twice: Callable[[], object], other: str, peer_time: float | None
) -> list[str]:
    short, long = seconds(once), seconds(twice)
    return [name, milliseconds(short), f"{long / short:.2f}", other, milliseconds(peer_time), ratio(short, peer_time)]


def rows(desk: Desk) -> list[list[str]]:
    clean, broken = inputs.reply(100_000), inputs.damaged(100_000)
    thirty, docx = inputs.pdf(30), inputs.word(300)
    book, web, answers = inputs.notebook(200), inputs.page(300), inputs.sheet(500)

    def text(name: str, once: str, twice: str) -> tuple[Callable[[], object], Callable[[], object]]:
        return desk.reading(f"1-{name}", once.encode()), desk.reading(f"2-{name}", twice.encode())

    def binary(name: str, once: bytes, twice: bytes) -> tuple[Callable[[], object], Callable[[], object]]:
        return desk.reading(f"1-{name}", once), desk.reading(f"2-{name}", twice)

    return [
        row(
            "reply, 100 kB of Markdown",
            *text("clean.md", clean, inputs.reply(200_000)),
            "markdown-it-py, parsed",
            peer("markdown_it", lambda m: m.MarkdownIt().parse(clean)),  # type: ignore[attr-defined]
        ),
        row(
            "the same, damaged",
            *text("damaged.md", broken, inputs.damaged(200_000)),
            "ftfy, fixed",
            peer("ftfy", lambda m: m.fix_text(broken)),  # type: ignore[attr-defined]
        ),
        row(
            "PDF, 30 pages",
            *binary("a.pdf", thirty, inputs.pdf(60)),
            "pdfplumber, text",
            peer("pdfplumber", lambda m: _plumbed(m, thirty)),
        ),
        row(
            "Word, 300 paragraphs",
            *binary("a.docx", docx, inputs.word(600)),
            "python-docx, text",
            seconds(lambda: _docx(docx)),
        ),
        row(
            "notebook, 200 cells",
            *binary("a.ipynb", book, inputs.notebook(400)),
            "json",
            seconds(lambda: json.loads(book)),
        ),
        row(
            "HTML, 300 paragraphs",
            *binary("a.html", web, inputs.page(600)),
            "markdownify",
            seconds(lambda: _markdownify(web)),
        ),
        row(
            "answer sheet, 500",
            *binary("a.json", answers, inputs.sheet(1000)),
            "json",
            seconds(lambda: json.loads(answers)),
        ),
    ]


def _plumbed(module: object, data: bytes) -> list[str]:
    with module.open(io.BytesIO(data)) as pdf:  # type: ignore[attr-defined]
        return [page.extract_text() for page in pdf.pages]


def _docx(data: bytes) -> list[str]:
    from docx import Document

    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def _markdownify(data: bytes) -> str:
    from markdownify import markdownify

    return str(markdownify(data.decode()))


def stream_rows(folder: Path) -> list[list[str]]:
    """JSON Lines of growing length: the time a conversation, and the peak of memory, which must stay."""
    found = []
    for count in (1_000, 10_000, 50_000):
        path = folder / f"{count}.jsonl"
        path.write_bytes(inputs.chat_lines(count))
        start = time.perf_counter()
        assert sum(1 for _ in read_chats(path)) == count
        ours = time.perf_counter() - start
        start = time.perf_counter()
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                json.loads(line)
        plain = time.perf_counter() - start
        tracemalloc.start()
        for _ in read_chats(path):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        size = path.stat().st_size / 2**20
        found.append(
            [f"{count:,}", f"{size:,.0f} MiB", f"{ours:.2f} s", f"{ours / plain:.2f}", f"{peak / 2**20:.1f} MiB"]
        )
        path.unlink()
    return found


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name))
        print("## Intake\n")
        header = ["input", "time", "twice as long costs", "peer", "its time", "ratio"]
        print(table(header, rows(desk)))
        print("\n## Recorded conversations, one at a time\n")
        header = ["conversations", "file", "time", "times json.loads", "peak of Python's memory"]
        print(table(header, stream_rows(Path(name))))


if __name__ == "__main__":
    main()
