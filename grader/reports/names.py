"""File names made from the names of subjects."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SLUG = 40  # characters of the readable part


def student_file_name(subject: str) -> str:
    """A file name for the page of ``subject``.

    It holds only ``a-z 0-9 -`` and ``.html``, so it cannot leave its folder or be a device name,
    and a digest of the exact name, so subjects whose readable parts agree (``Ada!`` and ``ada``)
    do not share a file, on file systems that ignore case neither.
    """
    plain = unicodedata.normalize("NFKD", subject[: 4 * _SLUG]).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:_SLUG].strip("-") or "student"
    digest = hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug}-{digest}.html"
