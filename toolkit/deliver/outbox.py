"""An outbox: a folder with one ``.eml`` a message, a manifest with checksums and a page to look at.  Nothing leaves from here.

The manifest is written last and names every file with its checksum: what it does not name is not part of the outbox, and what does
not agree with it is not sent.  Therefore single messages need no flush to the disk of their own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from toolkit.deliver.folder import explain
from toolkit.errors import DeliverError
from toolkit.model.mail import Message
from toolkit.model.vietnamese import slug

MANIFEST = "manifest.json"
INDEX = "index.html"
MESSAGES = "messages"
AGAIN = "render it again: the same command without --resume"


class Outbox:
    """The outbox in ``folder``, which need not exist yet; ``name`` is the folder's name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name

    def messages(self) -> tuple[Message, ...]:
        """What the manifest names; empty when there is none.  Raises ``DeliverError`` when it is damaged."""
        path = self.folder / MANIFEST
        try:
            rows = json.loads(path.read_bytes())["messages"]
            return tuple(Message(**row) for row in rows)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise explain(error, self.folder) from error
        except (ValueError, KeyError, TypeError) as error:
            raise DeliverError("this is not the manifest of an outbox", where=str(path), remedy=AGAIN) from error

    def data(self, message: Message) -> bytes:
        """The bytes of a message.  Raises ``DeliverError`` when they are not those that were rendered."""
        path = self.folder / message.file
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DeliverError(f"the file cannot be read: {error.strerror}", where=str(path), remedy=AGAIN) from error
        if hashlib.sha256(data).hexdigest() != message.sha256:
            raise DeliverError("the message was changed after it was rendered", where=str(path), remedy=AGAIN)
        return data

    def write(self, message: Message, data: bytes) -> Message:
        """Write one message; returns it with size and checksum.  The manifest does not know it before ``finish``."""
        path = self.folder / message.file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
                replace_file(path, data)
        except OSError as error:
            raise explain(error, self.folder) from error
        return Message(**{**asdict(message), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})

    def finish(self, messages: Iterable[Message], index: bytes, keep: Collection[str]) -> None:
        """Make ``messages`` the outbox: preview and manifest are replaced, files of former messages swept up.

        ``keep`` are the ids of messages that have left: their files stay as evidence.
        """
        rows = [asdict(message) for message in messages]
        known: dict[str, Any] = {"outbox": self.name, "messages": rows}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_file(self.folder / INDEX, index)
            replace_file(self.folder / MANIFEST, (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode(), flush=True)
        except OSError as error:
            raise explain(error, self.folder) from error
        stay = {row["file"] for row in rows} | {file_of(id_) for id_ in keep}
        for path in self._files():
            if f"{MESSAGES}/{path.name}" not in stay:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[Path]:
        folder = self.folder / MESSAGES
        return iter(sorted(folder.iterdir())) if folder.is_dir() else iter(())


def file_of(id_: str) -> str:
    """Where a message stands in its outbox.  Names come from the id alone: no address and no title can lead out of the folder."""
    return f"{MESSAGES}/{slug(id_.partition('.')[0])}.eml"


def replace_file(path: Path, data: bytes, *, flush: bool = False, before: Callable[[], None] | None = None) -> None:
    """Write a file whole or not at all; ``before`` runs when everything is written but the name.  Raises ``OSError``."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            if flush:
                file.flush()
                os.fsync(file.fileno())
        if before is not None:
            before()
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
