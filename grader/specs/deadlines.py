"""Times with their zones: deadlines of a course, and what other tools write."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

EXPECTED = "a time with its zone, such as 2026-11-20T23:59:00+01:00, or a setting timezone beside it"

_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:T|t|\s{1,4})(?P<time>\d\d?:\d\d(?::\d\d)?)(?:\.(?P<fraction>\d{1,12}))?"
    r"\s{0,4}(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?|[A-Za-z][\w+/-]{1,60})?"
)


def deadline(value: object, zone: tzinfo | None) -> datetime | str:
    """When something is due.

    Args:
        value: a date or time of TOML, or one as text; of a date, the last second counts.
        zone: of a time that names none; None where there is no such zone.

    Returns:
        The time with its zone, or in words what was expected.
    """
    made: datetime | None = None
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            made = time_of(value, zone)
        else:
            made = datetime.combine(day, time(23, 59, 59), zone)
    elif isinstance(value, datetime):
        made = value if value.tzinfo else value.replace(tzinfo=zone)
    elif isinstance(value, date):
        made = datetime.combine(value, time(23, 59, 59), zone)
    return made if made is not None and made.tzinfo else EXPECTED


def time_of(written: str, default: tzinfo | None) -> datetime | None:
    """A time: ISO 8601, or as YAML, Ruby and nbgrader write it (“2026-11-20 23:59:00.5 Europe/Berlin”).

    Args:
        written: the text.
        default: zone of a time that names none.

    Returns:
        The time; None where the text is none, or names a zone that nobody knows.
    """
    match = _TIME.fullmatch(written.strip())
    if match is None:
        return None
    zone = zone_of(match["zone"]) if match["zone"] else default
    if zone is None and match["zone"]:
        return None
    hour, _, rest = match["time"].partition(":")
    fraction = f".{match['fraction'][:6]:0<6}" if match["fraction"] else ""
    seconds = "" if ":" in rest else ":00"
    try:
        return datetime.fromisoformat(f"{match['day']}T{hour:0>2}:{rest}{seconds}{fraction}").replace(tzinfo=zone)
    except ValueError:  # the 30th of February
        return None


def zone_of(name: str) -> tzinfo | None:
    """The zone of that name or offset; None where nobody knows it.

    Args:
        name: ``Z``, ``UTC``, ``+01:00``, ``Europe/Berlin``.
    """
    if re.fullmatch(r"[+-]\d\d(?::?\d\d)?", name):
        try:
            return datetime.strptime(f"{name.replace(':', ''):0<5}", "%z").tzinfo
        except ValueError:
            return None
    try:
        return ZoneInfo("UTC" if name in ("Z", "z") else name)
    except (KeyError, ValueError, OSError):  # no such zone, or none of that form
        return None
