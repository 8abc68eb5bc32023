"""What the package writes, its own number grammar reads back to the same value: the two conventions are one."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.extract.quantities import read_quantities
from toolkit.model import wording
from toolkit.model.amount import Amount, Bound, Kind

COUNTED = st.sampled_from(["hộ", "đảng viên", "tổ dân phố", "chỉ tiêu", "người", "mô hình", "lượt khách", "ngày công"])
MEASURED = st.sampled_from(["ha", "km", "m²", "tấn", "tạ", "kg"])
WHOLE = st.integers(min_value=10, max_value=10**8).map(Decimal)
FINE = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2)
SUMS = st.one_of(
    st.integers(min_value=1000, max_value=10**14).map(Decimal),
    st.integers(min_value=1, max_value=10**6).map(lambda millions: Decimal(millions) * 10**6),
    st.integers(min_value=1, max_value=10**5).map(lambda tens: Decimal(tens) * 10**7),
)
PER = st.sampled_from([(), ("năm",), ("người", "năm"), ("ha",)])


def plain(value):
    return value.normalize() if value is not None else None


def same(read, written):
    return [plain(part) for part in (read.value, read.low, read.high, read.of)] == [
        plain(part) for part in (written.value, written.low, written.high, written.of)
    ]


def read_back(written, verb="đạt"):
    text = f"Năm 2022, kết quả {verb} {wording.amount(written)}."
    (mention,) = read_quantities(text)
    assert same(mention.amount, written), text
    assert (mention.amount.kind, mention.amount.bound, mention.amount.per) == (written.kind, written.bound, written.per), text
    assert mention.amount.unit == written.unit
    assert not mention.review, text


@st.composite
def amounts(draw):
    kind = draw(st.sampled_from([Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.MEASURE]))
    unit, values = {
        Kind.MONEY: (st.just("đồng"), SUMS),
        Kind.PERCENT: (st.sampled_from(["%", "‰", "điểm %"]), FINE),
        Kind.COUNT: (COUNTED, WHOLE),
        Kind.MEASURE: (MEASURED, FINE),
    }[kind]
    bound = draw(st.sampled_from(Bound))
    return Amount(kind, draw(values), unit=draw(unit), per=draw(PER) if kind is not Kind.COUNT else (), bound=bound)


@settings(max_examples=300, deadline=None)
@given(amounts())
def test_an_amount_is_read_back(written):
    read_back(written)


@given(st.tuples(WHOLE, WHOLE).filter(lambda pair: pair[0] < pair[1]), COUNTED)
def test_a_range_of_counts_is_read_back(ends, unit):
    read_back(Amount(Kind.COUNT, low=ends[0], high=ends[1], unit=unit))


@given(st.tuples(FINE, FINE).filter(lambda pair: pair[0] < pair[1]))
def test_a_range_of_shares_is_read_back(ends):
    read_back(Amount(Kind.PERCENT, low=ends[0], high=ends[1], unit="%"))


@given(st.tuples(SUMS, SUMS).filter(lambda pair: pair[0] < pair[1]))
def test_a_range_of_money_is_read_back(ends):
    read_back(Amount(Kind.MONEY, low=ends[0], high=ends[1], unit="đồng"))


@given(st.integers(1, 5000), st.integers(1, 5000), COUNTED)
def test_a_fraction_is_read_back(done, planned, unit):
    read_back(Amount(Kind.FRACTION, Decimal(done), of=Decimal(planned), unit=unit))


@given(FINE)
def test_a_ratio_is_read_back(value):
    read_back(Amount(Kind.RATIO, value, unit="lần"), verb="gấp")
