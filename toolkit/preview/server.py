"""The preview's server: this machine only, reading only, and an open line to each page that says when to reload.

Pages are found by their name among those that were made; no address reaches a file.  The ``Host`` must be this machine, or a page
on the web could read briefs through a name that it points here.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from toolkit.errors import UsageError
from toolkit.preview.pages import brief_page, fault_page, list_page, missing_page
from toolkit.preview.workshop import Change, State, Workshop

HOST = "127.0.0.1"
EVERY = 0.1
"""Seconds between two looks at the files; where a look itself takes long (thousands of profiles), ten times as long as that."""

SOON = 0.01
"""Seconds between two slices of many briefs, in which pages are handed out."""

_HEARTBEAT = 15.0
"""Seconds after which an idle line gets a sign of life, so that a browser that left is noticed."""

LIST = "-"
"""The name of the list of briefs where pages go by their folder."""


class PreviewServer(ThreadingHTTPServer):
    """Serves a workshop.  ``watch`` in one thread, ``serve_forever`` in another; ``close`` ends both."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, workshop: Workshop, port: int = 0) -> None:
        self.workshop = workshop
        self.changed = threading.Condition()
        self.ended = threading.Event()
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise UsageError(
                f"the port {port} cannot be used: {error.strerror}", remedy="choose another by --port; 0 takes a free one"
            ) from error

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/"

    def watch(self, tell: Callable[[Change], None]) -> None:
        """Look again and again until the server is closed; wake the open lines after each change."""
        self.workshop.warm()
        pause = EVERY
        while not self.ended.wait(pause):
            start = time.perf_counter()
            change = self.workshop.look()
            if change is not None:
                with self.changed:
                    self.changed.notify_all()
                tell(change)
            looked = time.perf_counter() - start
            pause = max(EVERY, 10 * looked) if change is None else SOON if change.left else EVERY

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close(self) -> None:
        """End the watch and the open lines, free the port."""
        self.ended.set()
        with self.changed:
            self.changed.notify_all()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self._is_local():
            self._send(b"only on this machine\n", HTTPStatus.FORBIDDEN, "text/plain")
            return
        address = urlsplit(self.path)
        if address.path == "/events" and self.command == "GET":
            query = parse_qs(address.query)
            self._events(query.get("page", [LIST])[0], query.get("seen", [""])[0])
            return
        name = unquote(address.path).strip("/").removesuffix("/brief.html") or LIST
        status, body = self._page(name)
        self._send(body, status, "text/html; charset=utf-8")

    def do_HEAD(self) -> None:
        """The same without the body."""
        self.do_GET()

    def _page(self, name: str) -> tuple[HTTPStatus, bytes]:
        state = self.server.workshop.state
        events = f"/events?page={quote(name, safe='')}&seen={_seen(state, name)}"
        if name == LIST:
            return HTTPStatus.OK, list_page(state, events)
        page = state.pages.get(name)
        if page is not None:
            self.server.workshop.asked(name)
        if state.faults:
            return HTTPStatus.OK, fault_page(page.title if page else name, state.faults, events)
        if page is None:
            return HTTPStatus.NOT_FOUND, missing_page(events)
        return HTTPStatus.OK, brief_page(page, events)

    def _events(self, name: str, seen: str) -> None:
        """An open line (Server-Sent Events): a message as soon as the page is no longer what the browser saw."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while not self.server.ended.is_set():
                now = _seen(self.server.workshop.state, name)
                if now != seen:
                    self.wfile.write(f"data: {now}\n\n".encode())
                    return
                self.wfile.write(b": here\n\n")
                self.wfile.flush()
                with self.server.changed:
                    self.server.changed.wait_for(lambda: _seen(self.server.workshop.state, name) != seen, _HEARTBEAT)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def _is_local(self) -> bool:
        """Whether the browser means this machine and this port; port 80 is not written."""
        host, _, port = self.headers.get("Host", "").lower().partition(":")
        return host in (HOST, "localhost") and (port or "80") == str(self.server.server_address[1])

    def _send(self, body: bytes, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Requests are not news; changes are, and the command tells them."""


def _seen(state: State, name: str) -> str:
    """What a page shows, in a word: it changes exactly when the page should be loaded again."""
    page = state.pages.get(name)
    if name == LIST or state.faults:
        return f"all{state.version}"
    return f"page{page.version}" if page else "none"
