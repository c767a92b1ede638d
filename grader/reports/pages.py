"""All pages of one run."""

from __future__ import annotations

from functools import cached_property

from grader.analysis.index import RunIndex
from grader.records import Run
from grader.reports.classes.class_view import class_view
from grader.reports.classes.student_view import student_view
from grader.reports.engine import render
from grader.reports.hints import HintsView, hints_view


class Pages:
    """The HTML pages of a run; each is one file without links to anything outside.

    Args:
        run: what the grader found; it is indexed once.
        release_expected: whether students are shown the expected answers.
        student_folder: where the student pages stand, relative to the class report, for links to
            them; "" for no links.
        most_conversations: how many conversations the hints report shows and lists; its
            tables and charts count all, and the page says how many are not drawn.
    """

    def __init__(
        self,
        run: Run,
        *,
        release_expected: bool = False,
        student_folder: str = "",
        most_conversations: int = 100,
    ) -> None:
        self.run = run
        self.index = RunIndex(run)
        self.release_expected = release_expected
        self.student_folder = student_folder
        self.most_conversations = most_conversations

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

    def hints_report(self) -> str:
        """The evaluator's page: how answers changed after hints, conversation by conversation."""
        return render("hints", run=self.run, view=self._hints)

    @cached_property
    def _hints(self) -> HintsView:
        return hints_view(self.index, self.most_conversations)
