"""What contradicts itself in an article: stated against computed, both shown, nothing corrected.

Each check looks at facts that stand together and yields ``Issue`` with a stable code; ``CHECKS`` is their order.  A check speaks
only where rounding cannot explain the difference and where the figures surely belong together: silence before a false alarm.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from toolkit.errors import Issue, Severity
from toolkit.extract.cues import fold
from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.context import Role
from toolkit.model.fact import CitedDocument, FactSheet, Indicator, Quantity

_HUNDRED = Decimal(100)
ROUNDING = Decimal("0.6")
"""Percentage points between a stated and a computed percentage that rounding of the figures may explain."""
SHARE_ROUNDING = Decimal("0.15")
"""The same for a share of exact counts."""


def check(sheet: FactSheet, text: str) -> tuple[Issue, ...]:
    """All findings of one article, in the order of ``CHECKS``; ``text`` is the source's text."""
    return tuple(issue for one in CHECKS for issue in one(sheet, text))


def _issue(
    sheet: FactSheet,
    code: str,
    message: str,
    *involved: Quantity,
    stated: str,
    computed: str,
    severity: Severity = Severity.WARNING,
) -> Issue:
    return Issue(
        code,
        message,
        severity,
        where=_where(sheet, involved[0].quote.start),
        remedy="compare with the original, and settle the value in the locality's profile",
        stated=stated,
        computed=computed,
        source=sheet.source.path,
        spans=tuple((q.quote.start, q.quote.end) for q in involved),
    )


def _where(sheet: FactSheet, offset: int) -> str:
    line, column = sheet.source.line_column(offset)
    return f"{sheet.source.path}:{line}:{column}"


def _shown(value: Decimal, places: int = 2) -> str:
    """A computed number as a Vietnamese text writes it."""
    rounded = value.quantize(Decimal(10) ** -places).normalize()
    return f"{rounded:f}".replace(".", ",")


def _exact(amount: Amount) -> Decimal | None:
    return amount.value if amount.bound is Bound.EXACT and not amount.is_range else None


# ---------------------------------------------------------------- percentages of a plan


def _percent_of_plan(sheet: FactSheet, _: str) -> Iterator[Issue]:
    """``đạt 117% chỉ tiêu`` against level and plan beside it."""
    by_id = {q.id: q for q in sheet.quantities}
    for indicator in sheet.indicators:
        pair = _level_and_plan(indicator, by_id)
        if pair is None:
            continue
        level, plan, involved = pair
        for q in (by_id[i] for i in indicator.attainments):
            if q.amount.kind is Kind.PERCENT and q.amount.value is not None and q not in involved:
                yield from _against(sheet, q, level / plan * _HUNDRED, involved)


def _level_and_plan(indicator: Indicator, by_id: dict[str, Quantity]) -> tuple[Decimal, Decimal, tuple[Quantity, ...]] | None:
    for q in (by_id[i] for i in indicator.attainments):
        if q.amount.kind is Kind.FRACTION and q.amount.value is not None and q.amount.of:
            return q.amount.value, q.amount.of, (q,)
    if len(indicator.results) != 1 or len(indicator.plans) != 1:
        return None
    result, plan = by_id[indicator.results[0]], by_id[indicator.plans[0]]
    level, aim = result.amount.value, _exact(plan.amount)
    same = (result.amount.kind, fold(result.amount.unit)) == (plan.amount.kind, fold(plan.amount.unit))
    if level is None or not aim or not same or result.amount.kind is Kind.PERCENT:
        return None
    return level, aim, (result, plan)


def _against(sheet: FactSheet, q: Quantity, computed: Decimal, involved: tuple[Quantity, ...]) -> Iterator[Issue]:
    stated = q.amount.value
    assert stated is not None
    margin = any(t.rule.startswith("roles.margin") or t.rule == "roles.over-the-plan-before" for t in q.traces)
    expected = computed - _HUNDRED if margin else computed
    if abs(stated - expected) <= ROUNDING:
        return
    if margin and abs(stated - computed) <= ROUNDING:
        message = "a level is written as a margin: the percentage is all of the plan that was met, not what exceeds it"
        yield _issue(sheet, "level-as-margin", message, q, *involved, stated=f"{_shown(stated)}%", computed=f"{_shown(expected)}%")
        return
    message = "the percentage does not follow from the figures beside it"
    yield _issue(sheet, "percent-mismatch", message, q, *involved, stated=f"{_shown(stated)}%", computed=f"{_shown(expected)}%")


# ---------------------------------------------------------------- shares, parts and sums


def _share_of_whole(sheet: FactSheet, text: str) -> Iterator[Issue]:
    """``842/905 hộ, đạt 93,04%``: a fraction and the percentage right after it."""
    for first, second in pairwise(sheet.quantities):
        fraction, percent = first.amount, second.amount
        if fraction.kind is not Kind.FRACTION or percent.kind is not Kind.PERCENT or fraction.value is None or not fraction.of:
            continue
        between = text[first.quote.end : second.quote.start]
        beside = len(between) < 40 and not re.search(r"[.;\n]", between) and second.label.startswith(first.label)
        stated = _exact(percent)
        if not beside or stated is None or first.role is Role.ATTAINMENT or second.role is not Role.RESULT:
            continue
        computed = fraction.value / fraction.of * _HUNDRED
        if abs(stated - computed) > SHARE_ROUNDING + ROUNDING * (stated == stated.to_integral_value()):
            message = "the percentage does not follow from the figures beside it"
            yield _issue(
                sheet, "percent-mismatch", message, second, first, stated=f"{_shown(stated)}%", computed=f"{_shown(computed)}%"
            )


def _parts(sheet: FactSheet, text: str) -> Iterator[Issue]:
    """Parts named in a bracket or after ``trong đó`` against their whole."""
    for whole, parts in _wholes(sheet, text):
        total = _exact(whole.amount)
        values = [v for p in parts if (v := _exact(p.amount)) is not None]
        if total is None or not values:
            continue
        above = next((p for p in parts if (v := _exact(p.amount)) is not None and v > total), None)
        if above is not None:
            message = "a part is larger than its whole"
            yield _issue(sheet, "part-above-whole", message, above, whole, stated=above.quote.text, computed=f"≤ {_shown(total)}")
        elif len(values) == len(parts) > 1 and sum(values, Decimal(0)) > total and _divides(text, whole, parts):
            message = "the parts add up to more than their whole"
            yield _issue(
                sheet,
                "parts-exceed-whole",
                message,
                whole,
                *parts,
                stated=whole.quote.text,
                computed=_shown(sum(values, Decimal(0))),
            )


def _wholes(sheet: FactSheet, text: str) -> Iterator[tuple[Quantity, tuple[Quantity, ...]]]:
    """Counts or measures with the figures of the same unit that the bracket right after them lists."""
    quantities = sheet.quantities
    for place, whole in enumerate(quantities):
        if whole.amount.kind not in (Kind.COUNT, Kind.MEASURE) or whole.amount.is_range or whole.role is not Role.RESULT:
            continue
        opening = re.match(r"[^.;()\n]{0,25}\(", text[whole.quote.end : whole.quote.end + 30])
        if opening is None:
            continue
        end = text.find(")", whole.quote.end)
        inside = [q for q in quantities[place + 1 : place + 12] if whole.quote.end < q.quote.start and q.quote.end <= end]
        same = [
            q for q in inside if q.amount.kind is whole.amount.kind and q.amount.unit == whole.amount.unit and q.role is whole.role
        ]
        if same and len(same) == len(inside):
            yield whole, tuple(same)


def _divides(text: str, whole: Quantity, parts: tuple[Quantity, ...]) -> bool:
    """The bracket lists parts side by side; ``gồm`` and bare nouns do, ``bình quân`` and ``năm trước`` do not."""
    inside = fold(text[whole.quote.end : parts[-1].quote.end])
    return not re.search(r"bình quân|trung bình|năm trước|so với|cùng kỳ|lượt|mỗi|tăng|giảm|kế hoạch|chỉ tiêu", inside)


def _structure(sheet: FactSheet, _: str) -> Iterator[Issue]:
    """Shares of one ``cơ cấu`` must make a hundred."""
    groups: dict[tuple[int, str | None, Role], list[Quantity]] = defaultdict(list)
    for q in sheet.quantities:
        if q.amount.kind is Kind.PERCENT and re.match(r"(?:cơ cấu|tỷ trọng)\b", fold(q.label)) and _exact(q.amount) is not None:
            groups[(sheet.source.line_column(q.quote.start)[0], q.period, q.role)].append(q)
    for parts in groups.values():
        total = sum(((q.amount.value or Decimal(0)) for q in parts), Decimal(0))
        if len(parts) == 3 and abs(total - _HUNDRED) > Decimal("0.2") and abs(total - _HUNDRED) < 15:
            message = "the shares of the structure do not add up to one hundred"
            yield _issue(
                sheet,
                "shares-not-hundred",
                message,
                *parts,
                stated=" + ".join(q.quote.text for q in parts),
                computed=f"{_shown(total)}%",
            )


# ---------------------------------------------------------------- one thing said twice


def _two_values(sheet: FactSheet, _: str) -> Iterator[Issue]:
    """One indicator, period and place with two different levels."""
    by_id = {q.id: q for q in sheet.quantities}
    for indicator in sheet.indicators:
        levels = [by_id[i] for i in indicator.results]
        known = [q for q in levels if q.indicator and q.amount.kind in (Kind.MONEY, Kind.PERCENT) and _exact(q.amount) is not None]
        for first, second in pairwise(known):
            same = (first.amount.kind, first.amount.unit, first.label) == (second.amount.kind, second.amount.unit, second.label)
            apart = sheet.source.line_column(first.quote.start)[0] != sheet.source.line_column(second.quote.start)[0]
            if same and apart and first.period and first.amount.value != second.amount.value:
                message = "one indicator is given two values"
                yield _issue(sheet, "two-values", message, first, second, stated=first.quote.text, computed=second.quote.text)


def _two_numbers(sheet: FactSheet, _: str) -> Iterator[Issue]:
    """One document cited under two numbers: the same ordinal and issuer, another type in the symbol."""
    known: dict[tuple[str, str, str], CitedDocument] = {}
    for document in sheet.documents:
        match = _NUMBER.fullmatch(document.number or "")
        if match is None or not document.quotes:
            continue
        one = known.setdefault((fold(document.type), match["ordinal"], fold(match["body"])), document)
        if one.number != document.number:
            first, second = one.quotes[0], document.quotes[0]
            yield Issue(
                "document-two-numbers",
                "one document is cited under two numbers",
                Severity.WARNING,
                where=_where(sheet, first.start),
                remedy="look the document up, and cite it under its own number",
                stated=one.number,
                computed=document.number,
                source=sheet.source.path,
                spans=((first.start, first.end), (second.start, second.end)),
            )


_NUMBER = re.compile(r"(?P<ordinal>\d+)[^\d/-]*-(?P<kind>[^/]+)/(?P<body>.+)")


# ---------------------------------------------------------------- announced and listed, written against the rules

_LISTED = re.compile(
    r"(?:lĩnh vực|tiểu ban|khâu đột phá|bài học kinh nghiệm|bài học|nhóm giải pháp|nhóm nhiệm vụ)"
    r"[^\S\n]*(?P<colon>:?)[^\S\n]+(?P<list>[^.;:()\n]+)"
)
_FIELDS = tuple(
    "kinh tế,văn hóa,văn hoá,quốc phòng,an ninh,xã hội,giáo dục,y tế,xây dựng đảng,chính trị,môi trường".split(",")  # noqa: SIM905
)
_ITEM = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")


def _announced(sheet: FactSheet, text: str) -> Iterator[Issue]:
    """``04 lĩnh vực kinh tế, văn hóa - xã hội và quốc phòng - an ninh``: three are listed."""
    for q in sheet.quantities:
        value = _exact(q.amount)
        if q.amount.kind is not Kind.COUNT or value is None or not 2 <= value <= 9:
            continue
        found = _LISTED.match(fold(text[q.quote.start : q.quote.start + 200]).lstrip("0123456789 "))
        if found is None:
            continue
        items = [i for i in _ITEM.split(found["list"].strip()) if i]
        plain = all(len(i.split()) <= 6 for i in items) and (found["colon"] or _names_fields(items))
        if plain and len(items) >= 2 and len(items) != value:
            message = "the number announced is not the number listed"
            yield _issue(sheet, "announced-count", message, q, stated=q.quote.text, computed=str(len(items)))


def _names_fields(items: list[str]) -> bool:
    """Items that are fields of work; any other words after the noun describe it and list nothing."""
    return all(item.startswith(_FIELDS) for item in items)


_DOT_DECIMAL = re.compile(r"(?<![\d.])\d+\.\d{1,2}(?![\d.])")


def _written(sheet: FactSheet, _: str) -> Iterator[Issue]:
    """A dot for a decimal comma, read as meant: ``77.3 ha``."""
    message = "the number is not written by the Vietnamese convention (dot for thousands, comma for decimals)"
    for q in sheet.quantities:
        if q.amount.value is not None and _DOT_DECIMAL.search(q.quote.text):
            computed = _shown(q.amount.value, 6)
            yield _issue(sheet, "number-format", message, q, stated=q.quote.text, computed=computed, severity=Severity.INFO)


Check = Callable[[FactSheet, str], Iterator[Issue]]
CHECKS: tuple[Check, ...] = (
    _percent_of_plan,
    _share_of_whole,
    _parts,
    _structure,
    _two_values,
    _two_numbers,
    _announced,
    _written,
)
"""What is checked, in the order in which findings are given."""
