"""Deciding through the pages, as a person does in a browser without scripts."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from review_sample import NASTY, Browser, group_of

from grader.records import Decision
from grader.review.desk import Desk
from grader.store.decisions import apply, read_log


def marks(desk: Desk) -> dict[str, str]:
    """Credits of the decisions that stand, by subject, part and turn."""
    _, state = desk.now()
    found = apply(desk.now()[0].run, state.log).run.results
    return {f"{r.claim.subject} {r.claim.part}{r.claim.turn or ''}": str(r.verdict.credit) for r in found if r.decision}


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


def test_one_mark_settles_all_who_wrote_the_same(desk: Desk, browser: Browser) -> None:
    """The page lists whom it is for; the next page is the next in the queue and says what was recorded."""
    group = group_of(desk, "ada", "a")
    page = browser.get(f"/item/{group.name}")
    assert "2 the same answer" in page and ">ada</bdi>" in page and ">emmy</bdi>" in page
    browser.give(group.name, "1", comment="Which one?", why="undecided between two")
    assert browser.status == 303
    assert marks(desk) == {"ada a": "1/4", "emmy a": "1/4"}
    page = browser.follow()
    assert "Recorded: <bdi>1 of 4 for ada, emmy (1a)</bdi>" in page
    assert "2 of 9</b> settled" in page
    (ada, emmy) = read_log(desk.log_path).events
    assert isinstance(ada, Decision) and isinstance(emmy, Decision)
    assert (ada.by, ada.comment, ada.why, ada.act) == ("grace", "Which one?", "undecided between two", emmy.act)


def test_one_of_those_who_wrote_the_same_can_be_left_out(desk: Desk, browser: Browser) -> None:
    """Who is not ticked keeps waiting, and is ticked when the page is opened again."""
    group = group_of(desk, "ada", "a")
    browser.give(group.name, "full", who=[str([item.subject for item in group.items].index("emmy"))])
    assert marks(desk) == {"emmy a": "1"}
    page = browser.get(f"/item/{group.name}")
    ticked = re.findall(r'name="who" value="(\d)" checked', page)
    assert [group.items[int(place)].subject for place in ticked] == ["ada"]


@pytest.mark.parametrize(
    ("mark", "points", "credit"),
    [
        ("full", "", "1"),
        ("none", "", "0"),
        ("3", "", "3/4"),
        ("typed", "1.5", "3/8"),
        ("typed", "1,5", "3/8"),
        ("typed", "1/2", "1/8"),
        ("typed", " 2 points ", "1/2"),
        ("typed", "50 %", "1/2"),
        ("typed", "1 of 3", "1/3"),
        ("typed", "0", "0"),
        ("typed", "full", "1"),
    ],
)
def test_marks_are_given_in_many_ways(desk: Desk, browser: Browser, mark: str, points: str, credit: str) -> None:
    """A number is points; a share says so."""
    browser.give(group_of(desk, "kurt", "a").name, mark, points=points)
    assert browser.status == 303
    assert marks(desk) == {"kurt a": credit}


@pytest.mark.parametrize(
    "points", ["", "5", "-1", "1/0", "lots", "1e9", "9" * 50, "101 %", "3 of 2", "NaN", "½", "1 2"]
)
def test_what_is_no_mark_is_said_and_all_that_was_typed_stays(desk: Desk, browser: Browser, points: str) -> None:
    """Nothing is recorded, and the comment is not lost."""
    page = browser.give(group_of(desk, "kurt", "a").name, "typed", points=points, comment="Look <there>.")
    assert browser.status == 400
    assert "Nothing is recorded:" in page and "Look &lt;there&gt;.</textarea>" in page
    assert not desk.log_path.exists()


@pytest.mark.parametrize("who", [[], ["7"], ["-1"], ["x"], ["9" * 5000]])
def test_a_mark_for_nobody_is_refused(desk: Desk, browser: Browser, who: list[str]) -> None:
    """No answer is chosen, or one that is not in the group."""
    page = browser.give(group_of(desk, "ada", "a").name, "full", who=who)
    assert browser.status == 400 and "Nothing is recorded" in page
    assert not desk.log_path.exists()


def test_criteria_add_up(desk: Desk, browser: Browser) -> None:
    """What is ticked gives its points, and the reason names it."""
    group = group_of(desk, "carl", "b")
    page = browser.get(f"/item/{group.name}")
    assert "It says why." in page and "It shows it." in page
    browser.give(group.name, "criteria", criterion=["1"], why="nearly")
    assert marks(desk) == {"carl b": "2/3"}
    (made,) = read_log(desk.log_path).events
    assert isinstance(made, Decision) and made.why == "criteria met: 2; nearly"
    page = browser.get(f"/item/{group.name}")
    assert 'name="why" autocomplete="off" maxlength="2000" value="nearly"' in page  # the list is made anew


def test_an_undoing_takes_back_the_whole_act_and_nothing_is_deleted(desk: Desk, browser: Browser) -> None:
    """The button that follows a decision takes it back for all; the lines stay, and the history shows both."""
    group = group_of(desk, "ada", "a")
    browser.give(group.name, "full")
    browser.follow()
    browser.post("/undo", browser.form("/undo"))
    page = browser.follow()
    assert "Taken back: <bdi>4 of 4 for ada, emmy (1a)</bdi>" in page
    assert "<s>4 of 4</s>, taken back by <bdi>grace</bdi>" in page
    assert marks(desk) == {}
    assert len(read_log(desk.log_path).events) == 4


def test_an_undoing_of_nothing_says_so(browser: Browser) -> None:
    """Twice pressed, or a name that is none."""
    browser.post("/undo", {"act": "none"})
    assert "There was nothing to take back." in browser.follow()


def test_a_mind_can_be_changed_and_undoing_goes_back_one_step(desk: Desk, browser: Browser) -> None:
    """A second mark stands above the first; taking it back leaves the first."""
    name = group_of(desk, "kurt", "a").name
    browser.give(name, "1", comment="One.")
    page = browser.get(f"/item/{name}")
    assert "Decide again" in page and 'value="1"' in page and ">One.</textarea>" in page
    browser.give(name, "2")
    assert marks(desk) == {"kurt a": "1/2"}
    browser.get(f"/item/{name}")
    browser.post("/undo", browser.form("/undo"))
    assert marks(desk) == {"kurt a": "1/4"}


def test_two_who_decide_at_once_both_see_it(out: Path, desk: Desk, browser: Browser) -> None:
    """The second one's mark is not put silently above the first one's: it is asked for again, with what was typed."""
    name = group_of(desk, "kurt", "a").name
    browser.get(f"/item/{name}")
    form = browser.form(f"/item/{name}")
    other = Browser(Desk(out, "emmy"))
    other.give(name, "none", why="nothing there")
    page = browser.post(f"/item/{name}", {**form, "mark": "typed", "points": "2", "comment": "page 3"})
    assert browser.status == 409
    assert "<bdi>emmy</bdi> gave 0 of 4" in page and "nothing there" in page
    assert ">page 3</textarea>" in page and 'value="2"' in page
    assert marks(desk) == {"kurt a": "0"}
    browser.post(f"/item/{name}", {**browser.form(f"/item/{name}"), "mark": "typed"})
    assert browser.status == 303
    assert marks(desk) == {"kurt a": "1/2"}


def test_many_who_decide_at_once_lose_nothing(out: Path, desk: Desk) -> None:
    """Six browsers at two desks decide on all groups at the same time: each mark that was taken is in the file."""
    desks = [Desk(out, "grace"), Desk(out, "emmy")]
    names = [group.name for group in desk.now()[0].open]

    def work(number: int) -> int:
        browser, taken = Browser(desks[number % 2]), 0
        for name in names:
            browser.give(name, "none")
            taken += browser.status == 303
            assert browser.status in (303, 409)
        return taken

    with ThreadPoolExecutor(6) as pool:
        taken = sum(pool.map(work, range(6)))
    events = read_log(desk.log_path).events
    acts = {event.act for event in events if isinstance(event, Decision)}
    assert len(acts) == taken
    assert len(marks(desk)) == 9


def test_a_remark_is_kept_and_decides_nothing(desk: Desk, browser: Browser) -> None:
    """It is shown in the history of the answer."""
    name = group_of(desk, "carl", "b").name
    browser.get(f"/item/{name}")
    browser.post(f"/item/{name}/note", {"note": "Ask <Emmy>."})
    assert "<b><bdi>grace</bdi></b>: Ask &lt;Emmy&gt;." in browser.follow()
    assert marks(desk) == {}


def test_a_text_that_is_too_long_is_refused_in_words(desk: Desk, browser: Browser) -> None:
    """A comment of five thousand characters is no comment."""
    page = browser.give(group_of(desk, "kurt", "a").name, "full", comment="x" * 5000)
    assert browser.status == 400 and "at most 4000 are kept" in page
    assert not desk.log_path.exists()


def test_a_machines_mark_can_be_overridden(desk: Desk, browser: Browser) -> None:
    """What is marked is listed too, with the machine's mark; a person's stands above it."""
    group = group_of(desk, "<i>so", "a")
    assert group.name in browser.get("/?show=marked")
    page = browser.get(f"/item/{group.name}")
    assert "foreseen mistake" in page and "Off by two." in page
    browser.give(group.name, "full", why="as asked in class")
    assert marks(desk) == {"<i>so a": "1"}
    page = browser.get("/?show=decided")
    assert "&lt;i&gt;so" in page


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


def test_a_conversation_is_decided_reply_by_reply(talk: Desk) -> None:
    """A decision on a reply covers the later ones that carry its answer on; the words before it are shown."""
    browser = Browser(talk)
    page = browser.get()
    assert "0 of 2</b> settled" in page
    group = group_of(talk, "talk", "a", 1)
    page = browser.get(f"/item/{group.name}")
    assert "reply 1, and on to reply 2" in page and "How many?" in page
    browser.give(group.name, "1")
    assert marks(talk) == {"talk a1": "1/4", "talk a2": "1/4"}
    link = re.search(r'href="/[^"/]*(/who/[^"#]*)', page)
    assert link is not None
    whole = browser.get(link[1])
    assert "Yes, I am." in whole and 'id="t2"' in whole


def test_a_group_stays_until_all_of_it_is_settled(desk: Desk, browser: Browser) -> None:
    """Whoever marks some of those who wrote the same comes to the others next."""
    group = group_of(desk, "ada", "a")
    browser.give(group.name, "full", who=["0"])
    page = browser.follow()
    assert re.findall(r'name="who" value="(\d)" checked', page) == ["1"]
    browser.give(group.name, "none", who=["1"])
    assert group.name not in browser.headers["Location"]


def test_the_last_of_all_leads_back_to_the_queue(desk: Desk, browser: Browser) -> None:
    """Each mark leads to the next group, round the end, until nothing waits."""
    browser.get(f"/item/{desk.now()[0].open[2].name}")
    for _ in range(6):
        path = re.search(r'<form method="post" action="/[^"/]*(/item/\w+)', browser.page)
        assert path is not None
        browser.post(path[1], {**browser.form(path[1]), "mark": "none"})
        browser.follow()
    assert "Everything is settled." in browser.page and "9 of 9</b> settled" in browser.page


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


def test_an_answer_can_be_left_open_on_purpose(desk: Desk, browser: Browser) -> None:
    """It gets no mark, waits no longer, is listed as such, and can be taken back or decided after all."""
    name = group_of(desk, "kurt", "a").name
    browser.give(name, "aside", why="was ill")
    page = browser.follow()
    assert "Recorded: <bdi>left open for kurt (1a)</bdi>" in page
    assert "1 of 9</b> settled" in page and "1 left open" in page
    assert marks(desk) == {}
    assert name not in browser.get("/") and name in browser.get("/?show=left")
    page = browser.get(f"/item/{name}")
    assert "left open – was ill" in page
    browser.post("/undo", browser.form("/undo"))
    assert name in browser.get("/")
    browser.give(name, "aside")
    browser.give(name, "none")
    assert marks(desk) == {"kurt a": "0"}


def test_each_of_several_answers_shows_what_it_would_get_alone(desk: Desk, browser: Browser) -> None:
    """Held against what the spec accepts and foresees; what it knows nothing of has no mark."""
    page = browser.get(f"/item/{group_of(desk, 'ada', 'a').name}")
    alone = page[page.index("Each alone") :].partition("</dd>")[0]
    assert re.findall(r"<code[^>]*>([^<]*)</code>", alone) == ["3", "4"]
    assert re.findall(r"<b>([^<]*)</b>", alone) == ["4"]
    assert alone.count("the spec does not foresee it") == 1
