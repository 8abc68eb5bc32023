"""Draws amounts and writes them in the forms that articles have."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from .article import Figure, Piece
from .habits import Habits

BILLION, MILLION = Decimal(10**9), Decimal(10**6)


def _between(rng: Random, args: list[str], places: int) -> tuple[Decimal, int]:
    """A value between the first two arguments with the number of decimals of the third (``places`` without one)."""
    places = int(args[2]) if len(args) > 2 else places
    low, high = (int(Decimal(end) * 10**places) for end in args[:2])
    return Decimal(rng.randint(low, high)) / 10**places, places


def billions(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    """``48,3 tỷ đồng``, ``48 tỷ 300 triệu đồng``, ``48.300 triệu đồng``, ``48.300.000.000 đồng``, ``48,3 tỷ``."""
    value, places = _between(rng, args, 1)
    money = value * BILLION
    form = rng.random()
    rest = int(money % BILLION / MILLION)
    if form < 0.12 and rest and value >= 1:
        text = f"{habits.number(Decimal(int(value)))} {habits.billion} {rest} triệu đồng"
    elif form < 0.2:
        text = f"{habits.number(money / MILLION)} triệu đồng"
    elif form < 0.23 and habits.thousands:
        text = f"{habits.number(money)} đồng"
    else:
        unit = habits.billion if rng.random() < habits.leave_out else f"{habits.billion} đồng"
        text = f"{habits.number(value, places)}{habits.unit_gap}{unit}"
    return [Figure(text, "money", money)]


def millions(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    """``56,5 triệu đồng``, ``56,5 triệu``; with ``@thu-nhap`` also by head and year."""
    value, places = _between(rng, args, 1)
    unit = "triệu" if rng.random() < habits.leave_out / 2 else "triệu đồng"
    return [Figure(f"{habits.number(value, places)}{habits.unit_gap}{unit}", "money", value * MILLION)]


def percent(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    value, places = _between(rng, args, 0)
    return [_percent(value, places, habits)]


def _percent(value: Decimal, places: int, habits: Habits) -> Figure:
    return Figure(habits.number(value, places) + habits.percent, "percent", value)


def percents(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    """``88 - 90%``, ``từ 88 đến 90%``, ``từ 88% đến 90%``."""
    low, high = sorted(rng.sample(range(int(args[0]), int(args[1]) + 1), 2))
    form = rng.random()
    if form < 0.6:
        text, before = f"{low}{habits.range_sign}{high}{habits.percent}", ""
    elif form < 0.8:
        text, before = f"{low} đến {high}{habits.percent}", "từ "
    else:
        text, before = f"{low}{habits.percent} đến {high}{habits.percent}", "từ "
    return [before, Figure(text, "percent", low=Decimal(low), high=Decimal(high))]


def fallen(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    """``từ 12,15% xuống còn 2,75%``."""
    start, places = _between(rng, args, 2)
    end = (start * Decimal(rng.randint(12, 64)) / 100).quantize(Decimal(1).scaleb(-places))
    return ["từ ", _percent(start, places, habits), " xuống còn ", _percent(end, places, habits)]


def part(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    """``15/17``: so many of so many."""
    whole = rng.randint(int(args[0]), int(args[1]))
    some = max(1, whole - rng.randint(0, max(1, whole // 5)))
    return [Figure(f"{habits.count(some)}/{habits.count(whole)}", "fraction", Decimal(some), of=Decimal(whole))]


def done_of_planned(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    """``118/116 ha, đạt 101,7%``: the percentage fits the parts."""
    planned = rng.randint(int(args[0]), int(args[1]))
    done = planned * rng.randint(78, 160) // 100
    share = (Decimal(done) * 100 / planned).quantize(Decimal("0.1"))
    written = Figure(
        f"{habits.number(Decimal(done))}/{habits.number(Decimal(planned))}", "fraction", Decimal(done), of=Decimal(planned)
    )
    return [written, f" {args[2]}, {rng.choice(['đạt', 'bằng'])} ", _percent(share, 1, habits)]


def count(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    value = rng.randint(int(args[0]), int(args[1]))
    return [Figure(habits.count(value), "count", Decimal(value))]


def measure(rng: Random, habits: Habits, args: list[str]) -> list[Piece]:
    """``41,7 km``, ``41,7km``; arguments: low, high, decimals, unit."""
    value, places = _between(rng, args, 1)
    return [Figure(f"{habits.number(value, places)}{habits.unit_gap}{args[3]}", "measure", value)]


WRITERS: dict[str, Callable[[Random, Habits, list[str]], list[Piece]]] = {
    "ty": billions,
    "trieu": millions,
    "pt": percent,
    "ptk": percents,
    "tu": fallen,
    "phan": part,
    "kh": done_of_planned,
    "so": count,
    "do": measure,
}
"""The kinds of slots in the sentences of ``words/``."""
