"""Handing over by SMTP (RFC 5321), the one channel that cannot be asked afterwards what it has taken.

The standard library's ``smtplib`` drives the conversation; the end of the data is sent by itself, because everything before it may
be repeated and nothing after it.  ``smtplib`` and threads were chosen over ``aiosmtplib``: the two halves of DATA are public here
(``putcmd``, ``getreply``, ``send``), the asynchronous library sends them as one; and a handful of connections needs no event loop.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import select
import smtplib
import socket
import ssl

from toolkit.deliver.channel import Deferred, LastWord, Refused, Undecided
from toolkit.errors import DeliverError
from toolkit.model.mail import Message, SendSettings

END_OF_DATA = b".\r\n"
ANSWER_SECONDS = 600
"""How long the answer to the end of the data may take: RFC 5321, 4.5.3.2.6.  Who gives up earlier makes doubles."""
EARLY_SECONDS = 5
"""How long a server that speaks before the end of the data may take for its sentence."""
SLOWEST = 4000
"""Bytes a second that the slowest line carries; the text of a message may take as long as this needs."""
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class SmtpChannel:
    """An SMTP server by its settings.  ``password`` is None where there is no login; ``insecure`` allows none of the protections.

    Raises ``DeliverError`` when the settings would let mail or password out in the clear.
    """

    def __init__(self, settings: SendSettings, password: str | None = None, *, insecure: bool = False) -> None:
        if not settings.host:
            raise DeliverError("no mail server was given", where="host", remedy="write host: into send.yaml, or give --host")
        if settings.security == "none" and not insecure and not is_loopback(settings.host):
            raise DeliverError(
                f"mail to {settings.host} would go out without encryption",
                where="security",
                remedy="set security: starttls or tls; --insecure sends nevertheless",
            )
        if settings.user and password is None:
            raise DeliverError(
                f"there is no password for {settings.user}",
                where="user",
                remedy="set NHIEMKY_SMTP_PASSWORD, or give password_file or keyring in send.yaml",
            )
        self.settings = settings
        self.address = (settings.host, settings.port or _PORTS[settings.security])
        self._password = password
        self._tls = _context(settings) if settings.security != "none" else None

    @property
    def label(self) -> str:
        """``smtp:`` and the server."""
        return f"smtp:{self.address[0]}"

    def connect(self) -> SmtpConnection:
        """Connect, encrypt, log in."""
        server: smtplib.SMTP | None = None
        try:
            server = self._greeted()
            if self.settings.user:
                assert self._password is not None
                server.login(self.settings.user, self._password)
        except smtplib.SMTPAuthenticationError as error:
            _drop(server)
            if error.smtp_code < 500:
                raise Deferred(_said(error.smtp_code, error.smtp_error), broken=True) from error
            said = _said(error.smtp_code, error.smtp_error)
            raise self._hopeless(f"the server refuses the login: {said}", "check user and password") from None
        except smtplib.SMTPNotSupportedError as error:
            _drop(server)
            raise self._hopeless(f"the server cannot do what is needed: {error}", "check port and security") from error
        except ssl.SSLCertVerificationError as error:
            _drop(server)
            what = f"the server's certificate is not valid: {error.verify_message}"
            raise self._hopeless(what, "check host; a private authority is named by ca_file") from error
        except smtplib.SMTPResponseException as error:
            _drop(server)
            said = _said(error.smtp_code, error.smtp_error)
            if 500 <= error.smtp_code < 600:
                raise self._hopeless(f"the server refuses the connection: {said}", "check host, port and security") from error
            raise Deferred(said, broken=True) from error
        except (OSError, smtplib.SMTPException) as error:
            _drop(server)
            raise Deferred(f"no connection: {_words(error)}", broken=True) from error
        return SmtpConnection(server, self.settings.timeout)

    def knows(self, message: Message) -> bool | None:  # noqa: ARG002
        """Nobody can know; that is what ``undecided`` is for."""
        return None

    def _greeted(self) -> smtplib.SMTP:
        host, port = self.address
        name, seconds = _own_name(), self.settings.timeout
        if self.settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, local_hostname=name, timeout=seconds, context=self._tls)
        server = smtplib.SMTP(host, port, local_hostname=name, timeout=seconds)
        if self.settings.security == "starttls":
            try:
                server.starttls(context=self._tls)
            except BaseException:
                _drop(server)
                raise
        return server

    def _hopeless(self, what: str, remedy: str) -> DeliverError:
        return DeliverError(what, where=f"{self.address[0]}:{self.address[1]}", remedy=remedy)


class SmtpConnection:
    """One connection, logged in."""

    def __init__(self, server: smtplib.SMTP, timeout: float) -> None:
        self.server = server
        self.timeout = timeout

    def hand_over(self, message: Message, data: bytes, last_word: LastWord) -> str:
        """The conversation of one message: MAIL, RCPT, DATA, the text, the last word, the end of the data, the answer."""
        try:
            self._patience(self.timeout)
            self._before_data(message, len(data))
            self._patience(max(self.timeout, len(data) // SLOWEST))
            self.server.send(stuffed(data))
            self._listen()
        except (Refused, Deferred, DeliverError):
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise Deferred(f"the connection broke: {_words(error)}", broken=True) from error
        last_word()
        return self._after_data()

    def _patience(self, seconds: float) -> None:
        if self.server.sock is not None:
            self.server.sock.settimeout(seconds)

    def _before_data(self, message: Message, size: int) -> None:
        self.server.ehlo_or_helo_if_needed()
        options = [f"size={size}"] if self.server.has_extn("size") else []
        code, said = self.server.mail(message.sender, options)
        if code != 250:
            if code >= 500 and code != 552:  # 552: this message is too large; all else concerns every message
                raise DeliverError(
                    f"the server refuses the sender {message.sender}: {_said(code, said)}",
                    remedy="check from: and user: in send.yaml",
                )
            self._no(code, said)
        code, said = self.server.rcpt(message.recipient)
        if code not in (250, 251):
            self._no(code, said)
        self.server.putcmd("data")
        code, said = self.server.getreply()
        if code != 354:
            self._no(code, said)

    def _no(self, code: int, said: bytes) -> None:
        """A refusal before the data: the server waits for the next message, unless it closes (421)."""
        answer = _said(code, said)
        if code == 421 or code < 400:
            raise Deferred(answer, broken=True)
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self.server.rset()
        raise Refused(answer) if code >= 500 else Deferred(answer)

    def _listen(self) -> None:
        """A server that speaks or hangs up before the end of the data has not taken the message; then the end never leaves."""
        sock = self.server.sock
        if sock is None:
            raise smtplib.SMTPServerDisconnected("closed")
        if select.select([sock], [], [], 0)[0] or (isinstance(sock, ssl.SSLSocket) and sock.pending()):
            sock.settimeout(EARLY_SECONDS)
            code, said = self.server.getreply()
            kind = Refused if 500 <= code < 600 else Deferred
            raise kind(_said(code, said), broken=True)

    def _after_data(self) -> str:
        sock = self.server.sock
        try:
            if sock is None:
                raise smtplib.SMTPServerDisconnected("closed")
            self.server.send(END_OF_DATA)
        except (OSError, smtplib.SMTPException) as error:
            # ``sendall`` raises only while a part of these three bytes has not left, and no part of them ends a message.
            raise Deferred(f"the connection broke: {_words(error)}", broken=True) from error
        try:
            sock.settimeout(ANSWER_SECONDS)
            code, said = self.server.getreply()
        except (OSError, ValueError, smtplib.SMTPException) as error:
            raise Undecided(f"no answer to the end of the data: {_words(error)}") from error
        answer = _said(code, said)
        if 200 <= code < 300:
            return answer
        if 400 <= code < 500:
            raise Deferred(answer, broken=code == 421)
        if 500 <= code < 600:
            raise Refused(answer)
        raise Undecided(answer)

    def abort(self) -> None:
        """Break the connection under whoever waits in it."""
        sock = self.server.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                # Not ``close``: that would leave the other thread waiting.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """QUIT, and what comes of it."""
        with contextlib.suppress(OSError, ValueError, smtplib.SMTPException):
            self._patience(EARLY_SECONDS)
            self.server.quit()
        _drop(self.server)


def stuffed(data: bytes) -> bytes:
    """The text as it goes after DATA: a dot before every dot that begins a line (RFC 5321, 4.5.2), an end of line at the end."""
    text = data if data.endswith(b"\r\n") else data + b"\r\n"
    text = text.replace(b"\r\n.", b"\r\n..")
    return b"." + text if text.startswith(b".") else text


def is_loopback(host: str) -> bool:
    """Whether a server is this machine itself, told without asking a name server."""
    if host.lower() == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _context(settings: SendSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except (OSError, ssl.SSLError) as error:
        where = settings.ca_file
        raise DeliverError(f"the file cannot be read: {_words(error)}", where=where, remedy="name a PEM file by ca_file") from error


def _own_name() -> str:
    """Asking for the full name of this machine can take seconds without a network; an address literal is as good."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", name) else "[127.0.0.1]"


def _drop(server: smtplib.SMTP | None) -> None:
    if server is not None:
        with contextlib.suppress(OSError):
            server.close()


def _said(code: int, said: bytes | str) -> str:
    """The server's answer on one line, without what could not be shown."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    plain = "".join(c if c.isprintable() else " " for c in text)
    return f"{code} {' '.join(plain.split())}"[:500]


def _words(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:300]
