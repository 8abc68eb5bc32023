"""Made-up objects of the facts contract: settled facts of a locality, in the shape that a brief's ``facts.json`` has."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

Json = dict[str, Any]

PROVINCES = ("Hà Nội", "Huế", "Đà Nẵng", "Cần Thơ", "Lạng Sơn", "Ninh Bình", "Đồng Tháp", "An Giang", "Gia Lai", "Nghệ An")
NAMES = (
    "An",
    "Ân",
    "Bình",
    "Đông",
    "Đức",
    "Hạ",
    "Hòa",
    "Kiến",
    "Long",
    "Ngọc",
    "Ninh",
    "Phú",
    "Quảng",
    "Sơn",
    "Tân",
    "Thủy",
    "Xuân",
)
MEASURES = (
    ("thu-ngan-sach", "thu ngân sách trên địa bàn", "money", "đồng", "kinh-te", 10**9),
    ("thu-nhap", "thu nhập bình quân đầu người", "money", "đồng", "kinh-te", 10**6),
    ("ho-ngheo", "tỷ lệ hộ nghèo", "percent", "%", "van-hoa-xa-hoi", 0),
    ("bhyt", "tỷ lệ tham gia bảo hiểm y tế", "percent", "%", "giao-duc-y-te", 0),
    (None, "đảng viên mới được kết nạp", "count", "đảng viên", "xay-dung-dang", 1),
    (None, "tuyến đường được chỉnh trang", "count", "tuyến", "do-thi", 1),
)


def locality(name: str, province: str | None = "Hà Nội", level: str = "phường") -> Json:
    from toolkit.model.vietnamese import slug

    return {
        **{"name": name, "level": level, "parents": [province] if province else [], "inferred_parents": []},
        **{"slug": slug(name), "code": None, "status": None, "successors": [], "predecessors": []},
    }


def quantity(text: str, at: int, quote: str, **fields: object) -> Json:
    """A quantity at ``quote`` in ``text`` from ``at`` on; ``fields`` override the plainest ones."""
    start = text.index(quote, at)
    base: Json = {
        **{
            "id": "x",
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "kind": "count",
            "value": 1,
            "unit": "hộ",
            "per": [],
        },
        **{"bound": "exact", "label": "hộ", "role": "result", "period": None, "sector": "kinh-te", "place": None},
        **{"indicator": None, "review": False},
    }
    if "low" in fields:
        del base["value"]
    return base | fields


def sheet(path: str, text: str, quantities: list[Json], sentences: list[tuple[int, int]], **fields: object) -> Json:
    """The facts of one source."""
    source = {
        **{"path": path, "sha256": hashlib.sha256(text.encode()).hexdigest(), "title": "Tin", "published": "2024-05-01"},
        **{"publisher": None, "author": None, "media_type": "text/plain"},
    }
    base: Json = {
        **{
            "schema": "nhiemky.facts/1",
            "source": source,
            "locality": None,
            "localities": [],
            "term": "2020-2025",
            "next_term": None,
        },
        **{"congress": None, "report": "full-term", "year": None, "inferred": {"term": None, "next_term": None}, "published": None},
        **{
            "theme": None,
            "quantities": quantities,
            "indicators": [],
            "people": [],
            "documents": [],
            "awards": [],
            "limitations": [],
        },
        **{"lessons": [], "next_tasks": [], "initiatives": []},
        "sentences": [
            {"start": a, "end": b, "sector": "kinh-te", "score": 0.5, "mode": "result", "text": text[a:b]} for a, b in sentences
        ],
        **{"noise": [], "warnings": []},
    }
    return base | fields


def settled(sheets: list[Json], **fields: object) -> Json:
    """The settled facts of a brief that takes everything of its sheets as it is."""
    first = sheets[0]
    origin = {"kind": "source", "ref": first["source"]["sha256"][:12]}

    def one(value: object) -> Json | None:
        return None if value is None else {"value": value, "origin": origin}

    base: Json = {
        **{"schema": "nhiemky.dossier/1", "locality": first["locality"], "term": one(first["term"]), "next_term": None},
        **{"year": first["year"], "congress": one(first["congress"]), "report": first["report"], "theme": None},
        "quantities": [
            {"value": q, "origin": {"kind": "source", "ref": s["source"]["sha256"][:12]}} for s in sheets for q in s["quantities"]
        ],
        "indicators": [],
        "people": [one({"name": p["name"], "roles": p["roles"]}) for p in first["people"]],
        "documents": [one(d) for d in first["documents"]],
        **{
            name: [one(x) for s in sheets for x in s[name]]
            for name in ("awards", "limitations", "lessons", "next_tasks", "initiatives")
        },
        **{"conflicts": [], "sources": sheets},
    }
    return base | fields


def article(i: int, figures: int = 60, year: int = 2024) -> Json:
    """The facts of one made-up article, the same for the same number."""
    dice = random.Random(i)
    parts, quantities, sentences, at = [], [], [], 0
    for n in range(figures):
        indicator, label, kind, unit, sector, scale = MEASURES[n % len(MEASURES)]
        value = dice.randrange(1, 900)
        digits = f"{value},{dice.randrange(1, 10)}" if scale == 0 else str(value)
        words = {10**9: "tỷ đồng", 10**6: "triệu đồng", 0: "%", 1: unit}[scale]
        quote = f"{digits}%" if scale == 0 else f"{digits} {words}"
        sentence = (
            f"Năm {year - n // 6 % 5}, {label} của địa phương đạt {quote}, theo báo cáo tổng kết các chương trình công tác số {n}."
        )
        parts.append(sentence)
        number = float(digits.replace(",", ".")) if scale == 0 else value * scale
        fields = {"id": f"{indicator or label}.{n}", "kind": kind, "value": number, "unit": unit, "label": label, "sector": sector}
        quantities.append((at, quote, fields | {"indicator": indicator, "period": str(year - n // 6 % 5)}))
        sentences.append((at, at + len(sentence)))
        at += len(sentence) + 1
    text = "\n".join(parts)
    name = f"{NAMES[i % len(NAMES)]} {NAMES[i // len(NAMES) % len(NAMES)]} {i}"
    place = locality(name, PROVINCES[i % len(PROVINCES)], "xã" if i % 2 else "phường")
    made = [quantity(text, start, quote, **fields) for start, quote, fields in quantities]
    return sheet(f"bai/{i}.txt", text, made, sentences, locality=place)


def line(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
