"""The connection to a Ray cluster: one that is there, or one of this machine alone, for as long as it is needed."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from grader.batch.ray_engine import RayEngine
from grader.batch.ray_node import MARK, place_of
from grader.diagnostics import InputError, operator_error
from grader.scoring.solvers import Limits
from grader.scoring.workers import default_workers

OBJECTS = 80 * 1024 * 1024  # bytes that a cluster of our own keeps for objects: the work, and what comes back
SECONDS_TO_CONNECT = 5.0


@contextmanager
def on_ray(address: str | None, path: Path, work: Path, limits: Limits) -> Iterator[RayEngine]:
    """An engine on a Ray cluster, to which this process is connected in the block.

    Args:
        address: of the cluster, as Ray writes it: ``HOST:PORT``, ``auto``, ``ray://HOST:PORT``. Without one that of
            ``RAY_ADDRESS``; without that a cluster of this machine alone, which ends with the block.
        path: of the input.
        work: folder of what comes of the chunks; on storage that all machines share.
        limits: of the workers.

    Raises:
        InputError: ``ray-extra``: Ray is not installed; ``ray-unreachable``: no cluster answers at the address.
        OSError: the folder cannot be written.
    """
    address = address or os.environ.get("RAY_ADDRESS") or None
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # else Ray tells its makers how it is used
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else it warns of graphics cards
    if (
        address is None and "ray" not in sys.modules
    ):  # whoever reaches a cluster can run programs on it: only who knows the token shall
        os.environ.setdefault("RAY_AUTH_MODE", "token")
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    try:
        import ray
    except ImportError as error:
        fix = "Install it: pip install 'ray>=2.52,<3'; or leave --engine out."
        raise InputError(operator_error("ray-extra", "Ray is not installed here", None, fix)) from error
    place = place_of(path, work)
    try:
        if ray.is_initialized():  # by a program of which this is a part
            yield RayEngine(place, limits)
        else:
            # What Ray has to say, of a machine that died, it prints; that is for people, not for who reads the output.
            with redirect_stdout(sys.stderr), _own_cluster(limits) if address is None else _connected(address):
                yield RayEngine(place, limits)
    finally:
        (place.work / MARK).unlink(missing_ok=True)


@contextmanager
def _own_cluster(limits: Limits) -> Iterator[None]:
    """A cluster of this machine alone; nothing is left of it."""
    import ray

    short = Path("/tmp")  # noqa: S108 - names of sockets may have 100 characters; the folder is made for us alone
    with _removed(tempfile.mkdtemp(prefix="grade-ray-", dir=short if short.is_dir() else None)) as sessions:
        try:
            ray.init(
                address="local",
                num_cpus=limits.workers or default_workers(),
                object_store_memory=OBJECTS,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
                _temp_dir=sessions,
            )
            yield
        finally:
            ray.shutdown()


@contextmanager
def _removed(folder: str) -> Iterator[str]:
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _connected(address: str) -> Iterator[None]:
    """A connection to a cluster that others started."""
    import ray

    try:
        _reach(address)
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:  # what Ray raises where it is not, or has another version
        lines = str(error).strip().splitlines() or [type(error).__name__]
        says = f"no Ray cluster of use at {address}: {lines[0]}"
        fix = (
            "Start one (`ray start --head`), give the HOST:PORT that this prints, and have the same versions of Python "
            "and Ray on all machines; or leave --ray-address out, for this machine alone."
        )
        raise InputError(operator_error("ray-unreachable", says, None, fix)) from error
    try:
        yield
    finally:
        ray.shutdown()


def _reach(address: str) -> None:
    """Look whether anybody listens: Ray itself tries for a minute.

    Raises:
        OSError: nobody does.
    """
    host, colon, port = address.rpartition("://")[2].rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host, int(port)), SECONDS_TO_CONNECT).close()
