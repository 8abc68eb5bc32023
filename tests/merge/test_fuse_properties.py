"""Whatever sources say: no figure is lost, ids are unique, every source stands behind its own figures, and two runs agree."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import sheet

from toolkit.merge import group, merge
from toolkit.merge.fuse import fuse
from toolkit.merge.precedence import sheet_order

LABELS = ["tổng thu ngân sách", "thu ngân sách tổng", "hộ nghèo", "kết nạp đảng viên mới"]
figures = st.fixed_dictionaries(
    {
        "value": st.sampled_from([40, 41, 45.6, 45.62, 100, 143]),
        "kind": st.sampled_from(["percent", "count", "money"]),
        "bound": st.sampled_from(["exact", "over", "about"]),
        "label": st.sampled_from(LABELS),
        "role": st.sampled_from(["result", "plan", "attainment"]),
        "period": st.sampled_from([None, "2019", "2015-2020"]),
        "indicator": st.sampled_from([None, "thu-ngan-sach"]),
    }
)
dates = st.sampled_from([None, "2020-05-01", "2020-06-01"])
sources = st.lists(st.tuples(st.lists(figures, max_size=5), dates), min_size=1, max_size=4)
quick = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


UNITS = {"percent": "%", "count": "hộ", "money": "đồng"}


def made(drawn: list[Any]) -> list[Any]:
    """Sources of one locality and term with the drawn figures, each under a quote of its own."""
    specs = []
    for i, (found, published) in enumerate(drawn):
        figures = [one | {"quote": f"{one['value']} ({n})", "unit": UNITS[one["kind"]]} for n, one in enumerate(found)]
        spec = {"path": f"{i}.txt", "locality": {"name": "Hạ Đình"}, "term": "2015-2020", "quantities": figures}
        specs.append(spec | ({"published": published} if published else {}))
    return [sheet(spec) for spec in specs]


@quick
@given(sources)
def test_nothing_is_lost(drawn: list[Any]) -> None:
    sheets = made(drawn)
    fused = fuse(sheet_order(sheets))
    given_ = sorted((q.quote.source, q.quote.start) for s in sheets for q in s.quantities)
    kept = [q for one in fused.quantities for q in (one.value, *one.support, *(other for other, _ in one.hidden))]
    assert sorted((q.quote.source, q.quote.start) for q in kept) == given_
    ids = [one.value.id for one in fused.quantities]
    assert len(set(ids)) == len(ids)
    assert all(one.origin.ref == one.value.quote.source for one in fused.quantities)
    hiding = [one for one in fused.quantities if one.hidden]
    assert len(fused.conflicts) == len(hiding)
    assert all(why for one in hiding for _, why in one.hidden)


@quick
@given(sources)
def test_the_order_in_which_sources_come_does_not_matter(drawn: list[Any]) -> None:
    sheets = made(drawn)
    (one,), (other,) = ([merge(found) for found in group(order)] for order in (sheets, sheets[::-1]))
    assert one == other
