"""Kinds of PDF: what each file says of itself, what it carries, and wrong names."""

from __future__ import annotations

import io

import pikepdf
import pytest
from making_briefs import brief

from toolkit.errors import UsageError
from toolkit.render import render
from toolkit.render.pdf import render_pdf
from toolkit.render.variants import DEFAULT, VARIANTS, Variant, variant

FACTS = b'{"schema": "nhiemky.facts/1"}\n'
CLAIMS = {
    "ua-1+a-3a": 'pdfaid:part="3" pdfaid:conformance="A" <pdfuaid:part>1<',
    "ua-1+a-2a": 'pdfaid:part="2" pdfaid:conformance="A" <pdfuaid:part>1<',
    "ua-1": 'pdfuaid:part="1"', "a-3a": 'pdfaid:part="3" pdfaid:conformance="A"', "a-3u": 'pdfaid:part="3" pdfaid:conformance="U"',
    "a-3b": 'pdfaid:part="3" pdfaid:conformance="B"', "a-2a": 'pdfaid:part="2" pdfaid:conformance="A"',
    "a-2u": 'pdfaid:part="2" pdfaid:conformance="U"', "a-2b": 'pdfaid:part="2" pdfaid:conformance="B"',
    "a-1a": 'pdfaid:part="1" pdfaid:conformance="A"', "a-1b": 'pdfaid:part="1" pdfaid:conformance="B"',
    "a-4f": 'pdfaid:part="4" pdfaid:conformance="F"', "plain": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", VARIANTS.values(), ids=VARIANTS)
def test_each_says_what_it_is_and_carries_what_it_may(kind: Variant) -> None:
    pdf = pikepdf.open(io.BytesIO(render_pdf(brief(), facts=FACTS, kind=kind)))
    said = bytes(pdf.Root.Metadata.read_bytes()).decode() if "/Metadata" in pdf.Root else ""
    assert all(claim in said for claim in CLAIMS[kind.name].split())
    assert ("pdfuaid:part" in said) == ("ua1" in kind.flavours)
    assert ("/StructTreeRoot" in pdf.Root) is kind.tags
    assert list(pdf.attachments) == (["facts.json"] if kind.attaches else [])
    assert not pdf.check_pdf_syntax()


def test_the_default_is_both_standards_at_once() -> None:
    assert variant(None) is VARIANTS[DEFAULT]
    assert variant(None).flavours == ("ua1", "3a")
    assert render(brief(), ("pdf",), facts=FACTS)[0].data == render(brief(), ("pdf",), facts=FACTS, pdf_variant="UA-1+A-3A")[0].data


@pytest.mark.parametrize(
    ("wrong", "meant"), [("ua1", "ua-1"), ("PDF/A-3a", "a-3a"), ("pdf/ua-1", "ua-1"), ("a2b", "a-2b"), ("plan", "plain")]
)  # fmt: skip
def test_a_wrong_name_gets_the_likely_one(wrong: str, meant: str) -> None:
    with pytest.raises(UsageError, match="unknown PDF variant") as caught:
        render(brief(), ("pdf",), pdf_variant=wrong)
    assert caught.value.remedy.startswith(f"did you mean {meant}?")


def test_a_name_like_none_gets_the_list() -> None:
    with pytest.raises(UsageError) as caught:
        variant("quyển")
    assert caught.value.remedy == f"choose among: {', '.join(VARIANTS)}"
