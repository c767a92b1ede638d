"""Marks by hand: given, refused, changed, taken back, and by several at once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from review_sample import Browser, group_of

from grader.records import Decision
from grader.review.desk import Desk
from grader.store.decisions import apply, read_log


def marks(desk: Desk) -> dict[str, str]:
    """Credits of the decisions that stand, by subject, part and turn."""
    _, state = desk.now()
    found = apply(desk.now()[0].run, state.log).run.results
    return {f"{r.claim.subject} {r.claim.part}{r.claim.turn or ''}": str(r.verdict.credit) for r in found if r.decision}


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
    browsers = [Browser(desks[number % 2]) for number in range(6)]
    names = [group.name for group in desk.now()[0].open]

    def work(browser: Browser) -> int:
        taken = 0
        for name in names:
            browser.give(name, "none")
            taken += browser.status == 303
            assert browser.status in (303, 409)
        return taken

    with ThreadPoolExecutor(6) as pool:
        taken = sum(pool.map(work, browsers))
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
