"""Channels that are folders: ``.eml`` files for a person, a Maildir for a mail program, a pick-up folder for a mail server.

All three write under a temporary name and rename.  The names come from the Message-ID, so that the first two can be asked
afterwards whether they have a message; from a pick-up folder files vanish, which is its purpose.
"""

from __future__ import annotations

import socket
from pathlib import Path

from toolkit.deliver.channel import Connection, Deferred, LastWord
from toolkit.deliver.folder import explain
from toolkit.deliver.outbox import replace_file
from toolkit.errors import DeliverError
from toolkit.model.mail import Message


class FolderChannel:
    """A folder of ``<hash>.eml``; also the connection to it."""

    name = "eml"

    def __init__(self, folder: str) -> None:
        if not folder:
            remedy = "write folder: into send.yaml, or give --folder"
            raise DeliverError("no folder was given for this channel", where="folder", remedy=remedy)
        self.folder = Path(folder)

    @property
    def label(self) -> str:
        """Kind and folder."""
        return f"{self.name}:{self.folder.resolve()}"

    def connect(self) -> Connection:
        """Make the folder.  Raises ``DeliverError`` when that cannot be done."""
        try:
            self._prepare()
        except OSError as error:
            raise explain(error, self.folder) from error
        return self

    def hand_over(self, message: Message, data: bytes, last_word: LastWord) -> str:
        """Write the message; the rename is the last step."""
        try:
            return self._write(message, data, last_word)
        except OSError as error:
            said = explain(error, self.folder)
            raise Deferred(f"{said.where}: {said.what}") from error

    def knows(self, message: Message) -> bool | None:
        """Whether the file is there."""
        return self._place(message).is_file()

    def abort(self) -> None:
        """A rename cannot be interrupted."""

    def close(self) -> None:
        """Nothing stays open."""

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    def _place(self, message: Message) -> Path:
        return self.folder / Path(message.file).name

    def _write(self, message: Message, data: bytes, last_word: LastWord) -> str:
        place = self._place(message)
        replace_file(place, data, flush=True, before=last_word)
        return str(place)


class PickupChannel(FolderChannel):
    """A folder from which a mail server takes messages (IIS, Exchange, Postfix by a script)."""

    name = "pickup"

    def knows(self, message: Message) -> bool | None:
        """While the file is there the server has not taken it, but it will; when it is gone nobody can know."""
        return True if self._place(message).is_file() else None


class MaildirChannel(FolderChannel):
    """A Maildir: written in ``tmp``, delivered in ``new``, moved to ``cur`` by whoever reads it."""

    name = "maildir"

    def knows(self, message: Message) -> bool | None:
        """Whether the message stands in ``new`` or ``cur``; a mail program may have moved or deleted it since."""
        stem = self._place(message).name
        read = (self.folder / "cur").glob(f"{stem}*")
        return True if self._place(message).is_file() or next(iter(read), None) is not None else None

    def _prepare(self) -> None:
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)

    def _place(self, message: Message) -> Path:
        host = socket.gethostname().replace("/", "_").replace(":", "_")
        return self.folder / "new" / f"{Path(message.file).stem}.nhiemky.{host}"

    def _write(self, message: Message, data: bytes, last_word: LastWord) -> str:
        place = self._place(message)
        staged = self.folder / "tmp" / place.name
        replace_file(staged, data.replace(b"\r\n", b"\n"), flush=True)  # a Maildir holds the system's own line ends
        last_word()
        staged.replace(place)
        return str(place)
