"""Counters that a document declares: ``\\newcounter``, ``\\stepcounter``, ``\\arabic``, ``\\theproblem``."""

from __future__ import annotations

from grader.intake.tex.stream import Stream, joined

_CHANGE = frozenset({"\\stepcounter", "\\refstepcounter", "\\setcounter", "\\addtocounter"})
_SHOW = frozenset({"\\arabic", "\\alph", "\\Alph", "\\roman", "\\Roman"})
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_MOST = 999


COMMANDS = _CHANGE | _SHOW | {"\\newcounter"}


class Counters:
    """The document's own counters and how far they are."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def declare(self, name: str) -> None:
        """A new counter, at 0."""
        self._counts.setdefault(name, 0)

    def step(self, name: str) -> None:
        """One further."""
        self._counts[name] = min(self._counts.get(name, 0) + 1, _MOST)

    def reset(self, name: str) -> None:
        """Back to 0."""
        self._counts[name] = 0

    def read(self, command: str, stream: Stream) -> str | None:
        """Carry out a command on a counter.

        Args:
            command: with its backslash; the stream stands behind it.
            stream: is left behind the command's arguments, or where it was.

        Returns:
            What is printed; None where the command is none on a counter of the document.
        """
        if command == "\\newcounter":
            if (declared := stream.argument()) is not None:
                stream.optional()
                self.declare(joined(declared).strip())
            return ""
        if command.startswith("\\the") and command[4:] in self._counts:
            return str(self._counts[command[4:]])
        if command not in _CHANGE and command not in _SHOW:
            return None
        back = stream.at, stream.inside
        name = joined(stream.argument() or []).strip()
        if name not in self._counts:
            stream.at, stream.inside = back
            return None
        if command in _SHOW:
            return _shown(command, self._counts[name])
        if command.endswith("stepcounter"):
            self.step(name)
            return ""
        written = joined(stream.argument() or []).strip()
        if written.lstrip("-").isdecimal() and len(written) < 5:
            start = self._counts[name] if command == "\\addtocounter" else 0
            self._counts[name] = min(max(start + int(written), -_MOST), _MOST)
        return ""


def _shown(command: str, count: int) -> str:
    if command in ("\\alph", "\\Alph"):
        letter = chr(ord("a") + count - 1) if 1 <= count <= 26 else ""
        return letter.upper() if command == "\\Alph" else letter
    if command in ("\\roman", "\\Roman"):
        numeral = _ROMANS[count - 1] if 1 <= count <= len(_ROMANS) else ""
        return numeral.upper() if command == "\\Roman" else numeral
    return str(count)
