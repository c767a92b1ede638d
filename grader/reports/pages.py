"""All pages of one run."""

from __future__ import annotations

from collections.abc import Iterator

from grader.analysis.index import RunIndex
from grader.records import Run
from grader.reports.classes.class_view import class_view
from grader.reports.classes.student_view import student_view
from grader.reports.engine import render
from grader.reports.hints import BUDGET, hints_files


class Pages:
    """The HTML pages of a run; each is one file without links to anything outside.

    Args:
        run: what the grader found; it is indexed once.
        release_expected: whether students are shown the expected answers.
        student_folder: where the student pages stand, relative to the class report, for links to
            them; "" for no links.
    """

    def __init__(
        self,
        run: Run | RunIndex,
        *,
        release_expected: bool = False,
        student_folder: str = "",
    ) -> None:
        self.index = run if isinstance(run, RunIndex) else RunIndex(run)
        self.run = self.index.run
        self.release_expected = release_expected
        self.student_folder = student_folder

    def class_report(self) -> str:
        """The instructor's page: distribution, difficulty, what needs a person, all students."""
        return render("class", run=self.run, view=class_view(self.index, self.student_folder))

    def student_page(self, subject: str) -> str:
        """The page of one student, with nothing of anyone else.

        Raises:
            KeyError: the run has no such subject.
        """
        view = student_view(self.index, subject, self.release_expected)
        return render("student", run=self.run, view=view)

    def hints_files(self, budget: int = BUDGET) -> Iterator[tuple[str, str]]:
        """The evaluator's pages: how answers changed after hints, conversation by conversation.

        Args:
            budget: bytes of a file.

        Returns:
            Names and texts: ``hints.html`` alone or, of a large run, ``hints/NAME.html`` for each model and then
            ``hints.html``, which leads to them.
        """
        return hints_files(self.index, budget)

    def hints_report(self) -> str:
        """The first page of :meth:`hints_files`."""
        return dict(self.hints_files())["hints.html"]
