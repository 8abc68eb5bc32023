"""The words of one article that its sentences ask for by name."""

from __future__ import annotations

from datetime import date
from random import Random

from .article import Place
from .calendar import Time, roman
from .words import words


def vocabulary(rng: Random, place: Place, time: Time) -> dict[str, str]:
    """Names of slots and what stands for them; values may have slots of their own."""
    data, people = words("places"), words("people")
    level, above = place.level, place.parents[0]
    unit, over = f"{level} {place.name}", f"{above[0]} {above[1]}"
    committee = data["party"][level]
    leader, guest = _person(rng), _person(rng)
    pens = words("furniture")["pens"]
    year, month, day = time.day
    return {
        "noi": unit,
        "noi_hoa": _capital(unit),
        "cap": level,
        "cap_hoa": _capital(level),
        "ten": place.name,
        "noi_tren": _with_parents(rng, unit, place),
        "tren": over,
        "tren_trong": ", ".join(f"{kind} {name}" for kind, name in place.parents),
        "cap_uy_tren": f"{data['party'][above[0]]} {above[1]}",
        "dang_uy": committee,
        "thon": rng.choice(data["parts"][level]),
        "cap_cu": level,
        "cu_1": place.former[0] if place.former else "",
        "cu_2": place.former[1] if place.former else "",
        "ky": _term(rng, time.begin, time.end),
        "ky_sau": _term(rng, time.end, time.end + 5),
        "lan": roman(time.congress),
        "lan_sau": roman(time.next_congress),
        "nam_dau": str(time.begin),
        "nam_cuoi": str(time.last),
        "nam_toi": str(time.last + 1),
        "nam_dich": str(time.end if time.shape == "so-ket" else time.end + 5),
        "trong_ky": _while(rng, time),
        "ngay_thang": rng.choice([f"{day}/{month}", f"{day:02d}/{month:02d}/{year}", f"{day}-{month}"]),
        "ngay": f"{day:02d}/{month:02d}/{year}",
        "gio": time.clock,
        "thu": words("furniture")["weekdays"][date(year, month, day).weekday()],
        "xem": str(rng.randint(40, 9000)),
        "khach": guest,
        "chuc_khach": rng.choice(people["guests"]),
        "lanh_dao": leader,
        "chuc_vu": rng.choice(people["posts"]),
        "but_danh": rng.choice(pens),
        "van_ban": _document(rng),
    }


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _with_parents(rng: Random, unit: str, place: Place) -> str:
    named = [f"{kind} {name}" for kind, name in place.parents]
    bare = ", ".join(name for _, name in place.parents)
    return rng.choice([f"{unit}, {', '.join(named)}", f"{unit} ({bare})", f"{unit} ({', '.join(named)})", f"{unit}, {named[0]}"])


def _term(rng: Random, begin: int, end: int) -> str:
    return rng.choice([f"{begin}-{end}", f"{begin} - {end}", f"{begin}-{end}", f"{begin} – {end}"])


def _while(rng: Random, time: Time) -> str:
    if time.shape == "hang-nam":
        return f"năm {time.last}"
    if time.shape == "so-ket":
        return rng.choice(["trong nửa nhiệm kỳ", f"giai đoạn {time.begin}-{time.last}"])
    return rng.choice(["cả nhiệm kỳ", "5 năm qua", f"giai đoạn {time.begin}-{time.end}"])


def _person(rng: Random) -> str:
    people = words("people")
    sex = rng.choice(["men", "women"])
    return f"{rng.choice(people['surnames'])} {rng.choice(people[f'middle_{sex}'])} {rng.choice(people[sex])}"


def _document(rng: Random) -> str:
    return rng.choice(words("frame")["documents"]).replace("{so_hieu}", str(rng.randint(4, 49)))
