"""From a seed and a number to an article; from many to a folder."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from .article import Article, Figure
from .calendar import Time, draw_time
from .context import vocabulary
from .files import encode
from .habits import draw_habits
from .page import dressed
from .places import place as draw_place
from .profiles import profile
from .shapes import body, contradicted, title
from .slots import Pen

MEDIAN, SPREAD, SHORTEST, LONGEST = 1150, 0.45, 600, 3000
"""Syllables of an article: half of them are longer than the median, few are very long."""

TERMS = (2010, 2015, 2020)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the articles of a run should be like.

    ``formats`` are drawn from evenly (a plain text each where only ``.txt`` is named); ``quirks`` switches decomposed letters,
    CRLF, missing terms and contradictions on; ``terms`` is how many articles each locality has, one a term (up to three, all before
    the reform and all full-term reports).
    """

    formats: tuple[str, ...] = (".txt",)
    quirks: bool = True
    terms: int = 1


def make_articles(count: int, seed: int = 1, wishes: Wishes | None = None) -> Iterator[Article]:
    """``count`` articles, one after the other."""
    return (make_article(index, seed, wishes) for index in range(count))


def make_article(index: int, seed: int = 1, wishes: Wishes | None = None) -> Article:
    """The article of that number.  Raises ``IndexError`` where no name is left (beyond some 15,000 localities)."""
    wishes = wishes or Wishes()
    rng = Random(f"{seed}/article/{index}")
    number, turn = divmod(index, wishes.terms)
    since_reform = wishes.terms == 1 and rng.random() < 0.5
    place = draw_place(seed, number, since_reform=since_reform)
    if wishes.terms > 1:
        time = draw_time(rng, since_reform=False, begin=TERMS[turn], shape="tong-ket")
    else:
        time = draw_time(rng, since_reform=since_reform)
    habits = draw_habits(rng)
    told = _targets_met(rng)
    contradicts = wishes.quirks and rng.random() < 0.08
    figures = {"chi_tieu": told, "chi_tieu_lai": contradicted(told) if contradicts else told}
    pen = Pen(rng, habits, vocabulary(rng, place, time), figures)
    termless = wishes.quirks and wishes.terms == 1 and time.shape in ("tong-ket", "so-ket") and rng.random() < 0.12
    if termless:
        pen.words |= {"ky": "này" if time.shape == "so-ket" else "vừa qua", "ky_sau": "mới", "trong_ky": "trong thời gian qua"}
    headline, blocks = title(pen, time.shape), body(pen, place, time.shape, _size(rng))
    blocks = dressed(pen, headline, blocks)
    return Article(
        place,
        time.shape,
        _term(time, termless=termless),
        str(time.last if time.shape == "hang-nam" else time.day[0]),
        time.iso,
        tuple(blocks),
        gap=rng.choice(["\n\n", "\n\n", "\n"]),
        suffix=rng.choice(wishes.formats),
        decomposed=wishes.quirks and rng.random() < 0.05,
        crlf=wishes.quirks and rng.random() < 0.1,
        contradicts=contradicts,
        traits=habits.traits,
    )


def _term(time: Time, *, termless: bool) -> str | None:
    return None if termless or time.shape == "hang-nam" else time.term


def _size(rng: Random) -> int:
    return round(min(LONGEST, max(SHORTEST, rng.lognormvariate(math.log(MEDIAN), SPREAD))))


def _targets_met(rng: Random) -> Figure:
    whole = rng.randint(11, 29)
    met = whole - rng.randint(0, 3)
    return Figure(f"{met}/{whole}", "fraction", Decimal(met), of=Decimal(whole), role="attainment", indicator="so-chi-tieu")


def write(articles: Iterator[Article], folder: Path, *, profiles: bool = False, facts: bool = False) -> list[Path]:
    """Writes each article into ``folder``, its profile into ``folder/profiles``, the figures into ``folder/facts.jsonl``."""
    folder.mkdir(parents=True, exist_ok=True)
    if profiles:
        (folder / "profiles").mkdir(exist_ok=True)
    paths: list[Path] = []
    lines: list[str] = []
    for article in articles:
        path = folder / article.name
        path.write_bytes(encode(article))
        paths.append(path)
        if profiles:
            (folder / "profiles" / f"{article.place.slug}.yaml").write_text(profile(article), "utf-8", newline="\n")
        if facts:
            lines.append(_line(article))
    if facts:
        (folder / "facts.jsonl").write_text("".join(lines), "utf-8", newline="\n")
    return paths


def _line(article: Article) -> str:
    told = [
        {
            "quote": fact.figure.text,
            "start": fact.start,
            "end": fact.end,
            "kind": fact.figure.kind,
            **{k: str(v) for k in ("value", "low", "high", "of") if (v := getattr(fact.figure, k)) is not None},
            "role": fact.figure.role,
            "indicator": fact.figure.indicator,
            "sector": fact.sector,
        }
        for fact in article.facts
    ]
    about = {"file": article.name, "locality": article.place.name, "level": article.place.level, "term": article.term}
    return json.dumps({**about, "shape": article.shape, "facts": told}, ensure_ascii=False) + "\n"
