"""Scaffolds: valid as they stand, valid once their comments are taken away, and only what is new on a second run."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from toolkit.errors import ProfileError
from toolkit.model.amount import Amount, Kind
from toolkit.model.context import Level, Locality, Report, Role, Sector
from toolkit.model.fact import CitedDocument, FactSheet, Person, Quantity, Statement, StatementKind, Theme
from toolkit.model.text import Source
from toolkit.pipeline import read_amount, read_facts, scaffold_profiles
from toolkit.read.profile_reference import SCHEMA_FILE, schema_text
from toolkit.read.profile_scaffold import quoted, scaffold, scaffold_name
from toolkit.read.profiles import parse_profile

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
TEXT = 'Phường Hạ Đình: thu ngân sách đạt 143%; chủ đề "Đoàn kết: đổi mới"; đồng chí Trần Lan Hương; số 15-NQ/TW; còn chậm.'


def made_up() -> FactSheet:
    source = Source("seeds/a b.txt", TEXT, "0" * 64)

    def quote(words: str):
        start = TEXT.index(words)
        return source.quote(start, start + len(words))

    percent = Amount(Kind.PERCENT, Decimal(143), unit="%")
    figure = Quantity(
        "thu-ngan-sach.2019.attainment", quote("143%"), percent, "thu ngân sách", Role.ATTAINMENT, Sector.KINH_TE, "2019"
    )
    return FactSheet(
        source,
        Locality("Hạ Đình", Level.PHUONG, ("Thanh Xuân", "Hà Nội"), "ha-dinh"),
        term="2015-2020",
        next_term="2020-2025",
        congress=5,
        report=Report.FULL_TERM,
        theme=Theme("Đoàn kết: đổi mới", quote("Đoàn kết: đổi mới")),
        quantities=(figure,),
        people=(Person("Trần Lan Hương", ("Bí thư Đảng ủy", "Chủ tịch: HĐND"), (quote("Trần Lan Hương"),)),),
        documents=(CitedDocument("Nghị quyết", "15-NQ/TW", None, None, (quote("15-NQ/TW"),)),),
        limitations=(Statement(StatementKind.LIMITATION, quote("còn chậm"), "còn chậm", Sector.CHUNG),),
    )


def uncommented(text: str) -> str:
    """The scaffold with every ``# `` taken away from the lines that are YAML and a reason in place of each ``…``."""
    words = ("#", "yaml-language", "Hồ sơ", "Mọi khóa", "Số liệu", "…", "sources")
    lines = []
    for line in text.split("\n"):
        bare = line.replace("# ", "", 1) if line.lstrip().startswith("# ") else line
        said = bare.strip()
        if bare != line and (said.startswith(words) or not (said.startswith("- ") or ": " in said or said.endswith(":"))):
            continue
        lines.append(bare.replace('reason: "…"', "reason: theo nguồn chính thức").replace("[…]", "[A]").replace(": …", ": A"))
    return "\n".join(lines)


def test_a_scaffold_is_this() -> None:
    assert scaffold([made_up()]) == (Path(__file__).parents[1] / "cases/profiles/scaffold.yaml").read_text("utf-8")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_scaffold_settles_nothing_until_a_person_does(path: Path) -> None:
    text = scaffold([read_facts(path)])
    profile = parse_profile(text, f"profiles/{scaffold_name([read_facts(path)])}", read_amount)
    assert {leaf.path for leaf in profile.leaves if leaf.layer != "defaults"} <= {"locality.name", "locality.level"}


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_line_of_a_scaffold_is_sound_once_it_has_a_reason(path: Path) -> None:
    sheet = read_facts(path)
    profile = parse_profile(uncommented(scaffold([sheet])), "profiles/x.yaml", read_amount)
    assert len(profile.facts) == len(sheet.quantities)
    for rule, quantity in zip(profile.facts, sheet.quantities, strict=True):
        assert rule.target.name == quantity.id
        assert rule.value == " ".join(quantity.quote.text.split())


def test_a_reason_that_was_not_written_is_refused() -> None:
    text = uncommented(scaffold([made_up()])).replace("reason: theo nguồn chính thức", 'reason: "…"', 1)
    with pytest.raises(ProfileError, match="does not say why"):
        parse_profile(text, "profiles/x.yaml", read_amount)


def test_a_second_run_offers_only_what_is_new() -> None:
    sheet = made_up()
    first = scaffold([sheet])
    assert scaffold([sheet], first) == ""
    lines = first.split("\n")
    without = "\n".join(line for line in lines if "thu-ngan-sach" not in line)
    offered = scaffold([sheet], without)
    assert "#   - correct: thu-ngan-sach.2019.attainment" in offered
    assert "locality" not in offered


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("thu-ngan-sach.2019", "thu-ngan-sach.2019"),
        ("no", '"no"'),
        ("143%", '"143%"'),
        ('Chủ đề: "Đoàn kết"', '"Chủ đề: \\"Đoàn kết\\""'),
        ("hai\ndòng", '"hai dòng"'),
        ("2019.5", '"2019.5"'),
    ],
)
def test_texts_are_quoted_where_yaml_needs_it(text: str, written: str) -> None:
    assert quoted(text) == written
    profile = parse_profile(f"title: {written}", "x.yaml")
    assert profile.title is not None
    assert profile.title.value == " ".join(text.split())


def test_the_name_of_a_scaffold_is_the_folder_of_its_brief() -> None:
    assert scaffold_name([made_up()]) == "ha-dinh.yaml"


def test_the_schema_that_a_scaffold_names_is_put_beside_it_once(tmp_path: Path) -> None:
    sheet = read_facts(SEEDS[0])
    ((path, text, fresh),) = scaffold_profiles([sheet], tmp_path / "profiles")
    assert fresh
    assert path.read_text("utf-8") == text
    schema = path.parent / SCHEMA_FILE
    assert f"$schema={SCHEMA_FILE}" in text
    assert schema.read_text("utf-8") == schema_text()
    schema.write_text("{}", "utf-8")
    path.unlink()
    list(scaffold_profiles([sheet], tmp_path / "profiles"))
    assert schema.read_text("utf-8") == "{}"
