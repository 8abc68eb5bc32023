"""What is made of a whole output folder once its briefs are there: an index, feeds, a digest.

Nothing is composed again.  The briefs are read back from their folders, and a file that is passed on must be the audited one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from toolkit.deliver import deliver, write_whole
from toolkit.errors import Issue, UsageError
from toolkit.model.address import site
from toolkit.model.shelf import Entry
from toolkit.read.shelf import contents, read_shelf

INSERT = "newsletter/full"
CARD = "newsletter/card"
DIGESTS = "newsletter"
"""Folder of the digests in the output folder."""

HEAVY = 5_000_000
"""Bytes from which readers of feeds give up."""


@dataclass(frozen=True)
class Publication:
    """What was written, how many briefs it holds, which were left out, and what a person should know."""

    files: tuple[Path, ...]
    briefs: int
    left_out: tuple[Entry, ...] = ()
    issues: tuple[Issue, ...] = ()


def publish_index(output: Path, templates: Path | None = None, *, feeds: bool | None = None) -> Publication:
    """Write ``index.html`` of all briefs below ``output``; ``feeds`` None looks whether feeds stand beside it.

    Raises ``UsageError`` when there are no briefs, ``TemplateError``, ``DeliverError``.
    """
    from toolkit.render.feed import NAMES
    from toolkit.render.index import render_index

    entries, issues = read_shelf(output)
    there = all((output / name).is_file() for name in NAMES) if feeds is None else feeds
    return Publication(write_whole(output, (render_index(entries, templates, feeds=there),)), len(entries), (), issues)


def publish_feeds(
    output: Path, base_url: str, *, title: str = "", newest: int | None = None, templates: Path | None = None
) -> Publication:
    """Write Atom, RSS and JSON feeds and the index of all briefs below ``output``.

    ``base_url`` is the address at which ``output`` is published: a feed without one leads nowhere.  ``newest`` keeps that many
    stories.  Raises ``UsageError``, ``ReadError`` for a file that was changed after its audit, ``DeliverError``.
    """
    from toolkit.render.feed import Story, dated, render_feeds
    from toolkit.render.index import render_index

    if not base_url:
        raise UsageError(
            "a feed needs the address at which the folder is published",
            remedy="give it, as in --base-url https://example.vn/ban-tom-tat/",
        )
    base = site(base_url)
    entries, found = read_shelf(output)
    if not entries:
        raise UsageError("no brief can be put into a feed", where=str(output), remedy="build the briefs again: nhiemky build")
    chosen = sorted(entries, key=lambda one: (dated(one), one.folder), reverse=True)[:newest]
    left_out = tuple(one for one in entries if one not in chosen) if newest else ()
    stories = [Story(one, _text(output, one, INSERT + ".html"), _text(output, one, INSERT + ".txt"), base) for one in chosen]
    feeds = render_feeds(stories, base, title)
    issues = (*found, *_of_stories(chosen), *_too_heavy(max(len(feed.data) for feed in feeds)))
    files = write_whole(output, (*feeds, render_index(entries, templates, feeds=True)))
    return Publication(files, len(chosen), left_out, issues)


def publish_digest(
    output: Path,
    folders: Iterable[Path] = (),
    *,
    name: str = "digest",
    title: str = "",
    base_url: str = "",
    templates: Path | None = None,
) -> Publication:
    """Write one insert of several localities into ``output/newsletter/<name>``: those of ``folders``, in that order (none: all).

    Raises ``UsageError``, ``ReadError`` for a card that was changed after its audit, ``RenderError`` for what clients would break.
    """
    from toolkit.model.vietnamese import slug
    from toolkit.render.digest import Piece, render_digest

    named = tuple(folders)
    entries, issues = read_shelf(output, named)
    ordered = _in_order(output, entries, named)
    lacking = [entry for entry in ordered if any(f"{CARD}.{kind}" not in entry.files for kind in ("html", "txt", "md"))]
    if lacking:
        raise UsageError(
            f"{len(lacking)} brief(s) have no newsletter insert: " + ", ".join(entry.folder for entry in lacking[:5]),
            where=str(output),
            remedy="build them with --format html,pdf,newsletter",
        )
    pieces = [Piece(one, *(_text(output, one, f"{CARD}.{kind}") for kind in ("html", "txt", "md"))) for one in ordered]
    index = site(base_url) + "index.html" if base_url else ""
    made = render_digest(pieces, title, index, templates)
    about = {"kind": "digest", "title": title, "briefs": [one.folder for one in ordered if one not in made.left_out]}
    files = deliver(output / DIGESTS / (slug(name) or "digest"), made.artifacts, about)
    return Publication(files, len(ordered) - len(made.left_out), made.left_out, issues)


def _in_order(output: Path, entries: tuple[Entry, ...], named: tuple[Path, ...]) -> list[Entry]:
    """Entries in the order in which their folders were named; those of one folder as they stand."""
    if not named:
        return list(entries)
    roots = [folder.resolve() for folder in named]
    places = {
        entry.folder: next(i for i, root in enumerate(roots) if (output / entry.folder).resolve().is_relative_to(root))
        for entry in entries
    }
    return sorted(entries, key=lambda entry: places[entry.folder])


def _text(output: Path, entry: Entry, name: str) -> str:
    return contents(output, entry, name).decode("utf-8") if name in entry.files else ""


def _of_stories(entries: list[Entry]) -> list[Issue]:
    bare = [one.folder for one in entries if INSERT + ".html" not in one.files]
    undated = [one.folder for one in entries if not one.date]
    made = []
    if bare:
        made.append(
            Issue(
                "feed-summary-only",
                f"{len(bare)} brief(s) stand in the feed with their summary only: {', '.join(bare[:5])}",
                where="atom.xml",
                remedy="build them with --format html,pdf,newsletter",
            )
        )
    if undated:
        made.append(
            Issue(
                "feed-undated",
                f"{len(undated)} brief(s) bear no date and are placed by their term: {', '.join(undated[:5])}",
                where="atom.xml",
                remedy="give them a date in their profile, as in date: 2025-06-30",
            )
        )
    return made


def _too_heavy(size: int) -> list[Issue]:
    if size <= HEAVY:
        return []
    return [
        Issue(
            "feed-heavy",
            f"a feed has {size:,} bytes; many readers give up at {HEAVY:,}",
            where="feed.json",
            remedy="keep the newest stories only, as in --newest 100",
        )
    ]
