"""A run kept on disk: ``run.sqlite``, from which reports can be made without grading again.

:func:`save` and :func:`load` take a whole run; :func:`writing` and :func:`reading` go record by record.
"""

from grader.store.runs.manifest import Manifest, manifest_of
from grader.store.runs.reading import PartTotal, Reader, StoredRun, load, reading
from grader.store.runs.schema import NAME
from grader.store.runs.writing import Writer, save, writing

__all__ = [
    "NAME",
    "Manifest",
    "PartTotal",
    "Reader",
    "StoredRun",
    "Writer",
    "load",
    "manifest_of",
    "reading",
    "save",
    "writing",
]
