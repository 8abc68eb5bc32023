"""Page furniture: pages of cases, and every entry of the lexicon with its example and its near miss."""

import re
import runpy
from pathlib import Path

import pytest
import yaml

from toolkit.clean import clean
from toolkit.clean.captions import has_figure
from toolkit.clean.furniture import compiled, is_stamp, line_rules
from toolkit.clean.signatures import is_signature
from toolkit.lexicon import load
from toolkit.read import read_bytes, read_source

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/clean/furniture.yaml").read_text("utf-8"))
PARAGRAPHS = {
    "P": "Trong nhiệm kỳ qua, Đảng bộ phường đã lãnh đạo thực hiện thắng lợi các nhiệm vụ phát triển kinh tế - xã hội, thu "
    "ngân sách hằng năm đều vượt kế hoạch, đời sống của nhân dân được nâng lên rõ rệt, an ninh trật tự được giữ vững.",
    "Q": "Thời gian tới, phường tiếp tục đổi mới phương thức lãnh đạo, nâng cao chất lượng sinh hoạt chi bộ, huy động mọi nguồn "
    "lực để hoàn thành các chỉ tiêu còn lại của nghị quyết đại hội, phấn đấu không còn hộ nghèo trước năm 2030.",
}
DATA = load("vi/furniture")


def filled(text: str) -> str:
    return re.sub(r"\b[PQ]\b", lambda match: PARAGRAPHS[match[0]], text)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_page(case):
    cleaned = clean(read_bytes(filled(case["text"]).encode(), "page.txt"))
    assert [cleaned.source.text[n.span.start : n.span.end] for n in cleaned.noise] == case["noise"]
    kept = "".join(cleaned.text[s.span.start : s.span.end] for s in cleaned.sentences)
    assert not any(noise in kept for noise in case["noise"] if cleaned.source.text.count(noise) == 1)
    assert PARAGRAPHS["P"] not in filled(case["text"]) or "thắng lợi các nhiệm vụ" in kept


@pytest.mark.parametrize("entry", DATA["lines"], ids=lambda e: f"{e['why']}: {e['example'][:30]}")
def test_line_entry(entry):
    assert compiled(entry).fullmatch(entry["example"])
    if "not" in entry:
        assert not any(rule.pattern.fullmatch(entry["not"]) for rule in line_rules())


@pytest.mark.parametrize("entry", DATA["datelines"], ids=lambda e: e["example"][:20])
def test_dateline_entry(entry):
    assert compiled(entry).match(entry["example"])
    if "not" in entry:
        match = compiled(entry).match(entry["not"])
        assert match is None or set(re.findall(r"\w+", match[0])) & set(DATA["dateline_never"])


@pytest.mark.parametrize("entry", DATA["inline"], ids=lambda e: e["example"])
def test_inline_entry(entry):
    match = compiled(entry).search(entry["example"])
    assert match
    assert match[0] == entry.get("part", entry["example"])
    assert "not" not in entry or not compiled(entry).search(entry["not"])


@pytest.mark.parametrize("text", DATA["stamp"]["examples"])
def test_stamps(text):
    assert is_stamp(text)


@pytest.mark.parametrize("text", DATA["stamp"]["not"])
def test_no_stamps(text):
    assert not is_stamp(text)


@pytest.mark.parametrize("entry", DATA["captions"]["shows"], ids=lambda e: e["begins"])
def test_caption_words(entry):
    page = f"Phường Tân An vươn lên\n\n{PARAGRAPHS['P']}\n\n{entry['example']}\n\n{PARAGRAPHS['Q']}"
    cleaned = clean(read_bytes(page.encode(), "page.txt"))
    assert [(n.why, page[n.span.start : n.span.end]) for n in cleaned.noise] in (
        [("caption", entry["example"])],
        [("photo-credit", entry["example"])],
    )


@pytest.mark.parametrize(
    "text", ["Minh Tâm", "HỮU KHOA", "Thu Hà - Văn Hải", "Kim Oanh (CTV)", "Hoàng Nhung - Trung tâm VH,TT&TT", "Bảo Khánh"]
)
def test_signatures(text):
    assert is_signature(text)


@pytest.mark.parametrize(
    "text", ["Phường Tân An", "Hà Nội", "Kết quả đạt được", "BÍ THƯ", "Ban Chấp Hành", "Năm 2022", "Thu Hà đã hiến đất"]
)
def test_no_signatures(text):
    assert not is_signature(text)


@pytest.mark.parametrize(
    ("text", "figure"), [("lần thứ 2 năm 2020", False), ("Phường 9", False), ("12 tập thể", True), ("đạt 95%", True)]
)
def test_figures_in_captions(text, figure):
    assert has_figure(text) is figure


def test_real_pages_keep_their_floor():
    evaluation = runpy.run_path(str(Path(__file__).parents[1] / "eval/noise.py"), run_name="noise")
    found = evaluation["score"](evaluation["own_pairs"]("dev"))
    assert found.precision >= 0.95
    assert found.recall >= 0.85


def test_no_annotated_figure_is_left_out_or_cut():
    evaluation = runpy.run_path(str(Path(__file__).parents[1] / "eval/noise.py"), run_name="noise")
    lost = []
    for article, annotation in evaluation["own_pairs"]("dev"):
        cleaned = clean(read_source(article))
        spans = [cleaned.span(s.span.start, s.span.end) for s in cleaned.sentences]
        for quantity in yaml.safe_load(annotation.read_text("utf-8"))["quantities"]:
            places = list(evaluation["_places"](cleaned.source.text, quantity["quote"]))
            if not any(span.start <= a and b <= span.end for a, b in places for span in spans):
                lost.append((article.stem, quantity["quote"]))
    assert lost == []


@pytest.mark.parametrize("name", [*load("vi/places")["cities"], *load("vi/places")["provinces"], *DATA["places"]])
def test_names_of_provinces_are_no_signatures(name):
    assert not is_signature(name)
    assert not is_signature(name.upper())
