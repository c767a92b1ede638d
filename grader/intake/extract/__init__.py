"""Files that are not text, and the text in them; one extractor a file, found by discovery."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache

from grader.intake.extract.base import Extracted, Extractor, not_read

__all__ = ["Extracted", "Extractor", "extractable", "extractor_of", "extractors", "not_read"]


@cache
def extractors() -> tuple[Extractor, ...]:
    """All extractors, in the order of their names."""
    found: dict[str, Extractor] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if inspect.isclass(value) and issubclass(value, Extractor) and not inspect.isabstract(value):
                found[value.name] = value()
    return tuple(one for _, one in sorted(found.items()))


def extractor_of(data: bytes, suffix: str) -> Extractor | None:
    """The extractor for a file; None for text.

    Args:
        data: the bytes.
        suffix: ending of its name, in any case, with the dot.
    """
    return next((one for one in extractors() if one.fits(data, suffix.lower())), None)


def extractable() -> frozenset[str]:
    """Endings of files whose text is taken out, lower case with the dot."""
    return frozenset(suffix for one in extractors() for suffix in one.suffixes)
