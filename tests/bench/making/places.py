"""Made-up units: names of syllables, one name an article, in real provinces, before and after July 2025."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from random import Random

from toolkit.model.vietnamese import slug

from .article import Place
from .words import words

THREE_SYLLABLES = 12_000
LEVELS = {"xã": 41, "phường": 34, "thị trấn": 8, "huyện": 8, "thị xã": 5, "quận": 4}
LEVELS_NOW = {"xã": 62, "phường": 35, "đặc khu": 3}


@cache
def names(seed: int) -> tuple[tuple[str, bool], ...]:
    """Names of different folders in an order that the seed gives, each with whether it is one of the highlands."""
    data = words("places")
    rng = Random(f"{seed}/names")
    short = [(f"{a} {b}", False) for a, b in product(data["first"], data["second"]) if a != b]
    short += [(f"{a} {b}", True) for a, b in product(data["highland_first"], data["highland_second"])]
    rng.shuffle(short)
    long = []
    for _ in range(THREE_SYLLABLES):
        one, two = rng.sample(data["first"], 2)
        long.append((f"{one} {two} {rng.choice(data['second'])}", False))
    taken = {slug(name) for key in ("provinces", "cities", "provinces_now", "cities_now", "not_names") for name in data[key]}
    found = []
    for name, highland in _mixed(short, long):
        if (folder := slug(name)) not in taken:
            taken.add(folder)
            found.append((name, highland))
    return tuple(found)


def _mixed(short: list[tuple[str, bool]], long: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """One long name after eight short ones, as long as there are short ones."""
    rest = iter(long)
    for i, name in enumerate(short):
        yield name
        if i % 8 == 7:
            yield next(rest)
    yield from rest


def place(seed: int, index: int, *, since_reform: bool) -> Place:
    """The unit of that number.  Raises ``IndexError`` beyond the names that there are (some 15,000)."""
    data = words("places")
    name, highland = names(seed)[index]
    rng = Random(f"{seed}/place/{index}")
    levels = LEVELS_NOW if since_reform else LEVELS
    level = "xã" if highland else rng.choices(list(levels), list(levels.values()))[0]
    if since_reform:
        province = _highest(rng, data, "provinces_now", "cities_now", highland)
        former = tuple(_former(rng, data) for _ in range(2)) if level != "đặc khu" else ()
        return Place(name, level, (province,), slug(name), True, former if len(set(former)) == 2 else ())
    if level == "quận":
        parents: tuple[tuple[str, str], ...] = (("thành phố", rng.choice(data["cities"])),)
    elif level in ("huyện", "thị xã"):
        parents = (("tỉnh", rng.choice(data["provinces"])),)
    else:
        parents = _two_parents(rng, data, level, highland)
    return Place(name, level, parents, slug(name))


def _highest(rng: Random, data: dict[str, list[str]], provinces: str, cities: str, highland: bool) -> tuple[str, str]:
    if highland:
        return "tỉnh", rng.choice(data["highland_provinces"])
    if rng.random() < 0.2:
        return "thành phố", rng.choice(data[cities])
    return "tỉnh", rng.choice(data[provinces])


def _two_parents(rng: Random, data: dict[str, list[str]], level: str, highland: bool) -> tuple[tuple[str, str], ...]:
    above = _highest(rng, data, "provinces", "cities", highland)
    town = "quận" if above[0] == "thành phố" else rng.choice(["thị xã", "thành phố"])
    district = town if level == "phường" else "huyện"
    return (district, rng.choice(data["district"])), above


def _former(rng: Random, data: dict[str, list[str]]) -> str:
    return f"{rng.choice(data['former_first'])} {rng.choice(data['former_second'])}"
