"""Reading: encodings of plain text, what a reader is chosen by, and what is refused with a remedy."""

import codecs
import contextlib
import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import ReadError
from toolkit.read import CONVERT, SUPPORTED, read_bytes, read_source

TEXT = "Đảng bộ phường Tân An tổng kết nhiệm kỳ\n\nThu ngân sách đạt 120 tỷ đồng, bằng 105% kế hoạch.\r\nHết.\n"
BAT = b"\x80\x81\x02\x00\x01" * 100


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings_of_plain_text(data, encoding):
    source = read_bytes(data, "bài viết.txt")
    assert (source.text, source.encoding) == (TEXT, encoding)
    assert data.decode(encoding) == source.text
    assert source.title == "Đảng bộ phường Tân An tổng kết nhiệm kỳ"


def in_1258(text: str) -> bytes:
    """Windows-1258 as editors write it: the tone apart, the other mark together with its letter."""
    out = []
    for c in text:
        parts = unicodedata.normalize("NFD", c)
        tone = [m for m in parts if m in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", "".join(m for m in parts if m not in tone))
        out.append((rest + "".join(tone)).encode("cp1258"))
    return b"".join(out)


def test_windows_1258_with_its_combining_tones():
    source = read_bytes(in_1258(TEXT), "a.txt")
    assert source.encoding == "cp1258"
    assert unicodedata.normalize("NFC", source.text) == TEXT


def test_other_eight_bit_text_is_western():
    assert read_bytes("L'été à Đ".replace("Đ", "D").encode("cp1252"), "a.txt").text == "L'été à D"
    assert read_bytes("§¶ng bé x· T©n LËp".encode("cp1252"), "a.txt").text == "§¶ng bé x· T©n LËp"


def test_decomposed_text_is_read_as_it_is():
    text = unicodedata.normalize("NFD", TEXT)
    assert read_bytes(text.encode(), "a.txt").text == text


def test_a_file_broken_off_inside_a_letter_is_read_up_to_it():
    assert read_bytes("Thu ngân sách đạt kế".encode()[:-1], "a.txt").text == "Thu ngân sách đạt k"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"  \n\t\r\n ", "empty"),
        ("a.txt", codecs.BOM_UTF8, "empty"),
        ("a.txt", "\u00a0\u200b".encode() + b"\n", "no text"),
        ("a.txt", BAT, "binary"),
        ("a.txt", b"abc\x00\x00\x00\x01\x02" * 50, "binary"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Office"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.rtf", b"{\\rtf1 abc}", "Rich Text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n1234", "picture"),
        ("a.xls", b"plain text", ".xls"),
        ("a.odt", b"plain text", ".odt"),
        ("a.csv", b"a,b", ".csv"),
        ("a.pdf", b"not a pdf at all", "no PDF"),
        ("a.docx", b"not a docx", "no DOCX"),
        ("a.pdf", b"%PDF-1.7\nbroken", "damaged"),
        ("a.txt", b"Thu ng\xc3\xa2n s\xc3\xa1ch " * 200 + b"\xff" + b"Thu ng\xc3\xa2n s\xc3\xa1ch " * 200, "broken at byte"),
    ],
)
def test_refused_with_a_remedy(name, data, what):
    with pytest.raises(ReadError, match=what) as caught:
        read_bytes(data, name)
    assert caught.value.where == name
    assert len(caught.value.remedy) > 10


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("readme.txt", "archive"),
        ("word/document.xml", "damaged"),
    ],
)
def test_archives_are_named_for_what_they_are(inside, what):
    with pytest.raises(ReadError, match=what):
        read_bytes(zipped(inside), "a.docx")


def test_files_that_are_not_there_or_not_files(tmp_path):
    for path, what in ((tmp_path / "không có.txt", "no such file"), (tmp_path, "folder")):
        with pytest.raises(ReadError, match=what) as caught:
            read_source(path)
        assert caught.value.remedy


def test_too_large(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc " * 300)
    with pytest.raises(ReadError, match="more than"):
        read_source(path, max_bytes=1000)
    assert read_source(path, max_bytes=2000).text.startswith("abc")


def test_names_with_vietnamese_letters_and_spaces(tmp_path):
    path = tmp_path / "báo cáo Hạ Đình.txt"
    path.write_text(TEXT, "utf-8", newline="")
    source = read_source(path)
    assert (source.text, source.path, source.own_text) == (TEXT, str(path), True)


def test_the_content_counts_more_than_the_suffix():
    assert (
        read_bytes(b"<!DOCTYPE html><html><body><p>Thu ng\xc3\xa2n s\xc3\xa1ch</p></body></html>", "a.txt").media_type
        == "text/html"
    )
    assert read_bytes(b"<p>Thu</p>", "a.txt", "text/html; charset=utf-8").media_type == "text/html"
    assert read_bytes(b"Thu chi", "khong-duoi").media_type == "text/plain"


def test_every_suffix_is_either_read_or_explained():
    assert not set(SUPPORTED) & set(CONVERT)


@given(st.binary(min_size=1, max_size=300), st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ""]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data, suffix):
    with contextlib.suppress(ReadError):  # refused; anything else fails
        source = read_bytes(data, f"x{suffix}")
        assert any(c.isalnum() for c in source.text)
        assert all(0 <= b.span.start < b.span.end <= len(source.text) for b in source.blocks)
