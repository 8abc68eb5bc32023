"""Feeds that newsletter tools poll: Atom (RFC 4287), RSS 2.0 (with ``content:encoded``, for Mailchimp) and JSON Feed 1.1.

One story a brief: its full insert, its summary, its PDF as enclosure.  The id of a story is made of its locality and term alone, so
that a corrected brief stays the same story wherever it is published.  No clock is asked: a story is as old as its brief says, one
without a date is placed at the beginning of the year that its term ends in (half-way through for a report at mid-term).
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from toolkit.lexicon import load
from toolkit.model.address import below
from toolkit.model.artifact import Artifact
from toolkit.model.shelf import Entry
from toolkit.render.merge_tags import neutralise

NAMES = ("atom.xml", "rss.xml", "feed.json")

NAMESPACE = uuid.UUID("6f1b1c0e-6d0f-5a43-9c55-0a6f7c1f9b11")
"""Of the ids of stories; fixed for ever, because a changed id is a new story to every reader."""

HANOI = timezone(timedelta(hours=7))
UNDATED = datetime(2000, 1, 1, tzinfo=HANOI)
"""For a brief of which not even the term is known."""

ATOM, CONTENT, DC = "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/"
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Story:
    """One brief in a feed; ``page`` is where it is read, ``html`` and ``text`` its contents (empty where no insert was made)."""

    entry: Entry
    html: str
    text: str
    base: str

    @property
    def id(self) -> str:
        """The same for a locality and term whatever is corrected."""
        return uuid.uuid5(NAMESPACE, self.entry.folder).urn

    @property
    def title(self) -> str:
        """Its title; a service that puts it into a mail must not take a part of it for a tag of its own."""
        return neutralise(self.entry.title)

    @property
    def summary(self) -> str:
        """Its summary, as safe as its title."""
        return neutralise(self.entry.summary)

    @property
    def when(self) -> datetime:
        """The date of the brief, else by its term."""
        return dated(self.entry)

    def address(self, name: str) -> str:
        """Address of one of its files; empty when it is not there."""
        return below(self.base, f"{self.entry.folder}/{name}") if name in self.entry.files else ""

    @property
    def page(self) -> str:
        """Where it is read."""
        return self.address("brief.html") or self.address("brief.pdf") or below(self.base, self.entry.folder) + "/"

    @property
    def tags(self) -> tuple[str, ...]:
        """Term and province, for filters."""
        return tuple(part for part in (self.entry.term.replace("-", "–"), self.entry.province) if part)


def dated(entry: Entry) -> datetime:
    """When a brief is of, at midnight in Hà Nội."""
    if entry.date:
        return datetime.fromisoformat(entry.date).replace(tzinfo=HANOI)
    years = [int(year) for year in re.findall(r"\d{4}", entry.term)]
    if not years:
        return UNDATED
    return datetime(sum(years) // len(years) if entry.report == "half-term" else years[-1], 1, 1, tzinfo=HANOI)


def render_feeds(stories: Sequence[Story], base: str, title: str = "") -> tuple[Artifact, ...]:
    """The three feeds, newest story first.  ``base`` is the address of the output folder, with a slash at its end."""
    newest = sorted(stories, key=lambda one: (one.when, one.entry.folder), reverse=True)
    about = {**load("newsletter")["feed"], **({"title": title} if title else {})}
    return (
        Artifact("atom.xml", "application/atom+xml", _xml(_atom(newest, base, about))),
        Artifact("rss.xml", "application/rss+xml", _xml(_rss(newest, base, about))),
        Artifact("feed.json", "application/feed+json", _json(newest, base, about)),
    )


def _atom(stories: Sequence[Story], base: str, about: Mapping[str, str]) -> ET.Element:
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "vi"})
    _add(feed, "id", uuid.uuid5(uuid.NAMESPACE_URL, base).urn)
    _add(feed, "title", about["title"])
    _add(feed, "subtitle", about["subtitle"])
    _add(feed, "updated", stories[0].when.isoformat())
    _add(_add(feed, "author"), "name", urlsplit(base).hostname or "")
    _add(feed, "link", rel="self", type="application/atom+xml", href=base + "atom.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=base + "index.html")
    _add(feed, "generator", "nhiemky")
    for story in stories:
        entry = _add(feed, "entry")
        _add(entry, "id", story.id)
        _add(entry, "title", story.title)
        _add(entry, "updated", story.when.isoformat())
        _add(entry, "published", story.when.isoformat())
        _add(_add(entry, "author"), "name", story.entry.place)
        _add(entry, "link", rel="alternate", href=story.page)
        if pdf := story.address("brief.pdf"):
            line = story.entry.files["brief.pdf"]
            _add(entry, "link", rel="enclosure", type=line.media_type, length=str(line.bytes), href=pdf)
        for tag in story.tags:
            _add(entry, "category", term=tag)
        _add(entry, "summary", story.summary)
        if story.html:
            _add(entry, "content", story.html, type="html")
    return feed


def _rss(stories: Sequence[Story], base: str, about: Mapping[str, str]) -> ET.Element:
    rss = ET.Element("rss", {"version": "2.0", "xmlns:atom": ATOM, "xmlns:content": CONTENT, "xmlns:dc": DC})
    channel = _add(rss, "channel")
    _add(channel, "title", about["title"])
    _add(channel, "link", base + "index.html")
    _add(channel, "description", about["subtitle"])
    _add(channel, "language", "vi")
    _add(channel, "lastBuildDate", format_datetime(stories[0].when))
    _add(channel, "generator", "nhiemky")
    _add(channel, "atom:link", rel="self", type="application/rss+xml", href=base + "rss.xml")
    for story in stories:
        item = _add(channel, "item")
        _add(item, "title", story.title)
        _add(item, "link", story.page)
        _add(item, "guid", story.id, isPermaLink="false")
        _add(item, "pubDate", format_datetime(story.when))
        _add(item, "dc:creator", story.entry.place)
        for tag in story.tags:
            _add(item, "category", tag)
        _add(item, "description", story.summary)
        if story.html:
            _add(item, "content:encoded", story.html)
        if pdf := story.address("brief.pdf"):
            line = story.entry.files["brief.pdf"]
            _add(item, "enclosure", url=pdf, length=str(line.bytes), type=line.media_type)
    return rss


def _json(stories: Sequence[Story], base: str, about: Mapping[str, str]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about["title"],
        "description": about["subtitle"],
        "home_page_url": base + "index.html",
        "feed_url": base + "feed.json",
        "language": "vi",
        "authors": [{"name": urlsplit(base).hostname}],
        "items": [_item(story) for story in stories],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _item(story: Story) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": story.id,
        "url": story.page,
        "title": story.title,
        "summary": story.summary,
        "content_html": story.html,
        "content_text": story.text or story.summary,
        "image": story.address("newsletter/card.png"),
        "date_published": story.when.isoformat(),
        "authors": [{"name": story.entry.place}],
        "tags": list(story.tags),
    }
    if pdf := story.address("brief.pdf"):
        line = story.entry.files["brief.pdf"]
        made["attachments"] = [{"url": pdf, "mime_type": line.media_type, "title": story.title, "size_in_bytes": line.bytes}]
    return {key: value for key, value in made.items() if value}


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, {name: _NO_XML.sub("", value) for name, value in attributes.items()})
    if text is not None:
        made.text = _NO_XML.sub("", text)
    return made


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()
