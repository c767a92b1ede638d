"""Who may ask the server, and how."""

from __future__ import annotations

import http.client
import re
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review_sample import HOST, PORT, TOKEN, Browser, group_of

from grader.review import engine
from grader.review.desk import Desk
from grader.review.server import ReviewServer

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (HOST, 200),
        (f"localhost:{PORT}", 200),
        ("127.0.0.1", 400),
        (f"127.0.0.1:{PORT + 1}", 400),
        (f"evil.example:{PORT}", 400),
        (f"127.0.0.1.evil.example:{PORT}", 400),
        (f"[::1]:{PORT}", 400),
        ("", 400),
    ],
)
def test_only_this_machines_names_are_answered(browser: Browser, host: str, status: int) -> None:
    """A name of somebody's own that points to this machine (DNS rebinding) gets nothing of the run."""
    browser.get(headers={"Host": host})
    assert browser.status == status
    if status != 200:
        assert TOKEN not in browser.page and "count" not in browser.page.lower()


@pytest.mark.parametrize("path", ["/", "/wrong/", f"/{TOKEN[:-1]}/", f"/{TOKEN}x/", "//", f"/{TOKEN.upper()}/", "/é/"])
def test_nothing_is_served_without_the_token(browser: Browser, path: str) -> None:
    """Every other address is the same page, which neither names the token nor links to it."""
    answer = browser.client.get(path, headers={"Host": HOST})
    assert answer.status_code == 404
    text = answer.get_data(as_text=True)
    assert TOKEN not in text and "grade review" in text


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    """Pages are got, forms are posted; there is nothing else, and no answer to a preflight request."""
    answer = browser.client.open(f"/{TOKEN}/", method=method, headers={"Host": HOST})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, POST"
    assert not [name for name in answer.headers if name[0].startswith("Access-Control")]


def test_a_page_takes_no_form_that_is_not_its_own(browser: Browser) -> None:
    """Posting to the queue, or getting the address of a form, is answered in words."""
    browser.post("/", {"mark": "full"})
    assert browser.status == 405
    browser.get("/undo")
    assert browser.status == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": f"https://{HOST}"},
        {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(desk: Desk, browser: Browser, headers: dict[str, str | None]) -> None:
    """Another page that knows the address cannot decide anything."""
    group = group_of(desk, "ada", "a")
    browser.get(f"/item/{group.name}")
    browser.post(f"/item/{group.name}", {**browser.form(f"/item/{group.name}"), "mark": "full"}, headers=headers)
    assert browser.status == 403
    assert not desk.log_path.exists()


def test_only_forms_are_taken(desk: Desk, browser: Browser) -> None:
    """JSON, files and plain text are not what a form of ours sends."""
    path = f"/item/{group_of(desk, 'ada', 'a').name}"
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain", ""):
        browser.post(path, "mark=full&who=0", content_type=kind)
        assert browser.status == 415
    assert not desk.log_path.exists()


def test_a_large_body_is_refused(desk: Desk, browser: Browser) -> None:
    """More than the forms can hold is not read."""
    path = f"/item/{group_of(desk, 'ada', 'a').name}"
    browser.post(path, "mark=full&who=0&comment=" + "x" * 70_000, content_type=FORM)
    assert browser.status == 413
    assert not desk.log_path.exists()


@pytest.mark.parametrize("path", ["/", "/item/{}", "/who/{}", "/nothing", "/item/none"])
def test_every_answer_says_what_may_be_loaded_and_kept(desk: Desk, browser: Browser, path: str) -> None:
    """Errors too: nothing is loaded from anywhere, nothing is kept, nobody frames a page, no other site reads one."""
    browser.get(path.format(group_of(desk, "ada", "a").name))
    policy = browser.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert browser.headers["Cache-Control"] == "no-store"
    assert browser.headers["X-Content-Type-Options"] == "nosniff"
    assert browser.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in browser.headers
    assert not [name for name in browser.headers if name.startswith("Access-Control")]


def test_the_pages_ask_for_nothing_from_outside(desk: Desk, browser: Browser) -> None:
    """All addresses on the pages are this server's own; no style or handler stands in an attribute."""
    for path in ("/", f"/item/{group_of(desk, 'carl', 'b').name}", "/?show=marked"):
        page = browser.get(path)
        for address in re.findall(r'(?:href|src|action)="([^"]*)"', page):
            assert address.startswith((f"/{TOKEN}/", "#"))
        tags = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
        assert not re.search(r"<[^>]*\s(style|on\w+)=", tags)


def test_the_policy_names_the_digests_of_the_pages_own_files(browser: Browser) -> None:
    """The header allows the very style and script that stand in the page."""
    page = browser.get()
    style, script = engine.assets()
    assert f"<style>{style}</style>" in page and f"<script>{script}</script>" in page
    meta = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert meta is not None
    assert meta[1].replace("&#39;", "'") in browser.headers["Content-Security-Policy"]


PIECES = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(
    [
        "../..",
        "%00",
        "%ff",
        "\x00",
        "item",
        "who",
        "undo",
        "show",
        "open",
        "\ud800",
        "a" * 3000,
        "<b>",
        "{{7*7}}",
        "1;2",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.lists(PIECES, max_size=3), query=st.dictionaries(PIECES, PIECES, max_size=3), form=st.data())
def test_any_request_gets_a_page(browser: Browser, path: list[str], query: dict[str, str], form: st.DataObject) -> None:
    """Whatever stands in addresses, queries and forms: an answer in words, never a fault of ours, and no decision."""
    address = "/" + quote("/".join(path), errors="surrogatepass")
    asked = urlencode(query, errors="surrogatepass")
    browser.get(f"{address}?{asked}")
    assert browser.status in (200, 404, 405, 308)
    browser.get(f"/?show=all&{asked}")
    assert browser.status == 200 and "7*7" not in browser.page.replace("{{7*7}}", "")
    name = group_of(browser.desk, "kurt", "a").name
    fields = form.draw(
        st.dictionaries(st.sampled_from(["mark", "who", "seen", "points", "note", "act"]) | PIECES, PIECES)
    )
    fields = {key: value for key, value in fields.items() if value not in ("full", "none", "aside")}
    body = urlencode(fields, errors="surrogatepass").encode()
    for where in (f"/item/{name}", f"/item/{name}/note", "/undo"):
        browser.post(where, body, content_type=FORM)
        assert browser.status in (303, 400, 409)
    assert not browser.desk.now()[1].log.standing


def test_the_server_listens_on_this_machine_alone(server: ReviewServer) -> None:
    """It has an address with a port and a token of its own, and answers there; elsewhere in words."""
    host, port = "127.0.0.1", server.port
    assert server.address == f"http://{host}:{port}/{server.token}/"
    assert len(server.token) >= 32
    client = http.client.HTTPConnection(host, port, timeout=60)
    client.request("GET", f"/{server.token}/")
    answer = client.getresponse()
    assert answer.status == 200 and b"Counting" in answer.read()
    assert answer.headers["Server"] == "grade"
    client.request("GET", "/")
    answer = client.getresponse()
    assert answer.status == 404 and b"Counting" not in answer.read()


def test_a_post_without_its_length_is_refused(server: ReviewServer, desk: Desk) -> None:
    """A body of unknown length is none of a browser's forms."""
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    name = group_of(desk, "ada", "a").name
    origin = f"http://127.0.0.1:{server.port}"
    headers = {"Origin": origin, "Content-Type": FORM, "Transfer-Encoding": "chunked"}
    client.request("POST", f"/{server.token}/item/{name}", b"mark=full&who=0", headers, encode_chunked=True)
    assert client.getresponse().status == 411
    assert not desk.log_path.exists()


def test_two_servers_have_two_tokens(desk: Desk) -> None:
    """A token is drawn anew for each server."""
    with ReviewServer(desk) as one, ReviewServer(desk) as other:
        assert one.token != other.token and one.port != other.port


def test_a_port_that_is_taken_is_an_error(desk: Desk) -> None:
    """And not the end of the process."""
    with ReviewServer(desk) as one, pytest.raises(OSError, match="in use"):
        ReviewServer(desk, one.port)
