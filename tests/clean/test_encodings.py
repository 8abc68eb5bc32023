"""TCVN3, VNI and mangled UTF-8 become Unicode with their places; nothing else is touched."""

import unicodedata
from pathlib import Path

import pytest

from toolkit.clean import clean
from toolkit.clean.encodings import legacy
from toolkit.lexicon import load
from toolkit.model.text import Source
from toolkit.read import read_bytes

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
DATA = load("vi/encodings")
TEXT = "Đảng bộ xã Tân Lập có 13 chi bộ, với 320 đảng viên. Thu ngân sách đạt 120% kế hoạch."


def typed_in_tcvn3(text: str) -> str:
    table = DATA["tcvn3"]
    return "".join(table.get(c, table.get(c.lower(), c)) for c in text)


def typed_in_vni(text: str) -> str:
    table = dict(DATA["vni"]["alone"])
    bases = {"after_ô": "ô", "after_ö": "ö"}
    for group, signs in DATA["vni"].items():
        if group != "alone":
            base = bases.get(group, group[-1])
            table.update({letter: base + sign for letter, sign in signs.items()})
    return "".join(table.get(c, table[c.lower()].upper() if c.lower() in table else c) for c in text)


def cleaned(text: str, **more: object):
    return clean(Source("x.txt", text, "0" * 64, **more))


@pytest.mark.parametrize("example", DATA["examples"], ids=lambda e: e["encoding"])
def test_examples(example):
    assert cleaned(example["typed"]).text == example["meant"]


@pytest.mark.parametrize("typed", [typed_in_tcvn3, typed_in_vni])
@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_a_whole_article_comes_back(path, typed):
    text = cleaned(path.read_bytes().decode()).text
    back = cleaned(typed(text)).text
    assert back.lower() == text.lower()


@pytest.mark.parametrize("typed", [typed_in_tcvn3, typed_in_vni])
def test_a_file_of_its_bytes_is_read(typed):
    cleaned_file = clean(read_bytes(f"{typed('Đảng bộ xã Tân Lập tổng kết')}\n\n{typed(TEXT)}".encode("cp1252"), "cu.txt"))
    assert cleaned_file.text.endswith(TEXT)
    assert cleaned_file.source.title == "Đảng bộ xã Tân Lập tổng kết"


def test_utf8_read_as_western_letters_comes_back():
    assert cleaned(TEXT.encode().decode("latin-1")).text == TEXT
    assert cleaned(TEXT.encode().decode("cp1252", errors="ignore")).text == TEXT


@pytest.mark.parametrize("typed", [typed_in_tcvn3, typed_in_vni])
def test_places_are_kept(typed):
    found = cleaned(typed(TEXT))
    start = found.text.lower().index("kế hoạch")
    assert found.quote(start, start + 8).text == typed("kế hoạch")


def test_one_document_may_mix():
    text = f"{typed_in_tcvn3(TEXT)}\n{TEXT}\n{typed_in_vni(TEXT)}\nIn English, naïve.\n{typed_in_tcvn3('Danh mục')}"
    assert cleaned(text).text.lower() == f"{TEXT}\n{TEXT}\n{TEXT}\nIn English, naïve.\nDanh mục".lower()


def test_a_heading_in_capitals_stays_in_capitals():
    assert cleaned("§¶NG Bé X· T¢N LËP B¸O C¸O KÕT QU¶").text == "ĐẢNG BỘ XÃ TÂN LẬP BÁO CÁO KẾT QUẢ"


def test_the_title_is_repaired_too():
    assert cleaned(typed_in_tcvn3(TEXT), title=typed_in_tcvn3(TEXT)).source.title == TEXT
    assert cleaned(TEXT, title=unicodedata.normalize("NFD", "Đại hội  Đảng")).source.title == "Đại hội Đảng"


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo kinh tế",
        "Háo hức quá, cô giáo hát hò, cá kho và canh cà",
        "Hoà thoáng, quý hoá, xoá mù, toàn khoá, thuý vi",
        "Danh mục © 2020 «Báo cáo» ® µm ½ ha ± 5°C",
        "L'été dernier, où était ça? Les élèves français étaient très déçus à l'hôtel près de la forêt.",
        "Führer, Straße, größer, schön, für Übung und Maß über Äpfel",
        "La niña está aquí; el señor también comió jamón en Málaga el año pasado.",
        "Hà Nội, Đà Nẵng, Huế",
        "10 × 20 ÷ 5 = 40 · 2",
        "ÁO DÀI, HOÀ BÌNH, VÙNG CÁT",
        "",
    ],
)
def test_other_text_is_not_touched(text):
    assert list(legacy(text)) == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_unicode_articles_are_not_touched(path):
    assert list(legacy(path.read_bytes().decode())) == []
    for line in path.read_bytes().decode().splitlines():
        assert list(legacy(line)) == []
