"""Layers of profiles: what the merged values are, where each was written, what it hid; and faults that show between files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import ProfileError
from toolkit.model.profile import Mark, Profile, ProfileSet
from toolkit.pipeline import read_amount
from toolkit.read.profiles import load_profiles

CASES = Path(__file__).parents[1] / "cases/profiles"
LAYERS = yaml.safe_load((CASES / "layers.yaml").read_text("utf-8"))
FOLDERS = yaml.safe_load((CASES / "folders.yaml").read_text("utf-8"))


def folder(tmp_path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def load(tmp_path: Path, case: dict[str, Any]) -> ProfileSet:
    return load_profiles(folder(tmp_path, case["files"]), case.get("settings", ()), read_amount)


def short(text: str, tmp_path: Path) -> str:
    return text.replace(tmp_path.as_posix() + "/", "")


def place(mark: Mark, tmp_path: Path) -> str:
    if "profile-defaults" in mark.file:
        return "defaults"
    return short(f"{mark.file}:{mark.line}" if mark.line else mark.file, tmp_path)


def named(profiles: ProfileSet, name: str) -> Profile:
    return next(profile for profile in profiles.profiles if profile.name == name)


@pytest.mark.parametrize("case", LAYERS, ids=[case["name"] for case in LAYERS])
def test_layers(case: dict[str, Any], tmp_path: Path) -> None:
    loaded = load(tmp_path, case)
    profile = named(loaded, case["profile"])
    leaves = {leaf.path: leaf for leaf in profile.leaves}
    for path, expected in case["leaves"].items():
        leaf = leaves[path]
        assert leaf.value == expected["value"], path
        assert place(leaf.mark, tmp_path) == expected["where"], path
        assert [[value, place(mark, tmp_path)] for value, mark in leaf.hid] == expected.get("hid", []), path
    assert not set(case.get("absent", ())) & set(leaves)
    found = [short(issue.message, tmp_path) for issue in loaded.issues if issue.code != "profile-unknown-place"]
    assert found == case.get("issues", [])
    if "layers" in case:
        assert [short(layer, tmp_path) for layer in profile.layers] == case["layers"]


@pytest.mark.parametrize("case", FOLDERS, ids=[case["name"] for case in FOLDERS])
def test_faults_between_files(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        load(tmp_path, case)
    said = [short(f"{one.where} {one.message} → {one.remedy}", tmp_path) for one in caught.value.issues]
    assert said == case["faults"]


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("title: Hạ Đình".encode("utf-16"))
    with pytest.raises(ProfileError, match="not UTF-8"):
        load_profiles(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufefftitle: Hạ Đình\r\nreport: {value: annual, reason: theo tít bài}\r\n".encode())
    profile = load_profiles(tmp_path).profiles[0]
    assert profile.title is not None
    assert profile.title.value == "Hạ Đình"
    assert profile.report is not None
    assert profile.report.mark.line == 2


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder(tmp_path, {"README.md": "x", "a.yaml": "title: x", ".b.yaml": "titel: x", "profile.schema.json": "{}"})
    assert [profile.name for profile in load_profiles(tmp_path).profiles] == ["a"]


def test_without_a_folder_there_are_no_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_profiles(None).profiles == ()


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        (
            "locality: {name: Hạ Dình, level: phường}",
            "locality.name: no unit is known as “phường Hạ Dình”",
            "did you mean “phường Hạ Đình” (Thanh Xuân, Hà Nội)",
        ),
        (
            "locality: {name: Ngọc Thụy, level: xã}",
            "locality.name: no unit is known as “xã Ngọc Thụy”",
            "did you mean “phường Ngọc Thụy” (Long Biên, Hà Nội)?",
        ),
        (
            "locality: {name: Ngọc Thụy, level: phường, parents: [Hà Đông], reason: theo bài viết}",
            "locality.name: no unit is known as “phường Ngọc Thụy” (Hà Đông)",
            "did you mean “phường Ngọc Thụy” (Long Biên, Hà Nội)?",
        ),
        (
            "locality: {name: Xyzzyq}",
            "locality.name: no unit is known as “Xyzzyq”",
            "check name, level and parents; nhiemky place shows what is known",
        ),
    ],
)
def test_a_misspelt_locality_is_no_fault_but_is_said(text: str, says: str, remedy: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    (issue,) = load_profiles(tmp_path).issues
    assert issue.message == says
    assert issue.remedy.startswith(remedy)
    assert issue.where.endswith(f"a.yaml:1:{text.index('name: ') + 7}")


def test_units_of_both_eras_are_known(tmp_path: Path) -> None:
    for i, name in enumerate(("phường Hạ Đình", "phường Khương Đình", "quận Thanh Xuân", "xã Ba Tơ")):
        level, _, rest = name.partition(" ")
        (tmp_path / f"{i}.yaml").write_text(f"locality: {{name: {rest}, level: {level}}}", "utf-8")
    assert load_profiles(tmp_path).issues == ()
