"""The web application of a review: three pages and three forms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound
from werkzeug.wrappers import Response as AnyResponse

from grader.answers import get_type
from grader.diagnostics import InputError
from grader.records import Aside, Decision
from grader.reports.excerpts import sentences
from grader.reports.numbers import exact
from grader.review import engine, guard
from grader.review.credits import CreditError, credit_of
from grader.review.desk import ConflictError, Desk, State
from grader.review.item_view import CRITERIA, item_view
from grader.review.items import Group, Groups
from grader.review.list_views import queue_view, subject_page, subject_view
from grader.review.queue import Filter, course_of, next_open
from grader.review.texts import anchor, handed_in

LONGEST = {"comment": 4000, "why": 2000, "note": 4000, "points": 60}
"""Most characters of the fields of the forms."""


def create_app(desk: Desk, token: str, hosts: frozenset[str]) -> Flask:
    """The application.

    Args:
        desk: at which is decided.
        token: with which all addresses begin.
        hosts: what the Host header may say.
    """
    app = Flask("grader.review", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=guard.MOST_BYTES, MAX_FORM_MEMORY_SIZE=guard.MOST_BYTES, MAX_FORM_PARTS=1000)
    pages = Pages(desk, f"/{token}")

    @app.before_request
    def check() -> None:
        if refused := guard.refusal(request, token, hosts):
            raise refused

    @app.after_request
    def secure(response: Response) -> Response:
        guard.secured(response.headers)
        return response

    @app.errorhandler(HTTPException)
    def told(error: HTTPException) -> Response:
        known = request.path.split("/")[1] == token and request.headers.get("Host", "") in hosts
        return pages.error(error, known)

    @app.errorhandler(InputError)
    def unreadable(error: InputError) -> Response:
        return pages.trouble([sentences(one) for one in error.diagnostics])

    @app.errorhandler(OSError)
    def unwritable(error: OSError) -> Response:
        return pages.trouble([f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}."])

    routes: tuple[tuple[str, str, Callable[..., AnyResponse]], ...] = (
        ("GET", "/", pages.queue),
        ("GET", "/item/<name>", pages.item),
        ("POST", "/item/<name>", pages.decide),
        ("POST", "/item/<name>/note", pages.note),
        ("POST", "/undo", pages.undo),
        ("GET", "/who/<name>", pages.who),
    )
    for method, path, view in routes:
        app.add_url_rule(f"/{token}{path}", view.__name__, view, methods=[method])
    return app


class Pages:
    """What is answered to each request.

    Args:
        desk: at which is decided.
        base: with which all addresses begin.
    """

    def __init__(self, desk: Desk, base: str) -> None:
        self.desk = desk
        self.base = base

    def queue(self) -> AnyResponse:
        """The list of what there is to decide."""
        groups, state = self.desk.now()
        return self._page("queue", groups, state, view=queue_view(groups, state, _wanted()))

    def item(self, name: str) -> AnyResponse:
        """One group, with the form to decide it."""
        groups, state = self.desk.now()
        return self._item(groups, state, _group(groups, name))

    def decide(self, name: str) -> AnyResponse:
        """Record a mark and go on to the next group; or say why not, with all that was typed still there."""
        groups, state = self.desk.now()
        group = _group(groups, name)
        try:
            typed = {key: _field(key) for key in ("comment", "why", "points")}
            places = sorted({int(value) for value in request.form.getlist("who")})
            if not places or places[-1] >= len(group.items) or places[0] < 0:
                raise CreditError("nobody is chosen: tick whose answers the mark is for")
            aside = request.form.get("mark") == "aside"
            credit, reason = (None, "") if aside else _credit(group, typed["points"])
        except (CreditError, ValueError) as error:
            return self._item(groups, state, group, says=f"Nothing is recorded: {error}.", code=400)
        why = "; ".join(text for text in (reason, typed["why"]) if text)
        seen = request.form.get("seen", "")
        try:
            if credit is None:
                act = self.desk.leave_open(group, places, why=why, seen=seen)
            else:
                act = self.desk.decide(group, places, credit, why=why, comment=typed["comment"], seen=seen)
        except ConflictError as error:
            groups, state = self.desk.now()
            return self._item(groups, state, group, meanwhile=error.meanwhile, clash=True, code=409)
        groups, state = self.desk.now()
        wanted = _wanted()
        after = next_open(course_of(groups, state, wanted), state, group, wanted)
        return self._go(f"/item/{after.name}" if after else "/", wanted, done=act)

    def note(self, name: str) -> AnyResponse:
        """Keep a remark on the answers of a group, and show it again."""
        groups, state = self.desk.now()
        group = _group(groups, name)
        try:
            text = _field("note")
        except ValueError as error:
            return self._item(groups, state, group, says=f"Nothing is recorded: {error}.", code=400)
        if text:
            self.desk.note(group.items[0], text)
        return self._go(f"/item/{group.name}", _wanted())

    def undo(self) -> AnyResponse:
        """Take back what was decided in one go, and show what it was about."""
        groups, _ = self.desk.now()
        taken = self.desk.undo(request.form.get("act", ""))
        here = next((groups.by_item[one.item] for one in taken if one.item in groups.by_item), None)
        path = f"/item/{here.name}" if here else "/"
        return self._go(path, _wanted(), undone=taken[0].act if taken else "nothing")

    def who(self, name: str) -> AnyResponse:
        """All that one subject said, with the text itself if it is asked for."""
        groups, state = self.desk.now()
        subject = next((one for one in groups.index.subjects if subject_page(one) == name), None)
        if subject is None:
            raise NotFound("There is nobody of that name in this run. It may have been graded anew.")
        talk = groups.index.conversations.get(subject)
        wanted = "text" in request.args and not talk
        return self._page(
            "who",
            groups,
            state,
            view=subject_view(groups, state, subject, _wanted()),
            files=handed_in(self.desk.manifest, [subject])[subject] if wanted else (),
            talk=talk,
            told=sentences,
        )

    def error(self, error: HTTPException, known: bool) -> Response:
        """The page for a request that is not served.

        Args:
            known: whether the request had the token, so that the page may lead back.
        """
        says = error.description or ""
        if isinstance(error, InternalServerError):
            says = "This is a fault of grade; the terminal says more. What was recorded before is kept."
        text = engine.render(
            "error", run=_NoRun(), title=error.name, says=[says], base=self.base if known else "", by=self.desk.by
        )
        return Response(text, error.code or 500, list(_allowed(error)), mimetype="text/html")

    def trouble(self, says: list[str]) -> Response:
        """The page for a file that cannot be read or written: nothing was recorded."""
        text = engine.render(
            "error", run=_NoRun(), title="Nothing was recorded", says=says, base=self.base, by=self.desk.by
        )
        return Response(text, 503, mimetype="text/html")

    def _item(self, groups: Groups, state: State, group: Group, code: int = 200, **more: object) -> AnyResponse:
        typed = request.form if request.method == "POST" else {}
        values = {"says": "", "meanwhile": (), "clash": False, "typed": typed, **more}
        view = item_view(groups, state, group, _wanted())
        subjects = [item.subject for item in group.items] if "texts" in request.args else []
        texts = handed_in(self.desk.manifest, subjects) if subjects and groups.run.kind == "submissions" else {}
        return self._page("item", groups, state, code=code, view=view, texts=texts, told=sentences, **values)

    def _page(self, page: str, groups: Groups, state: State, code: int = 200, **values: object) -> AnyResponse:
        """A page, with what was just done on top."""
        made = state.log.of_act(request.args.get("done", ""))
        taken = state.log.of_act(request.args.get("undone", ""))
        text = engine.render(
            page,
            run=groups.run,
            base=self.base,
            by=self.desk.by,
            query=_wanted().query,
            anchor=anchor,
            done=_said(groups, made),
            act=made[0].act if made and not all(one.id in state.log.undone for one in made) else "",
            undone=_said(groups, taken),
            nothing_undone=request.args.get("undone") == "nothing",
            **values,
        )
        return Response(text, code, mimetype="text/html")

    def _go(self, path: str, wanted: Filter, **more: str) -> AnyResponse:
        """On to another page, with the filter kept."""
        query = wanted.query
        for name, value in more.items():
            query += f"{'&' if query else '?'}{name}={value}"
        return redirect(f"{self.base}{path}{query}", 303)


class _NoRun:
    """In place of a run, for pages that know of none."""

    title = "grade review"
    grader_version = ""


def _wanted() -> Filter:
    return Filter.of(request.args)


def _group(groups: Groups, name: str) -> Group:
    found = groups.by_name.get(name)
    if found is None:
        raise NotFound("This answer is not there any more: the run was graded anew. Go back to the queue.")
    return found


def _field(name: str) -> str:
    """A text of the form, with line ends as everywhere else.

    Raises:
        ValueError: it is too long.
    """
    text = request.form.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST[name]:
        raise ValueError(f"“{name}” has {len(text)} characters; at most {LONGEST[name]} are kept")
    return text


def _credit(group: Group, points: str) -> tuple[Fraction, str]:
    """The mark that the pressed button means, and the reason that goes with it.

    Raises:
        CreditError: it means none.
    """
    part = group.where.part
    pressed = request.form.get("mark", "")
    if pressed == "criteria":
        criteria = get_type(part.type).criteria(part.options)
        met = [number for number in range(len(criteria)) if str(number) in request.form.getlist("criterion")]
        earned = sum((criteria[number][0] for number in met), Fraction(0))
        listed = ", ".join(str(number + 1) for number in met) or "none"
        return earned / part.points, f"{CRITERIA}{listed}"
    if pressed != "typed":
        return credit_of(pressed, part.points), ""
    if not points:
        raise CreditError("no points are typed")
    return credit_of(points, part.points), ""


def _said(groups: Groups, made: tuple[Decision | Aside, ...]) -> str:
    """A decision in a few words: “2 of 4 for Ada and 3 more (3c)”."""
    if not made:
        return ""
    first = made[0]
    where = groups.index.parts.get((first.problem, first.part))
    if where is None:
        return ""
    names = list(dict.fromkeys(one.subject for one in made))
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    points = where.part.points
    if isinstance(first, Aside):
        return f"left open for {', '.join(names[:2])}{more} ({where.name})"
    return f"{exact(first.credit * points)} of {exact(points)} for {', '.join(names[:2])}{more} ({where.name})"


def _allowed(error: HTTPException) -> list[tuple[str, str]]:
    return [("Allow", ", ".join(guard.METHODS))] if error.code == 405 else []
