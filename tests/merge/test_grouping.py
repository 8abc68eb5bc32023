"""How sources find their locality, term and profile, as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sheets import sheet

from toolkit.merge import group, merge
from toolkit.merge.dossier import _placed as placed
from toolkit.model.profile import NO_PROFILES, ProfileSet
from toolkit.pipeline import read_amount
from toolkit.read.profiles import load_profiles, parse_profile

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/merge/grouping.yaml").read_text("utf-8"))


def profiles(case: dict[str, Any], tmp_path: Path) -> ProfileSet:
    for name, text in case.get("profiles", {}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return load_profiles(tmp_path) if "profiles" in case else NO_PROFILES


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_grouping(case: dict[str, Any], tmp_path: Path) -> None:
    sheets = [sheet(spec) for spec in case["sheets"]]
    found = group(sheets, profiles(case, tmp_path))
    shown = [
        {
            "slug": one.slug,
            "when": one.when,
            "sources": [s.source.path for s in one.sheets],
            "profile": one.profile.name if one.profile else None,
            "issues": [issue.code for issue in one.issues],
        }
        for one in found
    ]
    assert shown == _bare(case)
    for one, expected in zip(found, case["groups"], strict=True):
        places = {q.quote.text: q.place for s in placed(one) for q in s.quantities}
        assert places == expected.get("places", places)


def _bare(case: dict[str, Any]) -> list[dict[str, Any]]:
    keys = ("slug", "when", "sources", "profile", "issues")
    return [{key: {"profile": None, "issues": [], **one}[key] for key in keys} for one in case["groups"]]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_group_makes_a_dossier_whatever_the_order_of_the_sources(case: dict[str, Any], tmp_path: Path) -> None:
    sheets = [sheet(spec) for spec in case["sheets"]]
    loaded = profiles(case, tmp_path)
    forwards, backwards = ([merge(one) for one in group(order, loaded)] for order in (sheets, sheets[::-1]))
    assert forwards == backwards
    for one, dossier in zip(group(sheets, loaded), forwards, strict=True):
        assert dossier.folder.split("/")[0] == one.slug
        if one.when is not None:
            assert dossier.folder.split("/")[1] == one.when


def test_no_sources_make_no_groups() -> None:
    assert group([]) == []


def test_a_profile_of_one_term_corrects_no_figure_of_another(tmp_path: Path) -> None:
    figure = {"quote": "143%", "kind": "percent", "value": 143, "unit": "%", "label": "thu ngân sách", "role": "attainment"}
    place = {"name": "Ngọc Thụy"}
    sheets = [
        sheet({"path": f"{term}.txt", "locality": place, "term": term, "quantities": [figure]})
        for term in ("2015-2020", "2020-2025")
    ]
    text = (
        "term: {value: 2020-2025, reason: nhiệm kỳ Đại hội XXII}\ndisplay: {length: full}\n"
        'facts:\n  - {correct: thu ngân sách, value: "134%", reason: theo báo cáo quyết toán}\n'
    )
    loaded = ProfileSet((parse_profile(text, "ngoc-thuy.yaml", read_amount),))
    old, new = (merge(one) for one in group(sheets, loaded))
    assert [str(one.value.amount.value) for one in (*old.quantities, *new.quantities)] == ["143", "134"]
    assert old.display.length == new.display.length == "full"


def test_settings_of_the_command_line_reach_localities_without_a_profile(tmp_path: Path) -> None:
    (tmp_path / "ha-dinh.yaml").write_text("display: {length: one-page}", "utf-8")
    loaded = load_profiles(tmp_path, ["display.length=full", "term=2015-2020"])
    sheets = [sheet({"path": f"{name}.txt", "locality": {"name": name}}) for name in ("Hạ Đình", "Ngọc Thụy")]
    dossiers = [merge(one) for one in group(sheets, loaded)]
    assert [one.folder for one in dossiers] == ["ha-dinh/2015-2020", "ngoc-thuy/2015-2020"]
    assert [one.display.length for one in dossiers] == ["full", "full"]
    assert all(one.term is not None and one.term.origin.ref == "--set term=2015-2020" for one in dossiers)
