"""One brief from its composed form to PDF, warm, against plain WeasyPrint for the same page in the same run."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.model.brief import Brief
from toolkit.pipeline import compose_brief, load_profiles, read_facts, settle
from toolkit.render.fonts import faces
from toolkit.render.html import print_html, stylesheet
from toolkit.render.pdf import TIGHTER, _face_rules, _fitted, render_pdf
from toolkit.render.variants import variant

ROOT = Path(__file__).parents[2]
PAIRS = 10

pytestmark = [pytest.mark.bench, pytest.mark.filterwarnings("ignore")]


def briefs() -> list[Brief]:
    sheets = [read_facts(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [compose_brief(dossier) for dossier in settle(sheets, load_profiles(ROOT / "profiles"))[0]]


def whole_page(brief: Brief) -> str:
    """The page that is printed in the end, with its style sheet and the rules of its fonts inside."""
    page = print_html(brief)
    if TIGHTER in _fitted(brief, page, None)._html.etree_element.find("body").get("class"):
        page = page.replace('<body class="', f'<body class="{TIGHTER} ', 1)
    return page.replace("</head>", f"<style>{_face_rules(faces())}\n{stylesheet(None, brief.palette)}</style></head>")


def plain(page: str) -> bytes:
    """What a user of WeasyPrint writes: one call, nothing kept for the next."""
    from weasyprint import HTML

    return bytes(HTML(string=page).write_pdf(pdf_variant=variant(None).engine))


def seconds(call: Callable[[], object]) -> float:
    """Seconds of processor time: what else the machine does is no part of the cost."""
    gc.collect()
    start = time.process_time()
    call()
    return time.process_time() - start


def test_a_brief_costs_no_more_than_plain_weasyprint() -> None:
    ratios = []
    for brief in briefs():
        page = whole_page(brief)
        render_pdf(brief), plain(page)  # warm
        pairs = [(seconds(lambda: render_pdf(brief)), seconds(lambda: plain(page))) for _ in range(PAIRS)]  # noqa: B023
        ratios.append(statistics.median(ours / theirs for ours, theirs in pairs))
        ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        tight = " (set tighter)" if TIGHTER in page[page.index("<body") :][:60] else ""
        print(f"\n{brief.folder}: {ours:.0f} ms, plain WeasyPrint {theirs:.0f} ms, ratio {ratios[-1]:.2f}{tight}")
    print(f"\nmedian ratio {statistics.median(ratios):.2f} (aim: at most 1)")
    assert statistics.median(ratios) <= 1


def test_mending_the_tags_is_a_small_part() -> None:
    from toolkit.render.finish import finisher

    brief = max(briefs(), key=lambda brief: len(brief.notes))
    spent = []
    for _ in range(5):
        document = _fitted(brief, print_html(brief), None)
        finish = finisher(document, tags=True, ua=True)
        document.write_pdf(pdf_variant=variant(None).engine, finisher=lambda *given: spent.append(seconds(lambda: finish(*given))))  # noqa: B023
    share = min(spent) / min(seconds(lambda: render_pdf(brief)) for _ in range(3))
    print(f"\nfinisher {min(spent) * 1000:.0f} ms, {share:.1%} of the whole (aim: under 3 %)")
    assert share < 0.03
