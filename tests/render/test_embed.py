"""The page for a frame: shows itself under its own policy, asks for nothing, runs nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html
from making_briefs import brief

from toolkit.model.address import published
from toolkit.render.embed import render_embed

ADDRESS = "https://example.vn/tom-tat"


def files(*, address: bool = False) -> dict[str, str]:
    made = replace(brief(), published=published(ADDRESS, brief().folder, ("brief.html",))) if address else brief()
    return {artifact.name: artifact.data.decode("utf-8") for artifact in render_embed(made)}


def test_without_an_address_there_is_the_page_alone() -> None:
    assert list(files()) == ["embed.html"]
    assert list(files(address=True)) == ["embed.html", "embed-snippet.html", "oembed.json"]


def test_the_policy_lets_through_the_style_of_the_page_and_nothing_else() -> None:
    page = files()["embed.html"]
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = lxml_html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script-src" not in policy


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = files(address=True)["embed.html"]
    tree = lxml_html.fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //form | //*[@style] | //@*[starts-with(name(), 'on')]")
    assert set(re.findall(r"url\((?!data:)[^)]*\)", page)) == set()


def test_its_link_opens_the_whole_brief_in_a_tab_of_its_own() -> None:
    (link,) = lxml_html.fromstring(files(address=True)["embed.html"]).xpath("//a")
    assert link.get("href") == f"{ADDRESS}/ha-dinh/2015-2020/brief.html"
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
    assert not lxml_html.fromstring(files()["embed.html"]).xpath("//a")


def test_figures_stay_marked_for_the_audit() -> None:
    facts = lxml_html.fromstring(files()["embed.html"]).xpath("//data/@data-fact")
    assert len(facts) >= len(brief().key_figures)


def test_the_snippet_is_a_sandboxed_frame() -> None:
    frame = lxml_html.fromstring(files(address=True)["embed-snippet.html"])
    assert frame.tag == "iframe"
    assert frame.get("src") == f"{ADDRESS}/ha-dinh/2015-2020/embed.html"
    assert brief().title in frame.get("title")
    assert (frame.get("loading"), frame.get("referrerpolicy")) == ("lazy", "no-referrer")
    assert "allow-scripts" not in frame.get("sandbox")
    assert int(frame.get("height")) > 200


def test_a_title_cannot_leave_its_attribute() -> None:
    nasty = '"><script>alert(1)</script>'
    made = replace(brief(), title=nasty, published=published(ADDRESS, "a/2020", ()))
    for artifact in render_embed(made):
        if artifact.media_type == "text/html":
            assert "<script>" not in artifact.data.decode("utf-8")


@pytest.mark.parametrize("key", ["version", "type", "html", "width", "height", "title", "provider_name", "provider_url"])
def test_the_description_has_what_oembed_asks_for(key: str) -> None:
    said = json.loads(files(address=True)["oembed.json"])
    assert said[key]
    assert (said["version"], said["type"]) == ("1.0", "rich")
    assert said["html"] == files(address=True)["embed-snippet.html"].strip()
