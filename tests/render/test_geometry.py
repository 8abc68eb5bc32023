"""The measuring of pages, held against a PDF whose every place is written here."""

from __future__ import annotations

import pytest
from geometry import MM, measure

_CONTENT = """
BT /R 14 Tf 85 700 Td (Left words) Tj ET
BT /B 7 Tf 2 0 0 2 400 700 Tm (Right) Tj ET
BT /R 9 Tf 146.5 704 Td (1) Tj ET
85 690 200 0.75 re f
1 w 85 600 m 285 600 l S
85 500 200 40 re 85 500.5 200 39.5 re f*
0.5 w 300 400 m 300 480 l S
BT /R 12 Tf 285 440 Td (a) Tj ET
BT /R 12 Tf 302 440 Td (b) Tj ET
85 100 300 50 re f
"""


def _pdf(content: str) -> bytes:
    fonts = "/R << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> /B << /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Contents 4 0 R /Resources << /Font << {fonts} >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    )
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
    return f"{made}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def test_measures_lines() -> None:
    (sheet,) = measure(_pdf(_CONTENT))
    assert (round(sheet.width, 1), round(sheet.height, 1), sheet.landscape) == (210.0, 297.0, False)
    left, right = sheet.line("Left words"), sheet.line("Right")
    assert left.text == "Left words1", "a raised number belongs to the line it touches"
    assert left.x0 == pytest.approx(85 * MM, abs=0.05)
    assert left.y == pytest.approx((841.89 - 700) * MM, abs=0.05)
    assert (left.size, left.bold, left.italic) == (14, False, False)
    assert (right.size, right.bold) == (14, True), "sizes are those after scaling"
    assert right.x0 == pytest.approx(400 * MM, abs=0.05)


def test_measures_rules() -> None:
    (sheet,) = measure(_pdf(_CONTENT))
    assert [round((297 - rule.y) / MM) for rule in sheet.rules] == [690, 600, 500], "bar, stroke, the drawn side of a frame; no box"
    assert all(
        rule.x0 == pytest.approx(85 * MM, abs=0.3) and rule.length == pytest.approx(200 * MM, abs=0.4) for rule in sheet.rules
    )
    assert [rule.length for rule in sheet.uprights] == [pytest.approx(80 * MM, abs=0.4)]
    assert sheet.rule_below(sheet.line("Left words")) == sheet.rules[0]
    assert sheet.rule_below(sheet.line("Right")) is None


def test_a_rule_parts_cells() -> None:
    (sheet,) = measure(_pdf(_CONTENT))
    assert sheet.line("a").text == "a"
    assert sheet.line("b").text == "b"


def test_a_line_that_is_not_there_is_named() -> None:
    (sheet,) = measure(_pdf(_CONTENT))
    with pytest.raises(LookupError, match="0 lines begin with 'Nowhere'"):
        sheet.line("Nowhere")
