"""The corpus lies beside the tests; the process that carries it out finds it by its own folder."""

from __future__ import annotations

import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


class Listener(http.server.ThreadingHTTPServer):
    """A web server that gives nothing and remembers who asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(http.server.BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the server calls them by these names

    def log_message(self, *_: object) -> None:
        """Nothing: the test looks at ``asked``."""


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    """Somebody who listens on this computer."""
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
