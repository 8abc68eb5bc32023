"""Words that look like merge tags reach nobody's template engine, and readers see them as they were."""

from __future__ import annotations

import html

import pytest

from toolkit.lexicon import load
from toolkit.render.blocks import Bullets, Heading, Link, Paragraph, Rows
from toolkit.render.fragment import unmarked
from toolkit.render.mail_gate import found_in
from toolkit.render.merge_tags import JOINER, live_tag, neutralise, neutralise_html
from toolkit.render.plain import as_markdown, as_text

EXAMPLES = [tag["example"] for tag in load("merge-tags")]


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_sign_stays_alive(example: str) -> None:
    text = f"Thu ngân sách {example} đạt 143% kế hoạch"
    assert live_tag(text)
    for made in (neutralise(text), neutralise_html(text), neutralise_html(text, attribute=True)):
        assert not live_tag(made)
        assert "143% kế hoạch" in made
        assert html.unescape(made).replace(JOINER, "") == text


@pytest.mark.parametrize("run", ["{{{", "{{%", "}}}}", "[[[[", "*|*|*", "%%%", "<<<", "{{*|x|*}}"])
def test_runs_and_overlaps(run: str) -> None:
    assert not live_tag(neutralise(run))
    assert neutralise(neutralise(run)) == neutralise(run)


@pytest.mark.parametrize(
    "text",
    ["đạt 143%, vượt 43%; còn 1,5%", "[1] Báo cáo [trích]", "a < b, c > d", "{1, 2}", "93,15–93,9%", "~500 hộ", "100% – 50%"],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert neutralise(text) == text.replace("[trích]", f"[{JOINER}trích]") if "[trích]" in text and live_tag(text) else text


def test_a_fragment_is_parted_in_words_and_attributes() -> None:
    image = '<img src="https://example.vn/a.png" alt="*|B|*" width="1" height="1">'
    page = f'<table lang="vi"><tr><td><p>{{{{ a }}}}</p>{image}</td></tr></table>'
    made = unmarked(page)
    assert not live_tag(made)
    assert found_in(made) == ()
    assert "a merge tag" in found_in(page)[0]


@pytest.mark.parametrize("example", EXAMPLES)
def test_plain_twins_are_parted_everywhere(example: str) -> None:
    blocks = [
        Heading(1, example),
        Heading(3, example),
        Paragraph(example),
        Bullets(((example, example),)),
        Rows((example, example), ((example, ((example, example),)),)),
    ]
    for made in (as_text(blocks), as_markdown(blocks)):
        assert not live_tag(made.replace("\\", ""))
        assert not live_tag(made)
    assert not live_tag(as_text([Link(example, "https://example.vn/")]))
