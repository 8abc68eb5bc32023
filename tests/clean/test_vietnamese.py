"""Comparison keys, slugs and the order of the alphabet (model/vietnamese.py)."""

import random
import unicodedata

import pytest

from toolkit.model.vietnamese import fold_tones, key, slug, sort_key, strip_marks, syllables


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
    assert syllables("Đảng bộ phường 16, Q.4") == ["Đảng", "bộ", "phường", "Q"]


ORDERED = [
    *(
        "An",
        "Ăn",
        "Ân",
        "Bà",
        "Chi",
        "Da",
        "Dà",
        "Dả",
        "Dã",
        "Dá",
        "Dạ",
        "Đa",
        "Em",
        "Êm",
        "On",
        "Ôn",
        "Ơn",
        "Phường 2",
        "Phường 16",
    ),
    *("Tân An", "Tấn An 1", "Tân Ấp", "Tân Bình", "Un", "Ưng", "Yên"),
]


def test_order_of_the_alphabet():
    shuffled = ORDERED[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == ORDERED


def test_letters_of_the_whole_name_come_before_any_tone():
    assert sorted(["Hà Đông", "Hạ Bằng", "Ha Long"], key=sort_key) == ["Hạ Bằng", "Hà Đông", "Ha Long"]
    assert sort_key("hà") < sort_key("Hà") < sort_key("hạ")
