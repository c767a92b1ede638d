"""The pages of a review: what they show, and what they do with what is foreign, gone or spoiled."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from review_sample import NASTY, Browser, group_of

from grader.review.desk import Desk


def test_the_queue_lists_open_answers_by_the_marks_at_stake(browser: Browser) -> None:
    """Three who wrote the same (9 points) come before two (8 points), one (4) and one (3)."""
    page = browser.get()
    assert "0 of 9</b> settled" in page
    assert re.findall(r'class="stake">([\d.]+)', page) == ["9", "8", "4", "3", "3", "3"]
    assert "<b>3×</b>" in page


@pytest.mark.parametrize(
    ("query", "sizes"),
    [
        ("?part=count/a", [2, 1]),
        ("?status=missing", [1, 1]),
        ("?reason=two_answers", [2]),
        ("?who=kurt", [1, 1]),
        ("?who=nobody", []),
        ("?show=marked", [1, 1, 1]),
        ("?show=decided", []),
        ("?show=nonsense", [3, 2, 1, 1, 1, 1]),
        ("?show=all&part=count/b&status=undecided", [3, 1, 1]),
    ],
)
def test_filters_choose_groups(browser: Browser, query: str, sizes: list[int]) -> None:
    """Part, status, reason, student, and what was decided already; what is unknown is left out."""
    found = re.findall(r'class="whose small">(?:<b>(\d+)×</b>)?', browser.get(f"/{query}"))
    assert [int(one or 1) for one in found] == sizes


def test_equal_answers_elsewhere_show_what_they_got(desk: Desk, browser: Browser) -> None:
    """The machine's marks of the same answer, and what people decided on the part."""
    browser.give(group_of(desk, "zoe", "b").name, "2", why="half of it")
    page = browser.get(f"/item/{group_of(desk, 'kurt', 'b').name}")
    peers = page[page.index('id="peers"') :]
    assert "<b>2</b>" in peers and "Because one counts." in peers and "by <bdi>grace</bdi>: half of it" in peers


def test_markup_in_answers_names_and_questions_is_text(desk: Desk, browser: Browser) -> None:
    """Nothing of an input is markup on any page; a control that turns the direction of writing stays in its element."""
    for path in ("/", f"/item/{group_of(desk, 'carl', 'b').name}", f"/item/{group_of(desk, '<i>so', 'b').name}"):
        page = browser.get(path)
        assert "<img" not in page and "<i>" not in page and "<em>" not in page and "<b>things" not in page
    page = browser.get(f"/item/{group_of(desk, 'carl', 'b').name}")
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert NASTY not in page


def test_markup_in_what_is_typed_is_text(desk: Desk, browser: Browser) -> None:
    """Comments, reasons, names in the query and names in addresses."""
    name = group_of(desk, "kurt", "a").name
    browser.give(name, "full", comment=NASTY, why=NASTY)
    assert "<img" not in browser.follow()
    assert "<img" not in browser.get(f"/item/{name}?who={NASTY}&done={NASTY}&undone={NASTY}")
    assert "<img" not in browser.get(f"/item/{NASTY}")


def test_a_student_is_seen_whole_with_the_text_as_it_was_read(desk: Desk, browser: Browser) -> None:
    """All parts, each one click from its decision; the lines of the file, which an answer's place leads to."""
    page = browser.get(f"/item/{group_of(desk, 'kurt', 'a').name}")
    links = re.findall(r'href="/[^"/]*(/who/[^"]*)"', page)
    whole = browser.get(links[0])
    assert "1a" in whole and "missing" in whole and "It is on page 3." in whole
    text = browser.get(links[1])
    line = re.search(r'<li id="(l[^"]*)"><span class="no" aria-hidden="true">3</span>', text)
    assert line is not None and "(b) It is on page 3." in text
    assert f'#{line[1]}"' in text


def test_the_text_about_an_answer_is_shown_where_it_is_decided(desk: Desk, browser: Browser) -> None:
    """For a group, the text of each, so that a missing answer is looked for on one page."""
    page = browser.get(f"/item/{group_of(desk, 'kurt', 'a').name}?texts=1")
    assert "It is on page 3." in page


def test_a_file_that_is_gone_is_told(desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is found any more the page says so, and where it looked."""
    monkeypatch.setattr("grader.store.runs.manifest.Manifest.place", lambda *_: Path("/nowhere"))
    page = browser.get(f"/item/{group_of(desk, 'kurt', 'a').name}?texts=1")
    assert browser.status == 200 and "nowhere" in page


def test_unknown_addresses_are_pages_with_a_way_back(browser: Browser) -> None:
    """A group that is not there any more, a student who is none, a page that is none."""
    for path in ("/item/none", "/who/none", "/nothing", "/item/" + "x" * 3000):
        page = browser.get(path)
        assert browser.status == 404 and "Back to the queue" in page


def test_a_log_that_was_spoiled_meanwhile_stops_the_pages_in_words(desk: Desk, browser: Browser) -> None:
    """The line is named; nothing is decided on top of what cannot be read."""
    browser.get()
    desk.log_path.write_bytes(b"hello\n")
    for _ in range(2):
        page = browser.get()
    assert browser.status == 503 and "decision" in page and "not JSON" in page
    browser.post("/item/any", {"mark": "full"})
    assert browser.status == 503
    assert desk.log_path.read_bytes() == b"hello\n"


def test_a_full_disk_is_told_and_the_form_is_not_lost(
    desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be written was not recorded, and the page says so."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "decisions.jsonl")

    monkeypatch.setattr("grader.review.desk.append", full)
    page = browser.give(group_of(desk, "kurt", "a").name, "full")
    assert browser.status == 503 and "No space left" in page and "Nothing was recorded" in page


def test_a_fault_of_ours_is_a_page_without_its_inner_parts(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The terminal has the traceback, the page does not."""

    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("grader.review.app.queue_view", broken)
    page = browser.get()
    assert browser.status == 500 and "secret" not in page and "fault of grade" in page
    assert "secret" in caplog.text


def test_a_run_that_was_graded_anew_meanwhile_is_read_again(desk: Desk, browser: Browser, out: Path) -> None:
    """The pages follow the file."""
    before, _ = desk.now()
    data = (out / "run.sqlite").read_bytes()
    (out / "run.sqlite").unlink()
    (out / "run.sqlite").write_bytes(data)
    after, _ = desk.now()
    assert after is not before
    browser.get()
    assert browser.status == 200


def test_a_stale_decision_is_named_on_the_queue(desk: Desk, browser: Browser) -> None:
    """Decided on other words: it is listed, and the answer waits."""
    browser.give(group_of(desk, "kurt", "a").name, "full")
    text = desk.log_path.read_text()
    made = json.loads(text)
    desk.log_path.write_text(json.dumps({**made, "answer": "0" * 32, "text": "once <b>more</b>"}) + "\n")
    page = browser.get()
    assert "1 note</h2>" in page or "1 note on" in page
    assert "once &lt;b&gt;more&lt;/b&gt;" in page
    assert "0 of 9</b> settled" in page
    page = browser.get(f"/item/{group_of(desk, 'kurt', 'a').name}")
    assert "on other words" in page


def test_comments_given_before_are_offered_again(desk: Desk, browser: Browser) -> None:
    """Those on the same part come first."""
    browser.give(group_of(desk, "carl", "b").name, "1", comment="On b.")
    browser.give(group_of(desk, "ada", "a").name, "1", comment="On a.")
    page = browser.get(f"/item/{group_of(desk, 'kurt', 'b').name}")
    assert re.findall(r"data-comment>([^<]*)<", page) == ["On b.", "On a."]


def test_the_queue_can_go_part_by_part(browser: Browser) -> None:
    """In the order of the assignment, and in a part by the marks at stake."""
    page = browser.get("/?order=part")
    assert re.findall(r'class="partname">(\w+)<', page) == ["1a", "1a", "1b", "1b", "1b", "1b"]
    assert re.findall(r'class="stake">([\d.]+)', page) == ["8", "4", "9", "3", "3", "3"]


def test_each_of_several_answers_shows_what_it_would_get_alone(desk: Desk, browser: Browser) -> None:
    """Held against what the spec accepts and foresees; what it knows nothing of has no mark."""
    page = browser.get(f"/item/{group_of(desk, 'ada', 'a').name}")
    alone = page[page.index("Each alone") :].partition("</dd>")[0]
    assert re.findall(r"<code[^>]*>([^<]*)</code>", alone) == ["3", "4"]
    assert re.findall(r"<b>([^<]*)</b>", alone) == ["4"]
    assert alone.count("the spec does not foresee it") == 1
