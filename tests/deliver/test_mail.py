"""Mail as bytes: strict parsers, headers that cannot be broken, names that cannot lead out of a folder."""

from __future__ import annotations

import email
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from sending import FRAGMENT, PDF

from toolkit.deliver.mail import Envelope, attachment_name, compose, message_id, unsubscribe_url
from toolkit.errors import DeliverError
from toolkit.model.mail import BriefFiles, BriefParts, Mailbox, Recipient
from toolkit.render.mail import Wording, render_mail, write_letter

TITLE = "Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020"
LONG = "Phường Hạ Đình: kết quả thực hiện nghị quyết đại hội Đảng bộ phường nhiệm kỳ 2015–2020, quận Thanh Xuân, Hà Nội"
SENDER = Mailbox("vp@example.vn", "Văn phòng Đảng ủy phường Hạ Đình, quận Thanh Xuân, thành phố Hà Nội")
TO = Recipient(Mailbox("bi.thu@example.vn", "Nguyễn Văn Ánh"), "Đồng chí Bí thư")


def brief(title: str = TITLE) -> BriefFiles:
    from pathlib import Path

    return BriefFiles("ha-dinh/2015-2020", Path("x"), "Hạ Đình", title, "2015-2020", "", (("brief.pdf", "00"), ("a", "11")))


PARTS = BriefParts(FRAGMENT.format(title=TITLE), f"{TITLE}\n.\n.. dấu chấm đầu dòng\n", PDF)


def made(recipient: Recipient = TO, *, title: str = TITLE, unsubscribe: str = "", **wording: str) -> tuple[bytes, EmailMessage]:
    """A composed message and the same one parsed, any defect raised."""
    one = brief(title)
    name = attachment_name(title)
    letter = write_letter(one, PARTS, recipient, SENDER, wording=Wording(**wording), attachment=name, unsubscribe=unsubscribe)
    html, text = render_mail(letter)
    id_ = message_id(one, recipient, letter.subject, SENDER)
    envelope = Envelope(
        id_, "Fri, 27 Nov 2026 08:00:00 +0700", SENDER, recipient, letter.subject, Mailbox("tra-loi@example.vn"), unsubscribe
    )
    data = compose(envelope, html, text, PARTS.pdf, name)
    parsed: Any = email.message_from_bytes(data, policy=SMTP.clone(raise_on_defect=True))
    return data, parsed


def raw(data: bytes, name: str) -> str:
    """A header as written, unfolded."""
    found = re.search(rb"^%s: ([^\r]*(?:\r\n[ \t][^\r]*)*)" % name.encode(), data, re.MULTILINE)
    assert found is not None
    return found[1].decode("ascii").replace("\r\n", "")


@pytest.mark.parametrize("title", [TITLE, LONG, "Report", "đ" * 200, "x" * 300])
def test_a_message_is_plain_smtp_and_parses_without_defect(title: str) -> None:
    data, parsed = made(title=title, unsubscribe="https://example.vn/u?" + "a" * 600)
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) < 998
    assert all(not part.defects for part in parsed.walk())
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    assert [name for name in parsed if len(parsed.get_all(name)) > 1] == []
    assert {"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version"} <= set(parsed.keys())
    assert parsed["Subject"] == title


def test_the_same_letter_is_the_same_bytes() -> None:
    assert made()[0] == made()[0]


def test_the_parts_hold_what_they_should() -> None:
    _, parsed = made()
    plain, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    assert plain is not None and html is not None  # noqa: PT018
    assert plain.get_content().startswith("Kính gửi Đồng chí Bí thư Nguyễn Văn Ánh,\r\n\r\nXin trân trọng")
    assert "\r\n.\r\n.. dấu chấm" in plain.get_content()
    assert "Kính gửi Đồng chí Bí thư Nguyễn Văn Ánh," in html.get_content()
    assert PARTS.fragment.strip().replace("\n", "\r\n") in html.get_content()
    (pdf,) = parsed.iter_attachments()
    assert pdf.get_content() == PDF
    assert b"filename*0*=utf-8''Ph%C6%B0" in made()[0]  # RFC 2231
    assert pdf.get_filename() == "Phường Hạ Đình - kết quả nhiệm kỳ 2015–2020.pdf"


@pytest.mark.parametrize("title", [TITLE, LONG, "đ" * 200])
def test_encoded_words_end_between_letters_and_lose_no_space(title: str) -> None:
    data, _ = made(title=title)
    for name, said in (("Subject", title), ("From", SENDER.name)):
        header = raw(data, name)
        words = re.findall(r"=\?utf-8\?b\?[A-Za-z0-9+/=]+\?=", header)
        assert all(len(word) <= 75 for word in words)
        for word in words:
            text, charset = decode_header(word)[0]
            assert text.decode(charset)  # each alone is whole letters
        assert str(make_header(decode_header(" ".join(words)))) == said


def test_the_message_id_is_by_content_and_knows_no_clock_and_no_salutation() -> None:
    one = message_id(brief(), TO, TITLE, SENDER)
    assert re.fullmatch(r"[0-9a-f]{32}\.nhiemky@example\.vn", one)
    assert message_id(brief(), TO, TITLE, SENDER) == one
    assert made()[1]["Message-ID"] == made(salutation="Chào bạn,")[1]["Message-ID"]
    same = Recipient(Mailbox("Bi.Thu@example.vn"))
    assert message_id(brief(), same, TITLE, SENDER) == one
    other = BriefFiles("ha-dinh/2015-2020", brief().path, "Hạ Đình", TITLE, "", "", (("brief.pdf", "01"), ("a", "11")))
    different = [
        message_id(brief(), Recipient(Mailbox("x@example.vn")), TITLE, SENDER),
        message_id(brief(), TO, "other", SENDER),
        message_id(other, TO, TITLE, SENDER),
    ]
    assert len({one, *different}) == 4


@pytest.mark.parametrize(
    ("recipient", "says"),
    [
        (Recipient(Mailbox("a@x.vn", "Trần B"), "Đồng chí"), "Kính gửi Đồng chí Trần B,"),
        (Recipient(Mailbox("a@x.vn", "Trần B")), "Kính gửi Ông/Bà Trần B,"),
        (Recipient(Mailbox("a@x.vn"), "Đồng chí Bí thư", "Đảng ủy"), "Kính gửi Đồng chí Bí thư, Đảng ủy,"),
        (Recipient(Mailbox("a@x.vn"), "Đồng chí Bí thư"), "Kính gửi Đồng chí Bí thư,"),
        (Recipient(Mailbox("a@x.vn"), office="Văn phòng Thành ủy"), "Kính gửi Văn phòng Thành ủy,"),
        (Recipient(Mailbox("a@x.vn")), "Kính gửi Quý vị,"),
    ],
)
def test_the_salutation_fits_what_is_known(recipient: Recipient, says: str) -> None:
    plain = made(recipient)[1].get_body(("plain",))
    assert plain is not None
    assert plain.get_content().split("\r\n")[0] == says


# --- what must not get through


def test_html_in_a_name_stays_text() -> None:
    _, parsed = made(Recipient(Mailbox("a@x.vn", "<img src=x onerror=alert(1)>")))
    html, plain = parsed.get_body(("html",)), parsed.get_body(("plain",))
    assert html is not None and plain is not None  # noqa: PT018
    assert "<img" not in html.get_content()
    assert "&lt;img src=x" in html.get_content()
    assert "<img src=x" in plain.get_content()


def test_merge_tags_in_a_name_are_not_evaluated() -> None:
    _, parsed = made(Recipient(Mailbox("a@x.vn", "{{ 7*7 }}{% raw %}")))
    plain = parsed.get_body(("plain",))
    assert plain is not None
    assert "{{ 7*7 }}{% raw %}" in plain.get_content()


@pytest.mark.parametrize("break_", ["\r\nBcc: all@example.vn", "\nBcc: all@example.vn", "\r\n\r\nbody", "\u2028Bcc: x"])
def test_no_header_can_be_injected_by_a_title_or_subject(break_: str) -> None:
    _, parsed = made(title=TITLE + break_)
    assert parsed["Bcc"] is None
    assert parsed["Subject"] == " ".join((TITLE + break_).split())
    _, parsed = made(subject="{{ title }}" + break_.replace("\u2028", "\n"))
    assert parsed["Bcc"] is None


@pytest.mark.parametrize("name", ["A\r\nBcc: all@example.vn", "A\nB", "A\x00B"])
def test_a_display_name_with_control_characters_is_refused(name: str) -> None:
    with pytest.raises(DeliverError, match="control character"):
        made(Recipient(Mailbox("a@x.vn", name)), salutation="Chào,")


def test_a_control_character_in_a_salutation_is_refused() -> None:
    from toolkit.errors import TemplateError

    with pytest.raises(TemplateError, match="control character"):
        made(salutation="Chào {{ '\\x07' }}")


@pytest.mark.parametrize("wording", [{"subject": "{{ titel }}"}, {"salutation": "{% if %}"}, {"subject": "{{ ''.__class__ }}"}])
def test_a_wrong_template_names_its_setting(wording: dict[str, str]) -> None:
    from toolkit.errors import TemplateError

    with pytest.raises(TemplateError) as caught:
        made(**wording)
    assert caught.value.where == next(iter(wording))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (TITLE, "Phường Hạ Đình - kết quả nhiệm kỳ 2015–2020.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("..\\..\\boot.ini", "boot.ini.pdf"),
        ("C:\\Windows\\x", "C Windows x.pdf"),
        ("CON", "tom-tat.pdf"),
        ("nul.txt", "tom-tat.pdf"),
        ("a\r\nContent-Type: text/html", "a Content-Type - text html.pdf"),
        ("a\u202egpj.exe", "a gpj.exe.pdf"),
        ("...", "tom-tat.pdf"),
        ("", "tom-tat.pdf"),
        ('a"b<c>|d?*%e', "a b c d e.pdf"),
        ("đ" * 200, "đ" * 60 + ".pdf"),
    ],
)
def test_an_attachment_name_is_one_safe_file_name(title: str, name: str) -> None:
    assert attachment_name(title) == name
    (pdf,) = made(title=title or "x", subject="x")[1].iter_attachments()
    assert "/" not in (pdf.get_filename() or "/")


# --- unsubscribing


def test_both_unsubscribe_headers_or_neither() -> None:
    url = "https://example.vn/ngung?u=" + "a" * 300
    data, parsed = made(unsubscribe=url)
    assert raw(data, "List-Unsubscribe") == f"<{url}>"
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = parsed.get_body(("html",))
    assert html is not None
    assert f'href="{url}"' in html.get_content()
    _, parsed = made()
    assert parsed["List-Unsubscribe"] is None
    assert parsed["List-Unsubscribe-Post"] is None


def test_the_address_for_unsubscribing_tells_the_recipient() -> None:
    assert unsubscribe_url("https://x.vn/?e={email}", Recipient(Mailbox("a+b@x.vn")), b"") == "https://x.vn/?e=a%2Bb%40x.vn"
    one, other = (unsubscribe_url("https://x.vn/{token}", TO, key) for key in (b"k1", b"k2"))
    assert re.fullmatch(r"https://x\.vn/[0-9a-f]{40}", one)
    assert one != other
    with pytest.raises(DeliverError, match="needs a key"):
        unsubscribe_url("https://x.vn/{token}", TO, b"")
