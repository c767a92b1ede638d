"""Reports: one self-contained HTML file each, readable with scripts off, with no network requests."""

from grader.reports.names import is_page_name, student_file_name
from grader.reports.pages import Pages
from grader.reports.regrade_view import regrade_page

__all__ = ["Pages", "is_page_name", "regrade_page", "student_file_name"]
