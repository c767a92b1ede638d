"""This package as a wheel, made from its own files, and the versions of what it needs.

A wheel is an archive of a known form (https://packaging.python.org/specifications/binary-distribution-format/), so that
neither a build tool nor the source tree is needed: what is shipped is what is running here.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path

from grader import __version__
from grader.diagnostics import InputError, operator_error

NAME = "grade"
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every file in an archive, so that equal contents are equal bytes

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def wheel() -> tuple[str, bytes]:
    """The name and the bytes of a wheel of this package.

    Raises:
        InputError: ``autograder-package``: the package is not installed, so that nobody knows what it needs.
    """
    package = Path(__file__).parents[2]
    info = f"{NAME}-{__version__}.dist-info"
    members = {f"grader/{path.relative_to(package).as_posix()}": path.read_bytes() for path in _files(package)}
    members[f"{info}/METADATA"] = _metadata(_installed()).encode()
    members[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: grade\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    members[f"{info}/entry_points.txt"] = b"[console_scripts]\ngrade = grader.commands.main:main\n"
    record = f"{info}/RECORD"
    members[record] = "".join([*(_recorded(*one) for one in sorted(members.items())), f"{record},,\n"]).encode()
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(members.items()):
            add(archive, name, data)
    return f"{NAME}-{__version__}-py3-none-any.whl", made.getvalue()


def add(archive: zipfile.ZipFile, name: str, data: bytes, mode: int = 0o644) -> None:
    """Put a file into an archive, with the same bytes each time.

    Args:
        archive: open for writing.
        name: with ``/`` between folders.
        data: contents.
        mode: permissions.
    """
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system = 3  # Unix, so that the permissions count
    info.external_attr = (0o100000 | mode) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def pins() -> str:
    """The versions of all that this package needs, as they are installed here: a constraints file for pip.

    Raises:
        InputError: ``autograder-package``.
    """
    found: dict[str, str] = {}
    waiting = list(_needs(_installed()))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or another version of Python
        found[name] = one.version
        waiting += _needs(one)
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))


def _installed() -> Distribution:
    try:
        return distribution(NAME)
    except PackageNotFoundError as error:
        raise InputError(
            operator_error(
                "autograder-package",
                f"the package {NAME} runs from a folder and is not installed, so that nobody knows what it needs",
                None,
                "Install it: python -m pip install . in its folder.",
            )
        ) from error


def _needs(one: Distribution) -> Iterator[str]:
    """Names of what a package needs without extras, in the spelling of an index."""
    for needed in one.requires or ():
        match = _NAME.match(needed)
        if match and "extra ==" not in needed:
            yield re.sub(r"[-_.]+", "-", match[0]).lower()


def _metadata(one: Distribution) -> str:
    """What pip asks of a package; the version is that of the code, whatever was installed."""
    python = one.metadata["Requires-Python"] or ">=3.11"
    lines = ["Metadata-Version: 2.1", f"Name: {NAME}", f"Version: {__version__}", f"Requires-Python: {python}"]
    lines += [f"Requires-Dist: {needed}" for needed in one.requires or () if "extra ==" not in needed]
    return "\n".join(lines) + "\n"


def _files(package: Path) -> list[Path]:
    found = (path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(path for path in found if "__pycache__" not in path.parts)


def _recorded(name: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"
