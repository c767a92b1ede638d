"""What the tests of the Inspect extra share: a course, models that answer as told, a server, and an installed grade."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from as_installed import ROOT, program
from click.testing import CliRunner
from command_line import SECONDS
from inspect_ai import eval as evaluate
from inspect_ai.log import EvalLog
from inspect_ai.model import Model, ModelOutput, ModelUsage, get_model

from grader.commands.main import cli
from grader.inspect import problems

Said = Sequence[tuple[str, str]]  # role and words of each message
Reply = Callable[[Said], str]


def make_course(folder: Path) -> Path:
    """The course of ``grade init``: moving-average/a, b and damping/a, b."""
    done = CliRunner().invoke(cli, ["init", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def mock(reply: Reply) -> Model:
    """Inspect's mock model, which says what ``reply`` makes of a conversation."""

    def outputs(messages: list[Any], tools: Any, tool_choice: Any, config: Any) -> ModelOutput:
        output = ModelOutput.from_content("mockllm/model", reply([(one.role, one.text) for one in messages]))
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)  # else Inspect fetches a tokenizer
        return output

    return get_model("mockllm/model", custom_outputs=outputs, memoize=False)


def run(course: Path, model: Model, *, solver: Any = None, epochs: int = 1, **task: Any) -> EvalLog:
    """Evaluate a task of the course; its log lies in ``logs`` beside it."""
    [log] = evaluate(
        problems(course=str(course), **task),
        model=model,
        solver=solver,
        epochs=epochs,
        log_dir=str(course.parent / "logs"),
        display="none",
    )
    assert log.status == "success", log.error
    return log


# ---------------------------------------------------------------- a server that speaks OpenAI's protocol


@contextmanager
def server(reply: Reply) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server on the loopback interface: its address, and the requests that it got."""
    requests: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            requests.append(asked)
            said = [(one["role"], _words(one["content"])) for one in asked["messages"]]
            message = {"role": "assistant", "content": reply(said)}
            body = json.dumps(
                {
                    "id": f"c-{len(requests)}",
                    "object": "chat.completion",
                    "created": 0,
                    "model": asked["model"],
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
                }
            ).encode()
            self.send_response(200 if self.path == "/v1/chat/completions" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing on standard error."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}/v1", requests
        finally:
            http.shutdown()
            thread.join()


def _words(content: Any) -> str:
    return content if isinstance(content, str) else "".join(piece.get("text", "") for piece in content)


# ---------------------------------------------------------------- as installed


def inspect_command(*arguments: str, cwd: Path, site: Path, **environment: str) -> str:
    """What Inspect's command prints, on a plain terminal; it has to end well."""
    done = subprocess.run(
        [program(site / "inspect", "inspect_ai._cli.main"), *arguments],
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": f"{site}{os.pathsep}{ROOT}",
            "INSPECT_DISPLAY": "plain",
            "COLUMNS": "100",
            **environment,
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
