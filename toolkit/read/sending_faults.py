"""Collects the faults of all files that sending reads (lists, ``send.yaml``), so that they are said at once, each with its line."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from toolkit.errors import SendingError
from toolkit.model.profile import Mark
from toolkit.read.profile_faults import by_place, to_issue
from toolkit.read.profile_yaml import Fault

T = TypeVar("T")
MAX_BYTES = 20_000_000
"""Largest list; a line takes some 60 bytes, so this is room for 300,000 recipients."""


class Faults:
    """What is wrong so far; ``texts`` keeps the files by name for excerpts."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.texts: dict[str, str] = {}

    def add(self, code: str, mark: Mark, what: str, remedy: str) -> None:
        """One fault at a place."""
        self.found.append(Fault(code, mark, (), what, remedy))

    def attempt(self, code: str, mark: Mark, read: Callable[[], T], remedy: str) -> T | None:
        """What ``read`` gives, or None and a fault with the words of its ``ValueError``."""
        try:
            return read()
        except ValueError as error:
            self.add(code, mark, str(error), remedy)
            return None

    def text(self, path: Path) -> str | None:
        """The text of a file (UTF-8, or UTF-16 with its mark, as Excel writes it), or None and a fault."""
        shown = path.as_posix()
        start = Mark(shown, 1, 1)
        try:
            data = path.read_bytes()
        except OSError as error:
            self.add("list-unreadable", Mark(shown), f"the file cannot be read: {error.strerror}", "check its name and permissions")
            return None
        if len(data) > MAX_BYTES:
            self.add("list-too-large", start, f"the file has {len(data)} bytes, more than {MAX_BYTES}", "split it")
            return None
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        try:
            text = data.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError as error:
            what = f"the file is not UTF-8 (byte {error.start + 1})"
            self.add("list-encoding", start, what, "save it as UTF-8; in Excel as “CSV UTF-8”")
            return None
        self.texts[shown] = text
        return text

    def stop(self) -> None:
        """Raise ``SendingError`` with everything that was found; return when nothing was."""
        if not self.found:
            return
        issues = dict.fromkeys(to_issue(fault, self.texts.get(fault.mark.file, "")) for fault in self.found)
        raise SendingError(
            f"{len(issues)} fault(s) in what sending reads",
            remedy="mend the lines below; nothing was sent",
            issues=tuple(sorted(issues, key=by_place)),
        )
