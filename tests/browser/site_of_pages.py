"""The pages that the tests open: of the runs made by hand, of planted ones, and of the examples of this repository."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from chromium import SETTINGS
from planted import planted
from report_sample import FakeType, class_run, hints_run
from shared import example_class, example_talks, own_course

from grader.analysis.index import RunIndex
from grader.commands.outputs import write_outputs
from grader.records import Run
from grader.reports import Pages
from grader.review.desk import Desk
from grader.review.server import ReviewServer
from grader.store.files import write_text
from grader.store.runs import NAME, manifest_of, save

ROOT = Path(__file__).parents[2]
PAGES: dict[str, tuple[str, str, int]] = {
    "class report": ("class", "report.html", 0),
    "class report, planted": ("class, planted", "report.html", 0),
    "class report of the example": ("example class", "report.html", 0),
    "student": ("class", "students/*.html", 0),
    "student with long answers": ("class", "students/*.html", 5),
    "student, planted": ("class, planted", "students/*.html", 0),
    "another student, planted": ("class, planted", "students/*.html", 4),
    "student of the example": ("example class", "students/*.html", 6),
    "hints report": ("talks", "hints.html", 0),
    "hints report, planted": ("talks, planted", "hints.html", 0),
    "hints report of the example": ("example talks", "hints.html", 0),
    "hints report, divided": ("talks, divided", "hints.html", 0),
    "hints of one model": ("talks, divided", "hints/*.html", 0),
    "review: what is open": ("example class", "review", 0),
    "review: an answer": ("example class", "review/item", 0),
    "review: a student": ("example class", "review/who", 0),
    "review: what is open, planted": ("example class, planted", "review", 0),
    "review: an answer, planted": ("example class, planted", "review/item", 0),
}
"""Each page that is tried: its run, its files or the place on the server, and which of them in the order of names."""

SMALL = 20_000
"""Bytes of a file of the hints report where it is to be divided."""


def examined(page: str, setting: str) -> str:
    """By which rules axe looks at a page in a setting, a key of ``chromium.LEFT_OUT``; "" for not at all.

    Names, roles and order are the same in the dark, and colours the same on a phone: each is looked at where it can
    differ. The large pages of the examples, those with planted texts, and a page of hints that is divided are made by
    the same templates as those of the runs made by hand.
    """
    chosen = SETTINGS[setting]
    if not chosen.scripts or chosen.media != "screen" or ("planted" in page and setting != "phone"):
        return ""
    if "example" in page or "divided" in page:
        return "names" if setting == "wide" else ""
    if setting == "phone":
        return "names and sizes"
    return "colours" if chosen.scheme == "dark" else "everything"


class Site:
    """Folders of pages, each written when it is first asked for, and servers of reviews.

    Args:
        root: an empty folder.
        shared: the folder of all processes of the session.
    """

    def __init__(self, root: Path, shared: Path) -> None:
        self.root = root
        self.shared = shared
        self.runs: dict[str, Run] = {}
        self.servers: dict[str, ReviewServer] = {}

    def run(self, name: str) -> Run:
        """A run by its name; its pages are written."""
        if name not in self.runs:
            plain, _, how = name.partition(", ")
            made: dict[str, Callable[[], Run]] = {
                "class": class_run,
                "talks": hints_run,
                "example class": lambda: example_class(self.shared),
                "example talks": lambda: example_talks(self.shared),
            }
            run = self.run(plain) if how else made[plain]()
            self.runs[name] = planted(run) if how == "planted" else run
            with _stand_in("example" not in name):
                self._write(self.runs[name], self.root / name, divided=how == "divided")
        return self.runs[name]

    def _write(self, run: Run, folder: Path, *, divided: bool) -> None:
        if divided:
            for name, text in Pages(run).hints_files(SMALL):
                write_text(folder / name, text)
        else:
            write_outputs(RunIndex(run), folder, release_expected=True)

    def address(self, page: str) -> str:
        """The address of one of :data:`PAGES`."""
        run, where, place = PAGES[page]
        self.run(run)
        if not where.startswith("review"):
            return sorted((self.root / run).glob(where))[place].as_uri()
        address, kind = self._server(run).address, where.removeprefix("review")
        for step in {"": (), "/item": ("item",), "/who": ("item", "who")}[kind]:
            with urlopen(address) as page_before:  # noqa: S310 - our own server
                text = page_before.read().decode("utf-8")
            link = re.search(rf'href="([^"]*/{step}/[^"?#]*)', text)
            assert link, f"no link to a page of kind {step!r}"
            address = urljoin(address, link[1])
        return address

    def _server(self, name: str) -> ReviewServer:
        if name not in self.servers:
            folder = self.root / name
            source = ROOT / "examples/submissions"
            save(self.run(name), folder / NAME, manifest_of("submissions", own_course(), source, folder))
            self.servers[name] = server = ReviewServer(Desk(folder, "grace"))
            Thread(target=server.serve, daemon=True).start()
        return self.servers[name]

    def close(self) -> None:
        """Stop the servers."""
        for server in self.servers.values():
            server.stop()
            with server:
                pass


@contextmanager
def _stand_in(wanted: bool) -> Iterator[None]:
    """The answers of the runs made by hand are of no real type."""
    with pytest.MonkeyPatch.context() as patch:
        if wanted:
            patch.setattr("grader.analysis.equality.answer_type", lambda name: FakeType())
        yield
