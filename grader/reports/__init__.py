"""Reports: one self-contained HTML file each, readable with scripts off, with no network requests."""

from grader.reports.names import student_file_name
from grader.reports.pages import Pages

__all__ = ["Pages", "student_file_name"]
