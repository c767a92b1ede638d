"""A guard that sees every name looked up and every connection of a process of Python, and of those that it starts."""

from __future__ import annotations

from pathlib import Path

_PROGRAM = """
import os, sys
def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        tell(event, arguments)
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        address = arguments[1]
        local = isinstance(address, (str, bytes)) or address is None  # of the same machine, between our own processes
        if not local and not (event == "socket.bind" and address[0] in ("127.0.0.1", "::1")):
            tell(event, arguments)
def tell(event, arguments):
    with open(os.environ["GRADE_GUARD"], "a") as stream:
        stream.write(f"{event} {arguments[1:]!r}\\n")
sys.addaudithook(watch)
"""


def guard(folder: Path, log: Path) -> dict[str, str]:
    """Write the guard.

    Args:
        folder: that comes first in ``PYTHONPATH``: Python loads the guard from it before anything else.
        log: file that gets a line for each address that is asked for.

    Returns:
        What the environment needs besides.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(_PROGRAM, encoding="utf-8")
    log.write_text("")
    return {"GRADE_GUARD": str(log)}
