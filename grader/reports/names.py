"""File names made from the names of subjects."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SLUG = 40  # characters of the readable part


def student_file_name(subject: str) -> str:
    """A file name for the page of ``subject``; see :func:`file_name`."""
    return f"{file_name(subject, 'student')}.html"


def file_name(name: str, otherwise: str) -> str:
    """A file name without suffix for whatever is called ``name``.

    It holds only ``a-z 0-9 -``, so it cannot leave its folder or be a device name, and a digest of the exact name, so
    names whose readable parts agree (``Ada!`` and ``ada``) do not share a file, on file systems that ignore case
    neither.

    Args:
        otherwise: the readable part of a name that has none.
    """
    plain = unicodedata.normalize("NFKD", name[: 4 * _SLUG]).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:_SLUG].strip("-") or otherwise
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug}-{digest}"


def is_page_name(stem: str) -> bool:
    """Whether a file name without suffix is one that :func:`file_name` makes, or such a one with a number behind it."""
    return re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{10}(-\d+)?", stem) is not None
