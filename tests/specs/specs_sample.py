"""A good spec and its solver, which the tests of this folder break in one place each."""

from __future__ import annotations

import re
from typing import Any

import yaml

GOOD = """\
id: cooling
number: 2
title: Newton's law of cooling
prompt: |
  A cup cools.
solver: reference/cooling.py
given:
  start: 90
  rate: 0.05
  room: [20, 1e-1, 1/3]
parts:
  - id: a.i
    prompt: Temperature?
    points: 2.5
    answer: {type: number, abs: 1e-6, solve: temperature}
    confirm: simulated
    accept: [no, 010, 1:30, 1e-6, 2024-05-01, true]
    mistakes: [{answer: "5", credit: 1/2, says: Half way.}]
    hints: [{kind: targeted, text: Look at the rate.}]
  - id: b
    label: [b, last]
    points: 1
    answer:
      type: choice
      options: {N: no, A: 0.50, B: yes}
      solve: which
    needs: [a.i]
    follow_through: true
"""

SOLVER = '''\
"""Cooling."""
import functools
from math import *
from os.path import join as joined

lam = lambda start: start


def temperature(start, rate, *, room):
    return start


def simulated(start, **rest):
    return start


@functools.lru_cache
def which(room, missing=1, part_a_i=None):
    return "N"


def untold(room):
    return "A"


def wants_more(start, ambient):
    return ambient


def goes_on(start, part_a):
    return part_a


def by_position(start, /):
    return start
'''


class _Core(yaml.SafeLoader):
    """YAML 1.2 with its core schema, as editors read it: yes and 1:30 are text, 010 is ten and 1e-3 a number."""


_Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), _first)


def yaml12(text: str) -> Any:
    """The value of a YAML text as an editor sees it."""
    return yaml.load(text, _Core)  # noqa: S506 - a SafeLoader with other conversions
