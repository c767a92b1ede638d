"""Who may ask, and how: this machine's browser, with the token, by GET or by the forms of the pages.

A page on another site that a browser here has open must not be able to read or to decide anything. It does not know the
token; a name of its own that it has point to 127.0.0.1 (DNS rebinding) is not among the hosts; and what it sends by
POST has an Origin of its own.
"""

from __future__ import annotations

import hmac

from werkzeug.datastructures import Headers
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    LengthRequired,
    MethodNotAllowed,
    NotFound,
    UnsupportedMediaType,
)
from werkzeug.wrappers import Request

from grader.review import engine

MOST_BYTES = 64 * 1024
"""Largest body of a request."""
METHODS = ("GET", "POST")
FORM = "application/x-www-form-urlencoded"


def hosts(port: int) -> frozenset[str]:
    """What the Host header may say."""
    return frozenset((f"127.0.0.1:{port}", f"localhost:{port}"))


def refusal(request: Request, token: str, allowed: frozenset[str]) -> HTTPException | None:
    """Why a request is not served; None where it is.

    Args:
        token: with which the path has to begin.
        allowed: hosts.
    """
    if request.headers.get("Host", "") not in allowed:
        return BadRequest("This server answers to 127.0.0.1 and localhost only. Use the address that was printed.")
    if request.method not in METHODS:
        return MethodNotAllowed(METHODS, "Pages are read by GET, and forms are sent by POST.")
    first = request.path.split("/")[1]
    if not hmac.compare_digest(first.encode("utf-8", "replace"), token.encode()):
        return NotFound("Nothing is here. Use the address that `grade review` printed, with all of its characters.")
    return _foreign(request, allowed) if request.method == "POST" else None


def _foreign(request: Request, allowed: frozenset[str]) -> HTTPException | None:
    """Why a form is not taken."""
    if request.headers.get("Origin", "") not in {f"http://{host}" for host in allowed}:
        return Forbidden("The form was not sent from a page of this server. Open the address that was printed, anew.")
    site = request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin"):
        return Forbidden("The form was sent from another site.")
    if request.content_length is None:
        return LengthRequired("A form is sent with its length.")
    if request.mimetype != FORM:
        return UnsupportedMediaType(f"A form is sent as {FORM}.")
    return None


def secured(headers: Headers) -> None:
    """Add what every answer says: load nothing, keep nothing, tell nobody where the reader came from."""
    headers["Content-Security-Policy"] = engine.policy()
    headers["Cache-Control"] = "no-store"
    headers["Referrer-Policy"] = "same-origin"  # with "no-referrer" browsers hide the Origin from us, too
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
