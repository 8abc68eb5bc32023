"""The last section: each source in one line, numbered in the order of the sheets."""

from __future__ import annotations

import re

from toolkit.compose.desk import Desk
from toolkit.model.brief import SourceLine
from toolkit.model.fact import FactSheet
from toolkit.model.wording import date, quoted


def source_lines(desk: Desk) -> tuple[SourceLine, ...]:
    return tuple(_line(desk, sheet, i) for i, sheet in enumerate(desk.dossier.sheets, start=1))


def _line(desk: Desk, sheet: FactSheet, number: int) -> SourceLine:
    source = sheet.source
    published = source.published or sheet.published
    name = quoted(source.title) if source.title else desk.words["untitled"].format(file=source.path.rsplit("/", 1)[-1])
    parts = [name, source.publisher, source.author]
    if published:
        parts.append(date(published))
    text = ", ".join(re.sub(r"[ \t\r\n]+", " ", part).strip() for part in parts if part)  # the date keeps its no-break spaces
    return SourceLine(id=source.id, text=text, path=source.path, sha256=source.sha256, url=source.url, number=number)
