"""Built briefs and a real mail server for the tests of sending.

The briefs are files on disk as ``nhiemky build -f html,pdf,newsletter`` leaves them; the server is aiosmtpd on the loopback, told
by a ``Conduct`` how to behave.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

FRAGMENT = """<table role="presentation" lang="vi" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td style="padding:8px 24px;background-color:#ffffff;color:#1d2424;font-family:Georgia,serif;font-size:22px;line-height:30px">
{title}</td></tr>
<tr><td style="padding:4px 24px;background-color:#ffffff;color:#1d2424;font-family:Georgia,serif;font-size:17px;line-height:26px">
Thu ngân sách đạt <strong>143%</strong> kế hoạch; 12/13 chỉ tiêu đạt và vượt.</td></tr>
</table>
"""
PLAIN = "{title}\n\n- Thu ngân sách đạt 143% kế hoạch\n- 12/13 chỉ tiêu đạt và vượt\n"
PDF = b"%PDF-1.7\n" + b"0123456789abcdef\n" * 200 + b"%%EOF\n"


def make_brief(output: Path, folder: str = "ha-dinh/2015-2020", locality: str = "Hạ Đình", *, pdf: bytes = PDF) -> Path:
    """A built brief below an output folder."""
    title = f"Phường {locality}: kết quả nhiệm kỳ {folder.partition('/')[2].replace('-', '–')}"
    path = output / folder
    files = {
        "brief.pdf": pdf,
        "facts.json": b"{}\n",
        "newsletter/short.html": FRAGMENT.format(title=title).encode(),
        "newsletter/short.txt": PLAIN.format(title=title).encode(),
    }
    about = {"locality": locality, "term": folder.partition("/")[2], "year": None, "title": title}
    write_brief(path, files, about)
    return path


def write_brief(path: Path, files: dict[str, bytes], about: dict[str, Any]) -> None:
    """Files of a brief and their manifest."""
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    sums = [{"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()]
    (path / "manifest.json").write_text(json.dumps({**about, "files": sums}, ensure_ascii=False), "utf-8")


def recipients_csv(path: Path, count: int, domain: str = "example.vn") -> Path:
    """A list of so many recipients: ``r0000@example.vn`` and so on."""
    rows = [f"r{i:04}@{domain},Nguyễn Văn {i},Đồng chí" for i in range(count)]
    path.write_text("\n".join(["email,name,title", *rows]) + "\n", "utf-8")
    return path


@dataclass
class Conduct:
    """How the server behaves, by recipient.

    ``rcpt`` and ``data`` map an address to answers, one a try (the last repeats); "drop" hangs up instead.  ``after`` drops when
    the message was accepted, before the answer.  ``delay`` is slept before a message is accepted, ``pause`` before the
    answer to RCPT, ``thinking`` between accepting and saying so; ``mail`` answers every MAIL.
    A ``stubborn`` server takes what had arrived whole although the sender is gone, as a real one does; aiosmtpd would drop it.
    """

    rcpt: dict[str, list[str]] = field(default_factory=dict)
    data: dict[str, list[str]] = field(default_factory=dict)
    after: set[str] = field(default_factory=set)
    mail: str = ""
    delay: float = 0.0
    pause: float = 0.0
    thinking: float = 0.0
    stubborn: bool = False


class Server:
    """A server that runs in a thread; ``accepted`` has (recipient, bytes) of everything that it took responsibility for."""

    def __init__(self, conduct: Conduct, *, tls: str = "none", login: tuple[str, str] | None = None) -> None:
        self.conduct = conduct
        self.accepted: list[tuple[str, bytes]] = []
        self.times: list[float] = []
        self.connections = 0
        self.most_at_once = 0
        self._now = 0
        self._tls = tls
        self._login = login
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.port = 0
        self.ca = trustme.CA() if tls != "none" else None
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def counts(self) -> Counter[str]:
        return Counter(who for who, _ in self.accepted)

    def ids(self) -> Counter[str]:
        """Message-IDs of what was accepted."""
        found: Counter[str] = Counter()
        for _, data in self.accepted:
            head = data[: data.index(b"\r\n\r\n")]
            found[str(message_from_bytes(head, policy=SMTP_POLICY)["Message-ID"]).strip("<>")] += 1
        return found

    def _protocol(self) -> SMTP:
        context = None
        if self.ca is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.ca.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        options: dict[str, Any] = {"hostname": "localhost", "data_size_limit": 20_000_000, "timeout": 60}
        if self._tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if self._login is not None:
            options |= {"authenticator": self._authenticate, "auth_required": True, "auth_require_tls": self._tls == "starttls"}
        with warnings.catch_warnings():
            # aiosmtpd knows no implicit TLS and warns of logins outside STARTTLS.
            warnings.simplefilter("ignore")
            return _Talk(self, **options)

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == self._login, handled=False)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)

        async def serve() -> None:
            context = None
            if self._tls == "tls":
                assert self.ca is not None
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                self.ca.issue_cert("localhost", "127.0.0.1").configure_cert(context)
            self._stop = asyncio.Event()
            server = await self._loop.create_server(self._protocol, "127.0.0.1", self.port, ssl=context)
            self.port = server.sockets[0].getsockname()[1]
            self._ready.set()
            await self._stop.wait()
            server.close()

        self._loop.run_until_complete(serve())
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()

    def start(self) -> Server:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)


class _Talk(SMTP):
    """One conversation."""

    def __init__(self, owner: Server, **options: Any) -> None:
        super().__init__(_Handler(owner), **options)
        self.owner = owner

    def connection_made(self, transport: Any) -> None:
        self.owner.connections += 1
        self.owner._now += 1
        self.owner.most_at_once = max(self.owner.most_at_once, self.owner._now)
        super().connection_made(transport)

    def eof_received(self) -> bool | None:
        if self.owner.conduct.stubborn:
            return asyncio.StreamReaderProtocol.eof_received(self)
        return super().eof_received()

    async def handle_exception(self, error: Exception) -> str:
        if isinstance(error, asyncio.IncompleteReadError):
            self.transport.abort()
            return "421 gone"
        return str(await super().handle_exception(error))

    def connection_lost(self, error: Exception | None) -> None:
        self.owner._now -= 1
        super().connection_lost(error)


class _Handler:
    def __init__(self, owner: Server) -> None:
        self.owner = owner

    async def handle_MAIL(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.owner.conduct.mail:
            return self.owner.conduct.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        await asyncio.sleep(self.owner.conduct.pause)
        answer = self._next(self.owner.conduct.rcpt, address)
        if answer == "drop":
            server.transport.abort()
        elif answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        conduct, who = self.owner.conduct, envelope.rcpt_tos[0]
        await asyncio.sleep(conduct.delay)
        answer = self._next(conduct.data, who)
        if answer.startswith("250"):
            self.owner.accepted.append((who, bytes(envelope.original_content or b"")))
            self.owner.times.append(time.monotonic())
            await asyncio.sleep(conduct.thinking)
        if answer == "drop" or who in conduct.after:
            conduct.after.discard(who)
            server.transport.abort()
        return answer

    @staticmethod
    def _next(answers: dict[str, list[str]], who: str) -> str:
        left = answers.get(who)
        if not left:
            return "250 OK"
        return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving(conduct: Conduct | None = None, **options: Any) -> Iterator[Server]:
    """A server for the length of a block."""
    server = Server(conduct or Conduct(), **options).start()
    try:
        yield server
    finally:
        server.stop()
