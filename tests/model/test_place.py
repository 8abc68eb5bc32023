"""Addresses beside paths: what counts as one, its parts, and that no secret of it is ever shown."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from toolkit.model.place import Url, is_url, place, without_secrets


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("s3://bucket/reports/", Url("s3://bucket/reports/")),
        ("memory://a.txt", Url("memory://a.txt")),
        ("abfs+x://b/c", Url("abfs+x://b/c")),
        ("seeds", Path("seeds")),
        ("a:b.txt", Path("a:b.txt")),
        ("C:/briefs", Path("C:/briefs")),
        ("C://briefs", Path("C://briefs")),
        ("file:///tmp/b%C3%A1o%20c%C3%A1o.txt", Path("/tmp/báo cáo.txt")),
        ("FILE:///tmp/x#1.txt", Path("/tmp/x#1.txt")),
        ("file:///C:/briefs", Path("C:/briefs")),
    ],
)
def test_what_is_an_address(text: str, found: Path | Url) -> None:
    assert place(text) == found
    assert is_url(text) is isinstance(found, Url)


def test_the_parts_of_an_address() -> None:
    url = Url("s3://bucket/báo cáo/") / "hạ-đình.docx"
    assert (str(url), url.kind, url.name, url.suffix) == ("s3://bucket/báo cáo/hạ-đình.docx", "s3", "hạ-đình.docx", ".docx")
    assert pickle.loads(pickle.dumps(url)) == url


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ftp://an:m%40t@host/a.txt", "ftp://host/a.txt"),
        ("https://host/a.txt?X-Amz-Signature=abc", "https://host/a.txt"),
        ("https://u:p@host/a.txt?sig=1#x", "https://host/a.txt"),
        ("s3://bucket/what?.txt", "s3://bucket/what?.txt"),
        ("s3://bucket/a@b.txt", "s3://bucket/a@b.txt"),
    ],
)
def test_no_secret_is_shown(address: str, shown: str) -> None:
    url = Url(address)
    assert (str(url), f"{url}", repr(url)) == (shown, shown, f"Url({shown!r})")
    assert url.address == address
    assert "m%40t" not in without_secrets(f"cannot connect to {address} now") or "m%40t" not in address
