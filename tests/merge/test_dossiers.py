"""What profiles do to dossiers, as data: values, origins, what is hidden, what is reported."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from sheets import sheet

from toolkit.errors import Severity
from toolkit.merge import group, merge
from toolkit.model.dossier import Dossier, OriginKind
from toolkit.model.profile import ProfileSet
from toolkit.pipeline import read_amount
from toolkit.read.profile_show import show
from toolkit.read.profiles import parse_profile

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/merge/dossiers.yaml").read_text("utf-8"))


def settled(case: dict[str, Any]) -> Dossier:
    sources = ", ".join(spec["path"] for spec in case["sheets"])
    text = f"{case['profile']}\nsources: [{sources}]\n"
    profile = parse_profile(text, "profiles/x.yaml", read_amount)
    groups = group([sheet(spec) for spec in case["sheets"]], ProfileSet((profile,)))
    assert len(groups) == 1
    return merge(groups[0])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_figures(case: dict[str, Any]) -> None:
    dossier = settled(case)
    found = {
        one.value.id: [str(one.value.amount.value), one.origin.kind.value, [[q.quote.text, why] for q, why in one.hidden]]
        for one in dossier.quantities
    }
    assert found == case.get("figures", found)
    by_id = {one.value.id: one for one in dossier.quantities}
    for name, mark in case.get("marks", {}).items():
        assert by_id[name].origin.ref == mark
        assert by_id[name].origin.reason
    for name, text in case.get("quotes", {}).items():
        assert by_id[name].value.quote.text == text
        assert by_id[name].value.quote.source == "profiles/x.yaml"
    for name, place in case.get("places", {}).items():
        assert by_id[name].value.place == place
    if "highlights" in case:
        assert [one.value.id for one in dossier.quantities if one.highlight] == sorted(case["highlights"])
        assert list(dossier.highlight) == case["highlights"]
    rows = {row.id: row for row in dossier.indicators}
    for name, lists in case.get("indicators", {}).items():
        assert {key: list(getattr(rows[name], key)) for key in lists} == lists


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_findings(case: dict[str, Any]) -> None:
    found = [[issue.code, issue.message, issue.remedy] for issue in settled(case).issues]
    expected = case.get("issues", [])
    assert [one[: len(want)] for one, want in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_values(case: dict[str, Any]) -> None:
    dossier = settled(case)
    scalars = {name: getattr(dossier, name) for name in ("term", "next_term", "congress", "theme")}
    values = {name: one.value for name, one in scalars.items() if one} | {"report": dossier.report.value, "year": dossier.year}
    assert {name: values[name] for name in case.get("values", {})} == case.get("values", {})
    if "settled" in case:
        assert sorted(name for name, one in scalars.items() if one and one.origin.kind is OriginKind.PROFILE) == case["settled"]
    if "origins" in case:
        assert sorted(key for key, origin in dossier.origins.items() if origin.kind is OriginKind.PROFILE) == case["origins"]
    assert list(dossier.locality.parents) == case.get("parents", list(dossier.locality.parents))
    assert dossier.folder == case.get("folder", dossier.folder)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_entries_and_display(case: dict[str, Any]) -> None:
    dossier = settled(case)
    documents = [[one.value.number, one.origin.kind.value, len(one.value.quotes)] for one in dossier.documents]
    assert documents == case.get("documents", documents)
    people = [[one.value.name, list(one.value.roles)] for one in dossier.people]
    assert people == case.get("people", people)
    limitations = [one.value.text for one in dossier.limitations]
    assert limitations == case.get("limitations", limitations)
    shown = asdict(dossier.display)
    for key, value in case.get("display", {}).items():
        assert (list(shown[key]) if isinstance(shown[key], tuple) else shown[key]) == value, key


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_whatever_the_profile_settled_is_shown_with_its_reason(case: dict[str, Any]) -> None:
    dossier = settled(case)
    text = f"{case['profile']}\nsources: [{', '.join(spec['path'] for spec in case['sheets'])}]\n"
    printed = show(parse_profile(text, "profiles/x.yaml", read_amount), dossier)
    for one in dossier.quantities:
        if one.origin.kind is OriginKind.PROFILE:
            assert f"{one.value.id}: " in printed
            assert f"({one.origin.ref}: {one.origin.reason})" in printed
    for origin in dossier.origins.values():
        assert (origin.ref in printed) is (origin.kind is OriginKind.PROFILE)


def test_an_attainment_that_a_profile_gives_is_judged() -> None:
    rules = [
        "{add: trồng cây, value: 12/12 cây, role: attainment, reason: theo báo cáo tổng kết}",
        "{add: thu ngân sách, value: 134%, role: attainment, reason: theo báo cáo quyết toán}",
        "{add: hiến máu, value: 97%, role: attainment, reason: theo báo cáo tổng kết}",
        "{add: kết nạp, value: vượt 5%, role: attainment, reason: theo báo cáo tổng kết}",
    ]
    case = {"sheets": [{"path": "a.txt"}], "profile": "facts:\n" + "".join(f"  - {rule}\n" for rule in rules)}
    rows = {row.id.split(".")[0]: row.status.value for row in settled(case).indicators}
    assert rows == {"trong-cay": "met", "thu-ngan-sach": "exceeded", "hien-mau": "missed", "ket-nap": "exceeded"}


def test_the_gazetteer_adds_what_became_of_a_unit_and_says_so() -> None:
    case = {"sheets": [{"path": "a.txt", "locality": {"name": "Hạ Đình", "level": "phường"}, "term": "2015-2020"}], "profile": ""}
    dossier = settled(case)
    assert [one.name for one in dossier.locality.successors] == ["Khương Đình", "Thanh Liệt"]
    assert dossier.locality.inferred_parents == ("Thanh Xuân", "Hà Nội")
    assert dossier.origins["locality.successors"].kind is OriginKind.INFERRED
    assert dossier.locality.parents == ()


def test_a_profile_has_the_last_word_over_the_gazetteer() -> None:
    place = {"name": "Kiến Hưng", "level": "phường", "parents": ["Hà Nội"], "predecessors": ["Kiến Hưng", "Phú La"]}
    sheets = [{"path": "a.txt", "locality": place, "term": "2020-2025"}]
    same = settled(
        {"sheets": sheets, "profile": "locality: {predecessors: [phường Kiến Hưng, phường Phú La], reason: theo bài viết}"}
    )
    assert "locality.predecessors" not in same.origins
    other = settled({"sheets": sheets, "profile": "locality: {predecessors: [Phú La, Phú Lương], reason: theo nghị quyết sắp xếp}"})
    assert other.locality.predecessors == ("Phú La", "Phú Lương")
    assert other.origins["locality.predecessors"].kind is OriginKind.PROFILE


def test_a_warning_about_what_a_profile_settled_asks_nothing_any_more() -> None:
    case = next(one for one in CASES if one["name"] == "a profile goes over what the table of precedence chose")
    conflict = settled(case).issues[0]
    assert conflict.severity is Severity.INFO
    assert conflict.message.endswith("(settled by profiles/x.yaml:2:5)")
    (found,) = settled(case).conflicts
    assert (str(found.chosen.amount.value), found.rule) == ("143", "hồ sơ địa phương quyết định")
    assert [q.quote.text for q in found.others] == ["141%", "143%"]
    other = {**case, "profile": "facts:\n  - {add: hộ nghèo, value: 3 hộ, reason: kết quả rà soát}\n"}
    assert settled(other).issues[0].severity is Severity.WARNING


def test_a_warning_about_a_hidden_figure_is_answered_too() -> None:
    case = next(one for one in CASES if one["name"] == "a profile goes over what the table of precedence chose")
    hidden = {**case, "profile": "facts:\n  - {hide: thu, reason: số liệu của quận}\n"}
    assert [issue.severity for issue in settled(hidden).issues] == [Severity.INFO, Severity.INFO]
    assert settled(hidden).conflicts == ()
