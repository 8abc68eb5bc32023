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
from toolkit.render.html import print_html, stylesheet
from toolkit.render.pdf import _face_rules, render_pdf
from toolkit.render.variants import variant

ROOT = Path(__file__).parents[2]
PAIRS = 10

pytestmark = pytest.mark.bench


def briefs() -> list[Brief]:
    sheets = [read_facts(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [compose_brief(dossier) for dossier in settle(sheets, load_profiles(ROOT / "profiles"))[0]]


def plain(brief: Brief) -> bytes:
    """What a user of WeasyPrint writes: the page with its style sheet and the rules of its fonts inside, one call."""
    from weasyprint import HTML

    page = print_html(brief).replace("</head>", f"<style>{_face_rules()}\n{stylesheet(None, brief.palette)}</style></head>")
    start = time.process_time()
    data = HTML(string=page).write_pdf(pdf_variant=variant(None).engine)
    plain.seconds = time.process_time() - start  # type: ignore[attr-defined]
    return bytes(data)


def seconds(call: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    call()
    return time.process_time() - start


@pytest.mark.filterwarnings("ignore")
def test_a_brief_costs_no_more_than_plain_weasyprint() -> None:
    ratios: list[float] = []
    for brief in briefs():
        render_pdf(brief), plain(brief)  # warm
        ours, theirs = [], []
        for _ in range(PAIRS):
            ours.append(seconds(lambda brief=brief: render_pdf(brief)))  # type: ignore[misc]
            gc.collect()
            plain(brief)
            theirs.append(plain.seconds)  # type: ignore[attr-defined]
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        ratios.append(ratio)
        print(f"\n{brief.folder}: {statistics.median(ours) * 1000:.0f} ms, plain WeasyPrint "
              f"{statistics.median(theirs) * 1000:.0f} ms, ratio {ratio:.2f}")  # fmt: skip
    print(f"\nmedian ratio {statistics.median(ratios):.2f} (aim: at most 1)")
    assert statistics.median(ratios) <= 1
