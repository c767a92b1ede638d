"""Where a run is worked on, as the command line says: processes of this machine, or a Ray cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from grader.batch.engines import Engine
    from grader.specs.settings import Settings

ENGINES = ("local", "ray")

engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="What works: processes of this machine, or a Ray cluster (docs/scale.md).",
)
ray_address_option = click.option(
    "--ray-address",
    metavar="ADDRESS",
    help="Of the cluster: HOST:PORT or auto. Default: RAY_ADDRESS, else a cluster of this machine for this run.",
)


def checked_address(engine: str, address: str | None) -> str | None:
    """The address of a cluster; a usage error where none is asked."""
    if address and engine != "ray":
        raise click.BadParameter("only --engine ray asks a cluster", param_hint="--ray-address")
    return address


@contextmanager
def engine_for(
    name: str, address: str | None, path: Path, work: Path, settings: Settings, workers: int | None
) -> Iterator[Engine | None]:
    """The engine of that name, for the block; None for processes of this machine.

    Args:
        name: one of ``ENGINES``.
        address: of a Ray cluster, where the person says it.
        path: of the input.
        work: folder of what comes of the chunks.
        settings: of the course.
        workers: number of processes, where the person says it.

    Raises:
        InputError: it is not installed, or cannot be reached.
        OSError: the folder cannot be written.
    """
    if name == "local":
        yield None
        return
    from grader.batch.ray_cluster import on_ray
    from grader.scoring.solvers import Limits

    with on_ray(address, path, work, Limits(settings.timeout, settings.memory_mb, workers)) as engine:
        yield engine
