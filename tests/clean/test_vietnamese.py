"""Comparison keys and slugs (model/vietnamese.py)."""

import unicodedata

import pytest

from toolkit.model.vietnamese import fold_tones, key, name_key, slug, strip_marks


@pytest.mark.parametrize(("old", "new"), [("hòa", "hoà"), ("THỦY", "THUỶ"), ("Khỏe", "Khoẻ"), ("lúy", "luý"), ("họe", "hoẹ")])
def test_both_places_of_the_tone_are_one_key(old, new):
    assert fold_tones(old) == fold_tones(new)
    assert len(fold_tones(old)) == len(old)


def test_different_words_stay_apart():
    assert len({key(word) for word in ("Ba Tơ", "Ba Tô", "của", "cùa", "hoa", "hoà", "hoá")}) == 7
    assert key(unicodedata.normalize("NFD", "Đảng  ỦY")) == key("đảng uỷ")


def test_marks_and_slugs():
    assert strip_marks("Đường Ðại Ễnh ương ữ") == "Duong Dai Enh uong u"
    assert (slug("Hạ Đình"), slug("16"), slug("Cư M'gar"), slug("  ")) == ("ha-dinh", "16", "cu-m-gar", "")


@pytest.mark.parametrize(
    ("one", "other"), [("Phường  NGỌC Thuỷ", "phường Ngọc Thủy"), ("Ðức Thắng", "ĐỨC THẮNG"), ("Cư M'gar", "cư m gar")]
)
def test_ways_of_typing_a_name_are_one_key(one, other):
    assert name_key(one) == name_key(other) == name_key(unicodedata.normalize("NFD", other))


def test_names_that_differ_in_a_mark_stay_apart():
    assert len({name_key(word) for word in ("Ba Tơ", "Ba Tô", "Thủy", "Thụy", "Hoa", "Hòa", "Hoá", "Da", "Đa")}) == 9
