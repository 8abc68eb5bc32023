"""An output folder read back: index, feeds and digests of what was audited, and of nothing else."""

from __future__ import annotations

import json
import re
import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import html as lxml_html

from toolkit.deliver import deliver, write_whole
from toolkit.errors import ReadError, RenderError, Severity, TemplateError, UsageError
from toolkit.model.artifact import Artifact
from toolkit.model.shelf import Entry
from toolkit.pipeline import Making, load_profiles, make_brief, read_facts, settle, whole_brief
from toolkit.publish import publish_digest, publish_feeds, publish_index
from toolkit.read.shelf import read_shelf
from toolkit.render.feed import ATOM, CONTENT, Story
from toolkit.render.index import render_index
from toolkit.render.mail_gate import encoded_size, found_in

ROOT = Path(__file__).parents[1]
ADDRESS = "https://example.vn/tom-tat/"


def card(place: str, weight: int = 0) -> str:
    words = f"<p>{place}</p>" + "<p>x</p>" * weight
    return f'<table lang="vi"><tbody><tr><td style="color:#000000;background-color:#ffffff">{words}</td></tr></tbody></table>\n'


def put(root: Path, slug: str, place: str, *, term: str = "2020-2025", weight: int = 0, **more: Any) -> Path:
    """One brief in an output folder, as delivery leaves it."""
    about = {
        "locality": place, "term": term, "year": None, "report": "full-term", "title": f"{place}: kết quả", "place": place,
        "kicker": "Thành phố Hà Nội", "parents": ["Hà Nội"], "headline": "Kết quả", "summary": f"{place}, kết quả & <b>.",
        "date": None, "date_text": "Nguồn không ghi ngày", "published_at": None, "sources": [], "audited_numbers": 1,
    }  # fmt: skip
    files = [
        Artifact("brief.html", "text/html", f"<p>{place}</p>".encode()),
        Artifact("brief.pdf", "application/pdf", b"%PDF-1.7 " + place.encode()),
        Artifact("newsletter/card.html", "text/html", card(place, weight).encode()),
        Artifact("newsletter/card.txt", "text/plain", f"{place.upper()}\n".encode()),
        Artifact("newsletter/card.md", "text/markdown", f"## {place}\n".encode()),
        Artifact("newsletter/full.html", "text/html", f"<table><tr><td>Đầy đủ & {place}</td></tr></table>".encode()),
        Artifact("newsletter/full.txt", "text/plain", f"Đầy đủ: {place}\n".encode()),
    ]
    folder = root / slug / term
    deliver(folder, files, {**about, **more})
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    put(tmp_path, "duc-thang", "Phường Đức Thắng", date="2023-03-29")
    put(tmp_path, "ha-dinh", "Phường Hạ Đình", term="2015-2020")
    put(tmp_path, "an-phu", "Xã An Phú", parents=["An Giang"], kicker="Tỉnh An Giang", report="half-term")
    return tmp_path


# ---------------------------------------------------------------- the shelf


def test_entries_stand_in_the_order_of_a_vietnamese_dictionary(output: Path) -> None:
    entries, issues = read_shelf(output)
    assert [entry.folder for entry in entries] == ["an-phu/2020-2025", "duc-thang/2020-2025", "ha-dinh/2015-2020"]
    assert issues == ()
    assert entries[0].province == "An Giang"


def test_what_is_no_brief_is_passed_over(output: Path) -> None:
    deliver(output / "so-sanh/2020-2025", [], {"title": "So sánh", "compared": []})
    made = publish_index(output)
    assert (made.briefs, made.issues) == (3, ())


@pytest.mark.parametrize("text", ["{", "[]", '{"files": []}', '{"kind": "brief"}'])
def test_a_manifest_that_is_none_is_told_and_left_out(output: Path, text: str) -> None:
    (output / "ha-dinh/2015-2020/manifest.json").write_text(text, "utf-8")
    made = publish_index(output)
    assert made.briefs == 2
    (issue,) = made.issues
    assert (issue.code, issue.severity) == ("manifest-unreadable", Severity.ERROR)
    assert "ha-dinh" in issue.where


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no briefs were found") as caught:
        publish_index(tmp_path)
    assert "nhiemky build" in caught.value.remedy
    with pytest.raises(UsageError, match="no such folder"):
        publish_index(tmp_path / "none")


def test_a_file_that_is_gone_is_not_offered(output: Path) -> None:
    (output / "ha-dinh/2015-2020/brief.pdf").unlink()
    (entry,) = [one for one in read_shelf(output)[0] if one.folder.startswith("ha-dinh")]
    assert "brief.pdf" not in entry.files
    assert "brief.html" in entry.files


# ---------------------------------------------------------------- feeds


def feeds(output: Path, **more: Any) -> tuple[ET.Element, ET.Element, dict[str, Any]]:
    publish_feeds(output, ADDRESS, **more)
    atom, rss = (ET.fromstring((output / name).read_bytes()) for name in ("atom.xml", "rss.xml"))
    return atom, rss, json.loads((output / "feed.json").read_text("utf-8"))


def test_three_feeds_say_the_same(output: Path) -> None:
    atom, rss, jsonfeed = feeds(output)
    entries, items = atom.findall(f"{{{ATOM}}}entry"), rss.findall("channel/item")
    ids = [entry.findtext(f"{{{ATOM}}}id") for entry in entries]
    assert ids == [item.findtext("guid") for item in items] == [item["id"] for item in jsonfeed["items"]]
    assert len(set(ids)) == 3
    assert [entry.findtext(f"{{{ATOM}}}content") for entry in entries] == [item.findtext(f"{{{CONTENT}}}encoded") for item in items]
    assert [item["content_html"] for item in jsonfeed["items"]] == [item.findtext(f"{{{CONTENT}}}encoded") for item in items]
    assert all("Đầy đủ" in item["content_text"] for item in jsonfeed["items"])
    assert jsonfeed["language"] == rss.findtext("channel/language") == "vi"


def test_newest_first_and_no_clock(output: Path) -> None:
    atom, rss, jsonfeed = feeds(output)
    days = [item["date_published"][:10] for item in jsonfeed["items"]]
    assert days == ["2023-03-29", "2022-01-01", "2020-01-01"]  # its own date; half-way through the term; its last year
    assert atom.findtext(f"{{{ATOM}}}updated") == "2023-03-29T00:00:00+07:00"
    assert parsedate_to_datetime(rss.findtext("channel/lastBuildDate") or "").isoformat() == "2023-03-29T00:00:00+07:00"
    before = (output / "atom.xml").read_bytes()
    feeds(output)
    assert (output / "atom.xml").read_bytes() == before


def test_the_pdf_is_enclosed_with_its_size(output: Path) -> None:
    _, rss, jsonfeed = feeds(output)
    enclosure = rss.find("channel/item/enclosure")
    assert enclosure is not None
    size = (output / "duc-thang/2020-2025/brief.pdf").stat().st_size
    assert enclosure.attrib == {"url": ADDRESS + "duc-thang/2020-2025/brief.pdf", "length": str(size), "type": "application/pdf"}
    assert jsonfeed["items"][0]["attachments"][0]["size_in_bytes"] == size


def test_a_corrected_brief_stays_the_same_story_wherever_it_is(output: Path) -> None:
    first = [item["id"] for item in feeds(output)[2]["items"]]
    put(output, "duc-thang", "Phường Đức Thắng", title="Tiêu đề mới", date="2024-01-02")
    publish_feeds(output, "https://khac.example.vn/")
    again = json.loads((output / "feed.json").read_text("utf-8"))["items"]
    assert [item["id"] for item in again] == first
    assert again[0]["title"] == "Tiêu đề mới"


def test_ids_never_change_between_versions() -> None:
    entry = Entry("ha-dinh/2015-2020", "Phường Hạ Đình", "", "", "")
    assert Story(entry, "", "", ADDRESS).id == "urn:uuid:c8cbbddb-61fa-52a1-aa9f-56bac4f916c9"


@pytest.mark.parametrize(
    "address", ["", "example.vn", "http://example.vn/", "https://", "/a/b", "https://a b.vn/", "https://a.vn/?b"]
)
def test_a_feed_without_a_whole_address_is_refused(output: Path, address: str) -> None:
    with pytest.raises(UsageError) as caught:
        publish_feeds(output, address)
    assert "--base-url" in caught.value.remedy
    assert not (output / "atom.xml").exists()


@pytest.mark.parametrize("name", ["full.html", "full.txt"])
def test_a_file_that_was_changed_after_its_audit_stops_the_feed(output: Path, name: str) -> None:
    (output / "ha-dinh/2015-2020/newsletter" / name).write_text("đạt 99%", "utf-8")
    with pytest.raises(ReadError, match="changed after it was audited") as caught:
        publish_feeds(output, ADDRESS)
    assert "build this brief again" in caught.value.remedy
    assert not (output / "atom.xml").exists()


def test_what_a_person_should_know_is_said(output: Path) -> None:
    for name in ("full.html", "full.txt"):
        (output / "ha-dinh/2015-2020/newsletter" / name).unlink()
    made = publish_feeds(output, ADDRESS, newest=2)
    assert made.briefs == 2
    assert [entry.folder for entry in made.left_out] == ["ha-dinh/2015-2020"]
    said = {issue.code: issue.message for issue in publish_feeds(output, ADDRESS).issues}
    assert "ha-dinh/2015-2020" in said["feed-summary-only"]
    assert "2 brief(s)" in said["feed-undated"]


def test_hostile_words_do_not_break_a_feed(output: Path) -> None:
    put(output, "x", "]]></title>{{ name }}\u000b", title="*|FNAME|* & <script>")
    atom, rss, jsonfeed = feeds(output)
    written = (output / "atom.xml").read_text("utf-8") + (output / "rss.xml").read_text("utf-8") + json.dumps(jsonfeed)
    assert "<script>" not in (output / "atom.xml").read_text("utf-8")
    assert "*|FNAME" not in written
    assert len(rss.findall("channel/item")) == len(atom.findall(f"{{{ATOM}}}entry")) == 4


# ---------------------------------------------------------------- the index


def test_every_brief_is_in_the_index_without_the_script(output: Path) -> None:
    publish_index(output)
    page = lxml_html.fromstring((output / "index.html").read_text("utf-8"))
    assert [node.text_content() for node in page.xpath("//li/p[@class='place']")] == [
        "Xã An Phú", "Phường Đức Thắng", "Phường Hạ Đình",
    ]  # fmt: skip
    assert page.xpath("//form/@hidden") == [""] or page.xpath("//form/@hidden") == ["hidden"]
    assert [option.text for option in page.xpath("//select[@id='nk']/option")] == ["Tất cả", "2020–2025", "2015–2020"]
    assert [option.text for option in page.xpath("//select[@id='tinh']/option")] == ["Tất cả", "An Giang", "Hà Nội"]
    for address in page.xpath("//li//a/@href"):
        assert (output / address).is_file()


def test_it_tells_of_feeds_only_where_they_are(output: Path) -> None:
    publish_index(output)
    assert "atom.xml" not in (output / "index.html").read_text("utf-8")
    publish_feeds(output, ADDRESS)
    publish_index(output)
    assert "atom.xml" in (output / "index.html").read_text("utf-8")


def test_nothing_in_a_place_can_become_markup() -> None:
    entry = Entry('a"b/2020', "<script>alert(1)</script>", '"><img>', "<b>", "", term='"x"', province="</option>")
    page = render_index([entry]).data.decode("utf-8")
    assert "<script>alert" not in page
    assert "<img" not in page


def test_it_stays_light_with_all_communes_of_the_country() -> None:
    entries = [
        Entry(f"xa-{i}/2020-2025", f"Xã {i}", f"Xã {i}", "Kết quả", "", "Tỉnh A", f"Tỉnh {i % 34}", "2020-2025")
        for i in range(3321)
    ]
    start = time.process_time()
    page = render_index(entries).data
    assert time.process_time() - start < 5
    assert len(page) < 2_000_000
    assert page.count(b"<li ") == 3321


# ---------------------------------------------------------------- digests


def test_a_digest_holds_the_cards_as_they_were_audited(output: Path) -> None:
    made = publish_digest(output, [output / "ha-dinh", output / "duc-thang"], name="Tháng 6", title="Kết quả {{ x }}")
    assert [path.parent.name for path in made.files] == ["thang-6"] * 3
    page, text, markdown = (path.read_text("utf-8") for path in made.files)
    assert found_in(page) == ()
    places = ("Phường Hạ Đình", "Phường Đức Thắng")
    assert all(card(place).strip() in page for place in places)
    assert page.index(card(places[0]).strip()) < page.index(card(places[1]).strip())
    assert text.index("PHƯỜNG HẠ ĐÌNH") < text.index("PHƯỜNG ĐỨC THẮNG")
    assert markdown.count("\n## ") == 2
    assert "An Phú" not in page + text + markdown
    assert read_shelf(output)[0][0].place == "Xã An Phú"  # the digest's own folder is no brief


def test_what_does_not_fit_is_counted_and_named(tmp_path: Path) -> None:
    for i in range(8):
        put(tmp_path, f"xa-{i}", f"Xã {'ABCDEGHI'[i]}", weight=2500)
    made = publish_digest(tmp_path, base_url=ADDRESS)
    page, text, markdown = (path.read_text("utf-8") for path in made.files)
    assert made.briefs + len(made.left_out) == 8
    assert 0 < made.briefs < 8
    assert encoded_size(page) <= 90_000
    last = f"Còn {len(made.left_out)} địa phương"
    for one in (page, " ".join(text.split()), markdown):
        assert last in one
        assert all(entry.place in one for entry in made.left_out)
        assert ADDRESS + "index.html" in one


def test_a_card_too_heavy_for_any_mail_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "xa", "Xã A", weight=20_000)
    with pytest.raises(RenderError, match="not even one card"):
        publish_digest(tmp_path)


def test_briefs_without_inserts_are_named(output: Path) -> None:
    (output / "ha-dinh/2015-2020/newsletter/card.md").unlink()
    with pytest.raises(UsageError, match="ha-dinh/2015-2020") as caught:
        publish_digest(output)
    assert "newsletter" in caught.value.remedy


def test_a_card_that_was_changed_is_not_sent_on(output: Path) -> None:
    (output / "ha-dinh/2015-2020/newsletter/card.html").write_text(card("Phường Hạ Đình đạt 999%"), "utf-8")
    with pytest.raises(ReadError, match="changed after it was audited"):
        publish_digest(output)


def test_a_folder_from_elsewhere_is_refused(output: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(UsageError, match="outside of the output folder"):
        publish_digest(output, [tmp_path_factory.mktemp("other")])


def test_templates_of_the_user_and_their_faults(output: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.mktemp("templates")
    (own / "index").mkdir()
    (own / "index/index.html").write_text("<p>{{ counted }}</p>", "utf-8")
    publish_index(output, own)
    assert (output / "index.html").read_text("utf-8") == "<p>3 bản tóm tắt</p>"
    (own / "index/index.html").write_text("<p>{{ khong_co }}</p>", "utf-8")
    with pytest.raises(TemplateError, match="khong_co"):
        publish_index(output, own)


# ---------------------------------------------------------------- with a brief that was really made


def test_a_real_brief_goes_all_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (dossier,), _ = settle([read_facts(Path("seeds/ha-dinh-2020.txt"))], load_profiles(None))
    made = make_brief(dossier, Making(formats=("html", "newsletter", "embed"), base_url=ADDRESS))
    assert made.audited > 50
    assert {a.name for a in made.artifacts} >= {
        "brief.html",
        "newsletter/short.html",
        "newsletter/short.txt",
        "embed.html",
        "oembed.json",
    }
    write_whole(tmp_path / dossier.folder, whole_brief(made, dossier))
    publish_feeds(tmp_path, ADDRESS)
    digest = publish_digest(tmp_path, base_url=ADDRESS).files[0].read_text("utf-8")
    (item,) = json.loads((tmp_path / "feed.json").read_text("utf-8"))["items"]
    assert item["url"] == ADDRESS + "ha-dinh/2015-2020/brief.html"
    assert item["content_html"] == (tmp_path / "ha-dinh/2015-2020/newsletter/full.html").read_text("utf-8")
    assert item["image"] in digest
    assert re.search(r"143% kế hoạch", digest)
    assert "Quận Thanh Xuân, Hà Nội" in (tmp_path / "index.html").read_text("utf-8")


def test_the_profile_may_say_where_the_briefs_are_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (dossier,), _ = settle([read_facts(Path("seeds/kien-hung-2025.txt"))], load_profiles(None, [f"display.base_url={ADDRESS}"]))
    made = make_brief(dossier, Making(formats=("html", "embed")))
    assert made.brief.published.page == ADDRESS + "kien-hung/2020-2025/brief.html"


def test_newsletter_alone_is_audited_and_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (dossier,), _ = settle([read_facts(Path("seeds/kien-hung-2025.txt"))], load_profiles(None))
    made = make_brief(dossier, Making(formats=("newsletter",), base_url=ADDRESS))
    assert made.audited > 20
    assert not any(a.name == "brief.html" for a in made.artifacts)
    assert not any(b"brief.html" in a.data for a in made.artifacts if a.media_type == "text/html")
