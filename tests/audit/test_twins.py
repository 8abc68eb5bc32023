"""What leaves without marks is held against the marked page it was made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_audit import MONEY, QUOTED, TEXT, brief, dossier

from toolkit.audit import audit
from toolkit.errors import AuditError
from toolkit.model.artifact import Artifact
from toolkit.pipeline import read_amounts

SAID = TEXT.split(".", 1)[1]
START = TEXT.index(SAID)
QUOTE = QUOTED.replace('data-start="0"', f'data-start="{START}"').format(end=len(TEXT), text=SAID)
MARKED = f"<table><tr><td><p>Thu ngân sách: {MONEY}</p>{QUOTE}</td></tr></table>".encode()
FRAGMENT = (
    f'<table><tr><td><p style="margin:0">Thu ngân sách: <span>11 tỷ 708&nbsp;triệu đồng</span></p><p>{SAID}</p></td></tr></table>'
)
PLAIN = f"THU NGÂN SÁCH\n\n1. Thu ngân sách: 11 tỷ 708 triệu\n   đồng\n\n{SAID}\n\nhttps://example.vn/2031/a.html\n"
KINDS = {"text/html": FRAGMENT, "text/plain": PLAIN, "text/markdown": PLAIN.replace("(", "\\(")}


def look(kind: str, text: str, marked: bytes = MARKED) -> int:
    return audit(brief(), dossier(), [Artifact("newsletter/x", kind, text.encode(), marked)], read_amounts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_true_twin_passes(kind: str) -> None:
    assert look(kind, KINDS[kind]) > 0


@pytest.mark.parametrize(
    ("kind", "old", "new", "fault"),
    [
        ("text/html", "708", "780", "the words differ from those audited"),
        ("text/html", "triệu đồng", "nghìn đồng", "the words differ from those audited"),
        ("text/html", "Thu ngân sách:", "Thu ngân sách 2019:", "the words differ from those audited"),
        ("text/html", "<p style", '<p title="58 dự án" style', "58 stands in no fact"),
        ("text/plain", "708", "780", "the figure .* is missing"),
        ("text/plain", "triệu", "nghìn", "the figure .* is missing"),
        ("text/plain", "THU NGÂN", "58 dự án. THU NGÂN", "58 stands in no fact"),
        ("text/plain", "Công văn", "công văn số", "not the source's words"),
        ("text/markdown", "triệu", "nghìn", "the figure .* is missing"),
        ("text/markdown", "143%", "134%", "134 stands in no fact"),
        ("text/markdown", "Công văn", "Thông báo", "not the source's words"),
    ],
)
def test_a_twin_that_says_something_else_is_stopped(kind: str, old: str, new: str, fault: str) -> None:
    assert old in KINDS[kind]
    with pytest.raises(AuditError, match=fault):
        look(kind, KINDS[kind].replace(old, new, 1))


@pytest.mark.parametrize("kind", [*KINDS, "image/png"])
def test_the_marked_page_itself_is_audited(kind: str) -> None:
    with pytest.raises(AuditError, match="does not read as the value"):
        look(kind, KINDS.get(kind, ""), MARKED.replace(b"708", b"780"))


def test_a_figure_printed_less_often_is_missed() -> None:
    twice = MARKED.replace(b"</table>", f"<tr><td>{MONEY}</td></tr></table>".encode())
    with pytest.raises(AuditError, match="is missing"):
        look("text/plain", PLAIN, twice)


def test_a_page_that_may_bear_its_marks_is_read_as_before() -> None:
    plain = replace(Artifact("brief.html", "text/html", MARKED), marked=b"")
    assert audit(brief(), dossier(), [plain], read_amounts) > 0
