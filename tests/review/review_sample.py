"""A small class with open items of every kind, graded once, and a browser for its review."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grader.review.app import create_app
from grader.review.desk import Desk
from grader.review.guard import hosts

SPEC = """id: count
number: "1"
title: Counting <b>things</b>
prompt: Count & tell.
solver: reference/count.py
given: {n: 3}
parts:
  - id: a
    label: [a]
    prompt: How many?
    points: 4
    answer: {type: number, solve: number}
    confirm: number_again
    accept: ["3"]
    mistakes: [{answer: "5", credit: 1/2, says: Off by two.}]
  - id: b
    label: [b]
    prompt: Why?
    points: 3
    answer:
      type: rubric
      criteria: [{points: 1, text: It says why.}, {points: 2, text: It shows it.}]
"""
SOLVER = "def number(n):\n    return n\n\n\ndef number_again(n):\n    return sum(1 for _ in range(n))\n"
NASTY = "<img src=x onerror=alert(1)>"
TEXTS = {
    "ada": "# Problem 1\n\n(a) either 3 or 4\n\n(b) Because one counts.\n",
    "emmy": "# Problem 1\n\n(a) either 3 or 4\n\n(b) Because one counts.\n",
    "carl": f"# Problem 1\n\n(a) 3\n\n(b) {NASTY} \u202e and <b>bold</b> words\n",
    "kurt": "# Problem 1\n\n(b) It is on page 3.\n",
    "<i>so": "# Problem 1\n\n(a) 5\n",
    "zoe": "# Problem 1\n\n(a) 6/2\n\n(b) Because one counts.\n",
}
TALK = """User: Problem 1. (a) How many? (b) Why?
Assistant: (a) either 3 or 4

(b) Because.
User: Are you sure?
Assistant: Yes, I am.
"""
TOKEN = "t0ken-of-the-test"  # noqa: S105 - of the test alone
PORT = 4321
HOST = f"127.0.0.1:{PORT}"


@dataclass
class Browser:
    """Asks as a browser on this machine does; keeps what it last saw."""

    desk: Desk
    page: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client: FlaskClient = create_app(self.desk, TOKEN, hosts(PORT)).test_client()

    def get(self, path: str = "/", **more: Any) -> str:
        headers = {"Host": HOST} | more.pop("headers", {})
        return self._seen(self.client.get(f"/{TOKEN}{path}", headers=headers, **more))

    def post(self, path: str, data: Any, **more: Any) -> str:
        headers = {"Host": HOST, "Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        headers = {name: value for name, value in headers.items() if value is not None}
        return self._seen(self.client.post(f"/{TOKEN}{path}", data=data, headers=headers, **more))

    def give(self, group: str, mark: str, **fields: Any) -> str:
        """Fill in the form of a group as it stands and press a button."""
        self.get(f"/item/{group}")
        form = self.form(f"/item/{group}")
        return self.post(f"/item/{group}", {**form, "mark": mark, **fields})

    def form(self, path: str) -> dict[str, Any]:
        """The fields that a form on the page would send, without its buttons."""
        action = re.escape(f"/{TOKEN}{path}")
        body = re.search(rf'<form method="post" action="{action}[^"]*".*?</form>', self.page, re.DOTALL)
        assert body is not None, path
        found: dict[str, Any] = {}
        for tag in re.findall(r"<input[^>]*>", body[0]):
            name = re.search(r'name="([^"]*)"', tag)
            value = re.search(r'value="([^"]*)"', tag)
            if name and ("checkbox" not in tag or " checked" in tag):
                found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
        for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>([^<]*)</textarea>', body[0]):
            found[name] = unescape(text)
        return found

    def follow(self) -> str:
        """Go where the last answer sends."""
        where = self.headers["Location"].removeprefix(f"/{TOKEN}")
        return self.get(where)

    def _seen(self, answer: TestResponse) -> str:
        self.page, self.status = answer.get_data(as_text=True), answer.status_code
        self.headers = dict(answer.headers)
        return self.page


def group_of(desk: Desk, subject: str, part: str, turn: int | None = None) -> Any:
    """The group in which an answer stands."""
    groups, _ = desk.now()
    return next(one for item, one in groups.by_item.items() if item == (subject, "count", part, turn))


def course_at(root: Path) -> Path:
    """A course with the one problem, and what was handed in."""
    files = {
        "problems/count.yaml": SPEC,
        "reference/count.py": SOLVER,
        "talks/talk.md": TALK,
        "grade.toml": "title = 'Counting <em>'\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for name, text in TEXTS.items():
        (root / "in" / name).mkdir(parents=True)
        (root / "in" / name / "answers.md").write_text(text, encoding="utf-8")
    return root
