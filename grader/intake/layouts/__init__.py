"""Layouts of what was handed in, by the tools that write them; one a module, found by discovery."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import PurePath

from grader.diagnostics import InputError, operator_error
from grader.intake.archives import stem_of
from grader.intake.handins.trees import Tree
from grader.intake.layouts.base import HandIn, Layout, Sign, Wanted

__all__ = ["HandIn", "Layout", "Sign", "Wanted", "layouts", "placed", "platform_of"]

PLAIN = "plain"


@cache
def layouts() -> Mapping[str, Layout]:
    """The known layouts by name, in the order of their names."""
    found: dict[str, Layout] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if inspect.isclass(value) and issubclass(value, Layout) and not inspect.isabstract(value):
                found[value.name] = value()
    return dict(sorted(found.items()))


def placed(tree: Tree, name: str = "") -> tuple[Layout, Tree]:
    """The layout of a tree, and the part of the tree that is laid out so.

    Args:
        tree: a folder or an archive; an archive may hold just one folder with everything in it.
        name: of the layout, where the person says it; else it is told by what the tree holds.

    Raises:
        InputError: ``layout-ambiguous``: it may be several.
    """
    inner = tree.below(next(iter(tree.by_folder))) if _is_wrapped(tree) else None
    if name and name != PLAIN:
        layout = layouts()[name]
        return layout, tree if inner is None or layout.sign(tree).fits else inner
    if not name:
        for one in filter(None, (tree, inner)):
            if shown := _shown(one):
                return shown, one
        if tree.archive:
            _told_apart(inner or tree, tree, inner is not None)
    wrapper = inner is not None and PurePath(inner.name).name.casefold() == _unnumbered(tree.name)
    return layouts()[PLAIN], inner if inner is not None and wrapper else tree


def platform_of(tree: Tree) -> str:
    """The name of the platform whose layout a tree shows throughout; "" for none, or where it is not clear.

    Args:
        tree: a folder or an archive.
    """
    inner = (tree.below(next(iter(tree.by_folder))),) if _is_wrapped(tree) else ()
    signs = ((one.name, one.sign(part)) for part in (tree, *inner) for one in layouts().values())
    found = [name for name, sign in signs if sign.fits and not sign.but]
    return found[0] if len(found) == 1 else ""


def _is_wrapped(tree: Tree) -> bool:
    return tree.archive and len(tree.by_folder) == 1 and not tree.files


def _unnumbered(name: str) -> str:
    """The name of an archive without its ending, and without the number of a second download."""
    return re.sub(r"( \(\d{1,3}\)|-\d{1,3})$", "", stem_of(PurePath(name).name)).casefold()


def _shown(tree: Tree) -> Layout | None:
    """The one layout that a tree shows; None where it shows none."""
    signs = {one: sign for one in layouts().values() if (sign := one.sign(tree)).fits}
    if not signs:
        return None
    if len(signs) == 1 and not any(sign.but for sign in signs.values()):
        return next(iter(signs))
    names = [*(one.name for one in signs), *((PLAIN,) if all(sign.but for sign in signs.values()) else ())]
    seen = "; ".join(f"{sign.fits}{', ' if sign.but else ''}{sign.but}" for sign in signs.values())
    raise ambiguous(tree, names, seen)


def _told_apart(inner: Tree, tree: Tree, wrapped: bool) -> None:
    """Refuse an archive that may be of a class or of one student: who is who would be a guess."""
    if not inner.by_folder:
        raise ambiguous(tree, [PLAIN], "it holds files only: a file a student, or one student's files")
    folder = PurePath(inner.name).name
    if wrapped and folder.casefold() != _unnumbered(tree.name):
        raise ambiguous(tree, [PLAIN], f"it holds one folder, {folder!r}: of the class, or of one student")


def ambiguous(tree: Tree, names: Sequence[str], seen: str) -> InputError:
    """The error about a tree of which it cannot be told whose files are whose.

    Args:
        tree: a folder or an archive.
        names: of the layouts that it may have.
        seen: what speaks for them.
    """
    fix = (
        f"Take out what does not belong to it, or say which: --layout {names[0]}"
        if len(names) > 1
        else "Unpack it and name the folder of the students' folders or files; or say that it is one for the class, "
        f"each top folder or file a student: --layout {names[0]}"
    )
    return InputError(operator_error("layout-ambiguous", f"{tree.name}: whose is what? {seen}", fix=fix))
