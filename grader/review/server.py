"""The server: on this machine only, under an address that nobody can guess."""

from __future__ import annotations

import logging
import secrets
import socket
from types import TracebackType

from werkzeug.serving import WSGIRequestHandler, make_server

from grader.review.app import create_app
from grader.review.desk import Desk
from grader.review.guard import hosts

HOST = "127.0.0.1"
TOKEN_BYTES = 24  # 192 bits
PATIENCE = 20  # seconds to wait for a request on an open connection


class _Handler(WSGIRequestHandler):
    """Handles one connection: no line in a log for each request, and no waiting for ever."""

    timeout = PATIENCE

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def version_string(self) -> str:
        """What the Server header says."""
        return "grade"


class ReviewServer:
    """A server for one desk, as a context: it stops when the block ends.

    Args:
        desk: at which is decided.
        port: 0 for any that is free.

    Raises:
        OSError: the port is taken, or may not be used.
    """

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((HOST, port))
            made.listen(128)
            self.port: int = made.getsockname()[1]
            app = create_app(desk, self.token, hosts(self.port))
            self._server = make_server(HOST, self.port, app, threaded=True, request_handler=_Handler, fd=made.fileno())

    @property
    def address(self) -> str:
        """Where the queue is."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def serve(self) -> None:
        """Answer requests until the keyboard interrupts, or :meth:`stop` is called from another thread."""
        self._server.serve_forever(poll_interval=0.2)

    def stop(self) -> None:
        """Have :meth:`serve` return."""
        self._server.shutdown()

    def __enter__(self) -> ReviewServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server_close()
