"""Licences of all that `grade` needs, by the metadata of what is installed; run as a program it prints the rows."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/licences.md"
FOR_WHOM_IT_WORKS = ("test", "bench")
"""Extras for work on `grade` itself; nobody who uses it has them."""

NAMES = {
    "apache 2.0": "Apache-2.0", "apache software license": "Apache-2.0", "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0", "apache-2.0 license": "Apache-2.0", "apache license": "Apache-2.0",
    "mit license": "MIT", "mit": "MIT", "bsd license": "BSD-3-Clause", "bsd": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause", "bsd-3-clause license": "BSD-3-Clause", "new bsd": "BSD-3-Clause",
    "bsd-3-clause": "BSD-3-Clause", "3-clause bsd license": "BSD-3-Clause", "isc license (iscl)": "ISC", "isc": "ISC",
    "python software foundation license": "PSF-2.0", "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "the unlicense (unlicense)": "Unlicense", "mit license (mit)": "MIT", "zlib": "Zlib",
    "apache-2.0": "Apache-2.0", "apache 2.0 license": "Apache-2.0", "dual license": "Apache-2.0 OR BSD-3-Clause",
    "gnu lesser general public license v3 or later (lgplv3+)": "LGPL-3.0-or-later",
    "gnu lesser general public license v2 or later (lgplv2+)": "LGPL-2.1-or-later",
}  # fmt: skip
"""Names that packages write, in small letters, as SPDX has them."""

ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "HPND", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib", "BSL-1.0", "LGPL-2.1-or-later",
    "LGPL-3.0-only", "LGPL-3.0-or-later", "Apache-2.0 WITH LLVM-exception", "BlueOak-1.0.0",
    "LicenseRef-PdfiumThirdParty", "CC-BY-4.0", "LLVM-exception",
})  # fmt: skip
"""Licences that a program under MIT may need at run time; ``docs/licences.md`` says what those with conditions ask."""

KNOWN = {
    "agent-client-protocol": "Apache-2.0",  # by its licence file
    "pebble": "LGPL-3.0-only",  # by its licence file; the metadata say "LGPL"
    "pypdfium2": "BSD-3-Clause AND Apache-2.0 AND LicenseRef-PdfiumThirdParty",  # what PDFium holds: all permissive
    "python-flint": "MIT AND LGPL-3.0-or-later",  # its own code is MIT; the wheels hold FLINT, GMP and MPFR
}
"""Where the metadata do not tell all."""


@dataclass
class Package:
    """A distribution that is needed.

    Args:
        name: as it is written in metadata.
        licence: as SPDX has it; "" where it is not installed.
        by: for what: ``grade``, or an extra.
    """

    name: str
    licence: str = ""
    by: set[str] = field(default_factory=set)


def licence_of(found: metadata.Distribution) -> str:
    """What the metadata say: the expression, else the classifiers, else the first line of the field."""
    meta = found.metadata
    name = canonicalize_name(meta["Name"])
    if name in KNOWN:
        return KNOWN[name]
    if meta["License-Expression"]:
        return str(meta["License-Expression"])
    classifiers = [c.rpartition(" :: ")[2] for c in meta.get_all("Classifier") or () if c.startswith("License :: ")]
    written = [c for c in classifiers if c != "OSI Approved"] or [str(meta["License"] or "unknown").splitlines()[0]]
    return " OR ".join(dict.fromkeys(NAMES.get(one.strip().lower(), one.strip()) for one in written))


def needed() -> dict[str, Package]:
    """Every distribution that `grade` or one of its extras needs, and those that they need; by canonical name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"grade": project["dependencies"], **project["optional-dependencies"]}
    packages: dict[str, Package] = {}
    for by, lines in wanted.items():
        if by not in FOR_WHOM_IT_WORKS:
            for line in lines:
                _need(Requirement(line), by, packages, set())
    return packages


def _need(requirement: Requirement, by: str, packages: dict[str, Package], seen: set[tuple[str, str]]) -> None:
    name = canonicalize_name(requirement.name)
    package = packages.setdefault(name, Package(requirement.name))
    package.by.add(by)
    for extra in sorted(requirement.extras | {""}):
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            return
        package.licence = licence_of(found)
        for line in found.requires or ():
            further = Requirement(line)
            if further.marker is None or further.marker.evaluate({"extra": extra}):
                _need(further, by, packages, seen)


def parts_of(expression: str) -> Iterator[str]:
    """The licences in an expression of SPDX, with their exceptions."""
    for one in re.split(r"\s+(?:AND|OR)\s+|[()]", expression):
        if one.strip():
            yield one.strip()


def rows(packages: Mapping[str, Package]) -> dict[str, str]:
    """The rows of the table, by canonical name, of what is installed."""
    found = {}
    for name, one in sorted(packages.items()):
        if one.licence:
            by = "`grade`" if "grade" in one.by else ", ".join(f"`[{extra}]`" for extra in sorted(one.by))
            found[name] = f"| {name} | {by} | {one.licence} |"
    return found


def written() -> dict[str, str]:
    """The rows of the page, by canonical name."""
    if not PAGE.is_file():
        return {}
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return {line.split("|")[1].strip(): line for line in lines if re.match(r"\| [a-z0-9-]+ \| [`]", line)}


if __name__ == "__main__":
    packages = needed()
    table = {name: line for name, line in {**written(), **rows(packages)}.items() if name in packages}
    sys.stdout.write("\n".join(table[name] for name in sorted(table)) + "\n")
