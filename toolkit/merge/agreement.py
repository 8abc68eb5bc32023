"""When two figures speak of the same thing, and when they say the same of it.

Same value in another form: ``11 tỷ 708 triệu đồng`` and ``11,708 tỷ đồng`` are equal amounts; ``11,7 tỷ đồng`` is the first one
rounded; ``hơn 2.900 đảng viên`` agrees with ``2.930 đảng viên``.  Same thing: role, period and place must not contradict, and the
labels must name the same indicator or be near in words.  Too strict costs a row that stands twice, too loose costs a fact: so a
doubtful pair stays apart.
"""

from __future__ import annotations

from decimal import Decimal

from toolkit.model.amount import Amount, Bound, Kind
from toolkit.model.context import Level, Role
from toolkit.model.fact import Quantity
from toolkit.model.vietnamese import name_key

ROUNDING = Decimal("0.1")
"""``hơn 2.900`` may stand for up to a tenth more: above that a writer would have chosen the next round figure."""

SIMILAR = 85
"""Least similarity of two labels (rapidfuzz token sort ratio, 0-100) to be the same phrase in other order or spelling."""

_LEVEL_KEYS = tuple(name_key(level.value) for level in Level)


def place_key(place: str | None) -> str:
    """A place for comparison: without its level (``phường Phú La`` is ``Phú La``)."""
    key = name_key(place or "")
    for level in _LEVEL_KEYS:
        if key.startswith(level + " "):
            return key[len(level) + 1 :]
    return key


def unit_key(amount: Amount) -> tuple[object, ...]:
    """What must be equal before two amounts can be compared at all."""
    unit = "" if amount.kind in (Kind.PERCENT, Kind.FRACTION, Kind.RATIO, Kind.RANK) else name_key(amount.unit)
    return (amount.kind, unit, tuple(name_key(per) for per in amount.per))


def comparable(one: Amount, other: Amount) -> bool:
    """Whether two amounts are of one kind and unit; of two classifiers one may be the longer (``đảng viên mới``)."""
    if (one.kind, one.per) != (other.kind, other.per) and unit_key(one) != unit_key(other):
        return False
    left, right = name_key(one.unit), name_key(other.unit)
    if one.kind in (Kind.PERCENT, Kind.FRACTION, Kind.RATIO, Kind.RANK) or left == right:
        return one.kind is other.kind
    return one.kind is other.kind is Kind.COUNT and (left.startswith(right + " ") or right.startswith(left + " "))


def _significant(value: Decimal) -> int:
    """Exponent of the last significant digit: 11.7 billion gives 8, 143 gives 0, 93.15 gives -2."""
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rounds_to(exact: Decimal, rounded: Decimal) -> bool:
    place = _significant(rounded)
    told = len(rounded.normalize().as_tuple().digits) >= 2 or place < 0  # 0,8 tells a decimal; 40 may be any round number
    return rounded != 0 and told and abs(exact - rounded) <= Decimal(1).scaleb(place) / 2


def _within_bound(vague: Amount, exact: Decimal) -> bool:
    assert vague.value is not None
    slack = abs(vague.value) * ROUNDING
    low = vague.value - (slack if vague.bound in (Bound.UNDER, Bound.ABOUT) else 0)
    high = vague.value + (slack if vague.bound in (Bound.OVER, Bound.ABOUT) else 0)
    return low <= exact <= high


def equal(one: Amount, other: Amount) -> bool:
    """The same figure, whatever its form: values, ends and denominator equal, and the bound too."""
    return (one.value, one.low, one.high, one.of, one.bound) == (other.value, other.low, other.high, other.of, other.bound)


def same_value(one: Amount, other: Amount) -> bool:
    """Whether two comparable amounts agree: equal, one rounded, or one a bound that the other keeps."""
    if equal(one, other):
        return True
    if one.value is None or other.value is None or one.of != other.of:
        return False
    if one.bound is not other.bound and one.value == other.value:
        return True
    if one.kind is Kind.FRACTION or one.kind is Kind.RANK:
        return False
    if one.bound is other.bound is Bound.EXACT:
        return _may_round(one) and (_rounds_to(one.value, other.value) or _rounds_to(other.value, one.value))
    if Bound.EXACT not in (one.bound, other.bound):
        return False
    vague, exact = (one, other) if other.bound is Bound.EXACT else (other, one)
    assert exact.value is not None
    return _within_bound(vague, exact.value)


def _may_round(amount: Amount) -> bool:
    """Counts are counted, never rounded without a word; money, measures and shares are."""
    return amount.kind in (Kind.MONEY, Kind.MEASURE, Kind.PERCENT, Kind.RATIO)


def same_statement(one: Quantity, other: Quantity) -> bool:
    """Whether two figures of one topic say the same: ``đạt 143%`` and ``vượt 43%`` of a plan do, by their role."""
    if same_value(one.amount, other.amount):
        return True
    if not one.role is other.role is Role.ATTAINMENT or not one.amount.kind is other.amount.kind is Kind.PERCENT:
        return False
    levels = {_level(one.amount), _level(other.amount)}
    return len(levels) == 1 and None not in levels


def _level(amount: Amount) -> Decimal | None:
    """Share of the plan: a margin ("vượt 43%", bound over and below 100) on top of the whole."""
    if amount.value is None:
        return None
    return amount.value + 100 if amount.bound is Bound.OVER and amount.value < 100 else amount.value


def same_place(one: Quantity, other: Quantity) -> bool:
    return place_key(one.place) == place_key(other.place)


def period_key(quantity: Quantity, whole: str | None) -> str | None:
    """A figure's period for comparison: the whole term (``whole``) is what a figure without a period is about too."""
    return None if quantity.period == whole else quantity.period


def same_period(one: Quantity, other: Quantity) -> bool:
    """Periods that do not contradict: equal, or one of them not said."""
    return one.period is None or other.period is None or one.period == other.period


def same_label(one: Quantity, other: Quantity) -> bool:
    """Labels that name one thing: a known indicator, the same words, or nearly."""
    from rapidfuzz import fuzz

    if one.indicator and one.indicator == other.indicator:
        return True
    left, right = name_key(one.label), name_key(other.label)
    if left == right:
        return True
    if fuzz.token_sort_ratio(left, right) >= SIMILAR:
        return True
    shared = set(left.split()) & set(right.split())
    # One label within the other is enough only for a figure that is hardly met twice (not 100%, not 2).
    return len(shared) >= 3 and fuzz.token_set_ratio(left, right) == 100 and _telling(one.amount)


def _telling(amount: Amount) -> bool:
    """Whether a figure says by itself that two mentions are one: three significant digits, or a fraction of more than ten."""
    if amount.value is None:
        return True
    return len(amount.value.normalize().as_tuple().digits) >= 3 or (amount.of is not None and amount.of > 10)


def says_the_same(one: Quantity, other: Quantity) -> bool:
    """Whether two figures of different sources are one fact in other words."""
    return (
        one.role is other.role
        and comparable(one.amount, other.amount)
        and same_statement(one, other)
        and same_place(one, other)
        and same_period(one, other)
        and same_label(one, other)
    )


def topic(quantity: Quantity, whole: str | None = None) -> tuple[object, ...]:
    """What a figure is about: figures of one topic with different values contradict each other.  ``whole`` is its source's term."""
    about = quantity.indicator or name_key(quantity.label)
    amount = quantity.amount
    unit = unit_key(amount) if amount.kind is not Kind.COUNT else (amount.kind, name_key(amount.unit).split(" ")[:1])
    # 17/17 and 13/13 are of different wholes: two things, where 15/17 and 16/17 would contradict.
    return (about, quantity.role, period_key(quantity, whole), place_key(quantity.place), str(unit), amount.of)


def specific(quantity: Quantity) -> bool:
    """Whether a label says enough for two values under it to be a contradiction and not two things of one name."""
    return bool(quantity.indicator) or len(name_key(quantity.label).split()) >= 3
