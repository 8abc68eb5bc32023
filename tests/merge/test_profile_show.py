"""``profile show`` explains every difference that a profile makes: on the five seeds, with and without their profiles."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from toolkit.merge import group, merge
from toolkit.model.dossier import Dossier
from toolkit.model.profile import NO_PROFILES, Profile, ProfileSet
from toolkit.pipeline import read_amount, read_facts
from toolkit.read.profile_show import show, show_data
from toolkit.read.profiles import load_profiles

ROOT = Path(__file__).parents[2]
NAMES = ["duc-thang", "ha-dinh", "kien-hung", "ngoc-thuy", "thanh-xuan"]
LISTS = ("documents", "people", "awards", "limitations", "lessons", "next_tasks", "initiatives")


@cache
def profiles() -> ProfileSet:
    return load_profiles(ROOT / "profiles", read_amount=read_amount)


@cache
def dossiers(name: str) -> tuple[Dossier, Dossier, Profile]:
    """Without and with its profile, and the profile."""
    sheet = read_facts(next((ROOT / "seeds").glob(f"{name}-*.txt")))
    (without,), (with_,) = ([merge(one) for one in group([sheet], loaded)] for loaded in (NO_PROFILES, profiles()))
    found = profiles().of(name)
    assert found is not None
    return without, with_, found


@pytest.mark.parametrize("name", NAMES)
def test_every_change_is_shown(name: str) -> None:
    without, with_, profile = dossiers(name)
    printed = show(profile, with_)
    before = {one.value.id: one.value for one in without.quantities}
    after = {one.value.id: one.value for one in with_.quantities}
    changed = {key for key in before if before[key] != after.get(key)} | (set(after) - set(before))
    assert all(key in printed for key in changed)
    for field in LISTS:
        names = {str(one.value) for one in getattr(without, field)} ^ {str(one.value) for one in getattr(with_, field)}
        assert not names or f"  {field}: " in printed
    for field in ("term", "congress", "theme", "next_term"):
        if getattr(without, field) != getattr(with_, field):
            assert f"  {field}: " in printed
    if without.locality.parents != with_.locality.parents:
        assert "  locality.parents: " in printed


@pytest.mark.parametrize("name", NAMES)
def test_every_profile_of_the_seeds_changes_something_and_none_is_stale(name: str) -> None:
    without, with_, _ = dossiers(name)
    assert without != with_
    codes = {issue.code for issue in with_.issues if issue.code.startswith("profile-")}
    assert codes <= {"profile-hidden"}


@pytest.mark.parametrize("name", NAMES)
def test_figures_that_no_profile_names_stay_as_they_are(name: str) -> None:
    without, with_, profile = dossiers(name)
    after = {one.value.id: one.value for one in with_.quantities}
    untouched = [one.value for one in without.quantities if after.get(one.value.id) == one.value]
    assert len(untouched) >= len(without.quantities) - len(profile.facts)


def test_what_is_shown_of_a_small_profile() -> None:
    from toolkit.read.profiles import parse_profile

    profile = parse_profile("display: {length: full}\ntitle: Một\n", "profiles/x.yaml", settings=["title=Hai"])
    assert show(profile) == (
        "x: --set ← profiles/x.yaml ← defaults\n"
        "  display.length  full  (profiles/x.yaml:1:19)\n"
        "                  hides standard  (toolkit/data/profile-defaults.yaml:3:11)\n"
        "  display.style   an-pham  (toolkit/data/profile-defaults.yaml:4:10)\n"
        "  title           Hai  (--set title=Hai)\n"
        "                  hides Một  (profiles/x.yaml:2:8)\n"
    )
    assert show_data(profile)[0] == {
        "path": "display.length",
        "value": "full",
        "layer": "profiles/x.yaml",
        "where": "profiles/x.yaml:1:19",
        "hid": [{"value": "standard", "where": "toolkit/data/profile-defaults.yaml:3:11"}],
    }
