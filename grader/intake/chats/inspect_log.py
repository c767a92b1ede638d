"""Logs of Inspect (``.eval`` archives and ``.json`` logs), read without Inspect.

An archive holds ``samples/ID_epoch_N.json``, or the sample in pieces below a folder of that name; members may be
compressed with Zstandard, and of several members of one name the last counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from grader.diagnostics import InputError
from grader.intake.chats.archives import Archive
from grader.intake.chats.base import (
    ASSISTANT,
    Chat,
    ChatFormat,
    Head,
    Json,
    Message,
    Stretch,
    broken,
    hides_words,
    message,
    stop_declared,
    text_field,
)
from grader.intake.chats.records import chats_of, left_out
from grader.intake.chats.streams import json_whole
from grader.intake.spool import Spool, as_key, as_text
from grader.records import Origin

_SAMPLE = re.compile(r"samples/(?P<name>.+_epoch_\d+)(?:\.json|/(?:sample|skeleton)\.json)")
_PIECE = re.compile(r"samples/(?P<name>.+_epoch_\d+)/messages/(?P<start>\d+)\.json")
_ATTACHED = "attachment://"
SPREAD = 4  # bytes of a sample for each byte of it in an archive, about


class InspectLog(ChatFormat):
    """See the module."""

    name: ClassVar[str] = "inspect"
    summary: ClassVar[str] = "Inspect AI logs (.eval and .json)"

    def shows(self, head: Head) -> bool:
        """An archive with a header or a journal and samples, or a JSON log with ``eval.task`` and ``status``."""
        if head.members:
            return any(name in ("header.json", "_journal/start.json") for name in head.members)
        run = head.value.get("eval") if isinstance(head.value, Mapping) else None
        return isinstance(run, Mapping) and "task" in run and "status" in head.value

    def read(self, path: Path, head: Head) -> Iterator[Chat | InputError]:
        """One conversation for each sample and epoch."""
        if not head.members:
            log = json_whole(path)
            samples = log.get("samples") if isinstance(log, Mapping) else None
            for sample in samples if isinstance(samples, list) else ():
                yield from self._sample(path, sample, _run(log), head)
            return
        log = _opened(path, _stamp(path))
        stretch = head.stretch
        for key, members in log.samples.grouped(stretch.start if stretch else 0, stretch.stop if stretch else None):
            name = as_text(key)
            try:
                yield from self._sample(path, _put_together(log.archive, list(map(as_text, members))), log.run, head)
            except InputError as error:
                yield error
            except (ValueError, RecursionError) as error:
                yield broken(path, 1, f"a sample {name} that is not JSON ({error})", "a sample")

    def stretches(self, path: Path, head: Head, size: int) -> Iterator[Stretch]:
        """A number of samples each; what they take is taken from the size of the archive."""
        if not head.members:
            return
        number = _opened(path, _stamp(path)).samples.groups()
        whole = path.stat().st_size
        step = max(1, number * size // max(1, SPREAD * whole))
        for start in range(0, number, step):
            stop = min(start + step, number)
            yield Stretch(start, stop, 1, stop - start, whole * stop // number - whole * start // number)

    def _sample(self, path: Path, sample: Json, run: Mapping[str, Json], head: Head) -> Iterator[Chat | InputError]:
        messages = sample.get("messages") if isinstance(sample, Mapping) else None
        if not isinstance(messages, list):
            yield broken(path, 1, "a sample without `messages`", "a list of messages")
            return
        attached = sample.get("attachments")
        known = attached if isinstance(attached, Mapping) else {}
        said: list[Message | None] = []
        notes = []
        for one in messages:
            if isinstance(one, dict):
                content = _with_attachments(one.get("content"), known)
                said.append(message(str(one.get("role")), content, one))
                if hides_words(content):
                    notes.append(left_out(path, 1, f"A picture or file in sample {sample.get('id')}"))
        if not any(one is not None and one.role == ASSISTANT for one in said):
            output = sample.get("output")
            completion = output.get("completion") if isinstance(output, Mapping) else None
            said.append(message(ASSISTANT, completion))
        task = text_field(run, "task").rpartition("/")[2]
        identity = f"{task or path.stem}-{text_field(sample, 'id') or '?'}-{text_field(sample, 'epoch') or '1'}"
        stop = stop_declared(sample, run)
        model = text_field(run, "model")
        yield from chats_of(path, 1, identity, model, [said], head, tuple(notes), stop, _origin(sample))


def _origin(sample: Mapping[str, Json]) -> Origin | None:
    """Id and epoch of a sample, exactly as they stand; None where either is not what Inspect writes."""
    known, epoch = sample.get("id"), sample.get("epoch", 1)
    if not isinstance(known, str | int) or isinstance(known, bool):
        return None
    return Origin(str(known), epoch) if isinstance(epoch, int) and not isinstance(epoch, bool) else None


@dataclass(frozen=True, slots=True)
class _Log:
    """An archive that is open, what it says of its run, and its members by sample."""

    archive: Archive
    run: Mapping[str, Json]
    samples: Spool


def _stamp(path: Path) -> tuple[int, int]:
    """By which a file that was written anew is told from the one of before."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)  # the list of the members of a large log takes longer to read than many samples
def _opened(path: Path, stamp: tuple[int, int]) -> _Log:
    archive = Archive(path)
    return _Log(archive, _run(_header(archive)), _samples(archive.names()))


def _header(archive: Archive) -> Json:
    """What the log says of the run; nothing where that cannot be read, for it only names the conversations."""
    for name in ("header.json", "_journal/start.json"):
        try:
            if found := archive.json(name):
                return found
        except (InputError, ValueError, RecursionError):
            continue
    return {}


def _run(log: Json) -> Mapping[str, Json]:
    run = log.get("eval") if isinstance(log, Mapping) else None
    return run if isinstance(run, Mapping) else {}


def _samples(names: Iterator[str]) -> Spool:
    """Members by sample, in the order of the archive."""
    found = Spool()
    for name in names:
        match = _SAMPLE.fullmatch(name) or _PIECE.fullmatch(name)
        if match:
            found.add(as_key(match["name"]), as_key(name))
    return found


def _put_together(archive: Archive, members: list[str]) -> Json:
    """A sample; one in pieces gets its messages from those, in the order of their starts."""
    whole = [name for name in members if _SAMPLE.fullmatch(name)]
    sample = archive.json(whole[-1]) if whole else {}
    pieces = sorted({(int(match["start"]), name) for name in members if (match := _PIECE.fullmatch(name))})
    if pieces and isinstance(sample, Mapping):
        messages: list[Json] = []
        for _, name in pieces:
            piece = archive.json(name)
            messages += piece if isinstance(piece, list) else [piece]
        sample = {**sample, "messages": messages}
    return sample


def _with_attachments(content: Json, known: Mapping[str, Json]) -> Json:
    """A content whose long texts stand elsewhere in the sample, with these texts in it."""
    if isinstance(content, str) and content.startswith(_ATTACHED):
        found = known.get(content.removeprefix(_ATTACHED))
        return found if isinstance(found, str) else content
    if isinstance(content, list):
        return [
            {**block, "text": _with_attachments(block["text"], known)}
            if isinstance(block, Mapping) and isinstance(block.get("text"), str)
            else block
            for block in content
        ]
    return content
