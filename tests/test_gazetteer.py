"""Administrative units: the places of the seeds, the known faults of the data, and nothing decided in silence."""

import pytest

from toolkit.gazetteer import Era, describe_place, gazetteer, parse_place, resolve
from toolkit.gazetteer.rows import table
from toolkit.lexicon import load
from toolkit.messages import say
from toolkit.model.context import Level, Locality


def successors(text: str, era: Era = Era.OLD) -> dict[str, str]:
    place = parse_place(text)
    (unit,) = [u for u in gazetteer().find(place.name, place.level, place.parents) if u.era is era]
    return {s.name: s.share for s in unit.successors}


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("phường Hạ Đình, Thanh Xuân", {"Khương Đình", "Thanh Liệt"}),
        ("phường Thanh Xuân Bắc, quận Thanh Xuân", {"Thanh Xuân", "Thanh Liệt"}),
        ("phường Kiến Hưng, Hà Đông", {"Kiến Hưng", "Phú Lương", "Đại Thanh"}),
        ("P. Phú La, Q. Hà Đông, TP. Hà Nội", {"Kiến Hưng", "Dương Nội"}),
        ("phường Ngọc Thuỵ, Long Biên", {"Hồng Hà", "Bồ Đề"}),
        ("Phường Ngọc Thụy quận Long Biên", {"Hồng Hà", "Bồ Đề"}),
        ("phường Đức Thắng, Bắc Từ Liêm", {"Đông Ngạc"}),
    ],
)
def test_seed_places_keep_every_target(text, targets):
    assert set(successors(text)) == targets


def test_a_divided_commune_has_parts_and_a_merged_one_is_whole():
    assert set(successors("phường Hạ Đình, Thanh Xuân").values()) == {"part"}
    assert successors("phường Đức Thắng, Bắc Từ Liêm") == {"Đông Ngạc": "whole"}


def test_status_is_computed_and_not_believed():
    # The rows call Đức Thắng "renamed", although other wards went into Đông Ngạc too.
    (unit,) = gazetteer().find("Đức Thắng", Level.PHUONG, ("Bắc Từ Liêm",))
    assert unit.status == "merged"
    (kept,) = [u for u in gazetteer().find("Hà Nội", Level.THANH_PHO) if u.era is Era.OLD]
    assert (kept.status, kept.code) == ("kept", "01")


def test_names_that_differ_in_marks_only_are_two_units():
    assert {s.name for u in gazetteer().find("Ba Cung", Level.XA, ("Ba Tơ",)) for s in u.successors} == {"Ba Tơ"}
    assert {s.name for u in gazetteer().find("Ba Tô", Level.XA, ("Ba Tơ",)) for s in u.successors} == {"Ba Tô"}
    assert successors("Xã Nậm Cắn, Huyện Kỳ Sơn") == {"Nậm Cắn": "whole"}
    assert successors("Xã Nậm Càn, Huyện Kỳ Sơn") == {"Na Ngoi": "whole"}


def test_no_unit_has_an_empty_name_but_islands_without_communes():
    unnamed = [old for old in table().targets if not old[2]]
    assert len(unnamed) == 5
    assert all(new[1] for new in table().origins)
    (island,) = gazetteer().find("Lý Sơn", Level.DAC_KHU)
    assert (island.province, island.status) == ("Quảng Ngãi", "kept")


def test_crossed_communes_of_one_name_go_where_their_district_went():
    assert successors("xã Phú Hữu, Châu Thành, Hậu Giang") == {"Phú Hữu": "whole"}
    assert successors("xã Phú Hữu, Long Phú, Sóc Trăng") == {"Trường Khánh": "whole"}


def test_a_numbered_ward_needs_its_district():
    assert len(gazetteer().find("Phường 16")) > 3
    (unit,) = gazetteer().find("P.16", parents=("Q.4", "TP.HCM"))
    assert (unit.name, unit.district, unit.province) == ("16", "4", "Hồ Chí Minh")
    assert gazetteer().find("Phường 05", parents=("Quận 8",)) == gazetteer().find("Phường 5", parents=("Quận 8",)) != []


def test_an_ambiguous_name_stays_ambiguous():
    found = resolve(Locality("Tân Lập", Level.XA))
    assert (found.status, found.successors, found.inferred_parents) == ("ambiguous", (), ())


def test_an_unknown_name_is_left_as_it_is():
    place = Locality("Không Đâu Có", Level.XA, ("Hà Nội",))
    found = resolve(place)
    assert (found.status, found.parents, found.slug) == (None, ("Hà Nội",), "khong-dau-co")
    assert gazetteer().find("Hạ Đình", Level.PHUONG, ("Cầu Giấy",)) == []


def test_the_date_chooses_between_old_and_new_unit_of_one_name():
    place = Locality("Kiến Hưng", Level.PHUONG, ("Hà Nội",))
    assert resolve(place).status == "ambiguous"
    assert resolve(place, "2025-08-05").predecessors == ("Hà Cầu", "Kiến Hưng", "Phú La", "Phú Lương", "Quang Trung")
    assert resolve(place, "2023").status == "divided"


def test_inferred_parents_are_kept_apart_from_named_ones():
    found = resolve(Locality("Hạ Đình", Level.PHUONG, ("Thanh Xuân",)))
    assert (found.parents, found.inferred_parents) == (("Thanh Xuân",), ("Hà Nội",))


def test_district_and_province_of_one_name():
    assert {u.district for u in gazetteer().find("Hưng Đạo", Level.XA, ("Cao Bằng",))} > {"Cao Bằng"}
    (unit,) = gazetteer().find("Xã Hưng Đạo", parents=("Thành phố Cao Bằng", "Tỉnh Cao Bằng"))
    assert unit.district == "Cao Bằng"
    assert gazetteer().find("Hưng Đạo", Level.XA, ("Cao Bằng", "Cao Bằng")) == [unit]


def test_a_parent_may_be_named_by_the_province_of_either_era():
    old, new = (
        gazetteer().find("Phú Hữu", Level.XA, ("Long Phú", "Sóc Trăng")),
        gazetteer().find("Phú Hữu", Level.XA, ("Long Phú", "Cần Thơ")),
    )
    assert len(old) == 1
    assert old == new


@pytest.mark.parametrize(
    ("text", "name", "level", "parents"),
    [
        ("phường Hạ Đình, Thanh Xuân", "Hạ Đình", Level.PHUONG, ("Thanh Xuân",)),
        ("xã Vọng Đông (Thoại Sơn, An Giang)", "Vọng Đông", Level.XA, ("Thoại Sơn", "An Giang")),
        ("P.16, Q.4, TP.HCM", "16", Level.PHUONG, ("4", "Hồ Chí Minh")),
        ("phường 16 quận 4", "16", Level.PHUONG, ("4",)),
        ("X. Tân Lập - H. Đan Phượng - Hà Nội", "Tân Lập", Level.XA, ("Đan Phượng", "Hà Nội")),
        ("thị trấn Côn Đảo, Bà Rịa - Vũng Tàu", "Côn Đảo", Level.THI_TRAN, ("Bà Rịa - Vũng Tàu",)),
        ("TT. Phùng", "Phùng", Level.THI_TRAN, ()),
        ("Phù Đổng", "Phù Đổng", None, ()),
        ("", "", None, ()),
    ],
)
def test_places_as_people_write_them(text, name, level, parents):
    place = parse_place(text)
    assert (place.name, place.level, place.parents) == (name, level, parents)


@pytest.mark.parametrize("entry", load("vi/levels")["levels"], ids=lambda e: e["level"])
def test_every_level_reads_its_example(entry):
    assert parse_place(entry["example"]).level == Level(entry["level"])


@pytest.mark.parametrize("entry", [*load("vi/levels")["aliases"], *load("vi/levels")["former"]], ids=lambda e: e["alias"])
def test_every_other_name_of_a_place_is_known(entry):
    place = parse_place(entry["example"])
    assert gazetteer().find(place.name, place.level)


def test_a_dash_inside_a_name_parts_no_parents():
    units = {name for unit in {**table().targets, **table().origins} for name in unit}
    dashed = {name for name in units if " - " in name}
    assert len(dashed) >= 8
    for name in dashed:
        place = parse_place(f"{name} – Nơi Khác")
        assert f"{place.level} {place.name}".lower() == name.lower()
        assert place.parents == ("Nơi Khác",)


def test_every_commune_is_found_again_under_its_parents():
    for province, district, name in list(table().targets)[::97]:
        assert not name or len(gazetteer().find(name, parents=(district, province))) >= 1


def test_a_description_names_both_eras():
    lines = describe_place("phường Kiến Hưng, Hà Nội")
    assert any(say("place.old") in line for line in lines)
    assert any(say("place.new") in line for line in lines)
    assert "  ← Hà Cầu, Kiến Hưng, Phú La, Phú Lương, Quang Trung" in lines
    assert describe_place("xã Không Đâu Có") == []
