"""``grade`` as pip would install it, for programs that look for entry points: with those of ``pyproject.toml``."""

from __future__ import annotations

import stat
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def distribution(folder: Path) -> Path:
    """A folder for ``PYTHONPATH`` in which ``grade`` looks installed, however it is installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / f"grade-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: grade\nVersion: {project['version']}\n")
    groups = project["entry-points"].items()
    points = [f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in of.items()) for group, of in groups]
    (info / "entry_points.txt").write_text("\n".join(points))
    return folder


def program(path: Path, module: str) -> Path:
    """A program as pip writes it: workers import its file again, which must not run it again."""
    script = f"from {module} import main\n\nif __name__ == '__main__':\n    main()\n"
    path.write_text(f"#!{sys.executable}\n{script}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
