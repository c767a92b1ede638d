"""Cells of CSV files that spreadsheets show and do not carry out."""

from __future__ import annotations

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front.

    Spreadsheets take text that begins with one of ``= + - @``, also of full width, for one (OWASP, "CSV Injection").

    Args:
        text: of a cell; numbers are not to be passed.
    """
    return f"'{text}" if text.startswith(_ACTIVE) else text
