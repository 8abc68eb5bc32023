"""What an official form bears: from the profile, else from the locality, else left open; nothing invented."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from small_dossiers import PLACE, amount, dossier, quantity, section, settled, source, words

from toolkit.compose import compose
from toolkit.model.brief import Brief, Form
from toolkit.model.context import Level, Locality, Sector
from toolkit.model.dossier import Display
from toolkit.model.fact import Person, StatementKind

SRC = source("Phường Hạ Đình, quận Thanh Xuân, Hà Nội. Thu ngân sách năm 2022 đạt 12 tỷ đồng. Kết nạp 40 đảng viên mới.")
FACTS = (
    quantity(SRC, "12 tỷ đồng", amount("money", "12000000000", unit="đồng"), "thu ngân sách", period="2022"),
    quantity(SRC, "40 đảng viên", amount("count", "40", unit="đảng viên"), "kết nạp", sector="xay-dung-dang"),
)


def made(
    style: str = "dang", *, date: str | None = None, locality: Locality = PLACE, title: str | None = None, **extra: Any
) -> Brief:
    return compose(dossier(SRC, FACTS, locality=locality, display=Display(style=style, date=date, title=title, extra=extra)), {})


def form(style: str = "dang", **more: Any) -> Form:
    one = made(style, **more).form
    assert one is not None
    return one


def test_a_publication_has_no_form() -> None:
    assert made("an-pham").form is None


def test_what_the_profile_gives_comes_first() -> None:
    one = form(
        issuer="Đảng ủy phường X", parent_issuer="Đảng bộ quận Y", number="07-BC/ĐU", place="Thủ Đức", date="2026-02-03", draft=1,
        signer={"authority": "t/m ban thường vụ", "position": "bí thư", "name": "Lê Văn B"},
    )  # fmt: skip
    assert (one.issuer, one.parent) == ("ĐẢNG ỦY PHƯỜNG X", "ĐẢNG BỘ QUẬN Y")
    assert one.number == "Số 07-BC/ĐU"
    assert one.place_date.replace("\u00a0", " ") == "Thủ Đức, ngày 03 tháng 02 năm 2026"
    assert (one.authority, one.position, one.signer) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn B")
    assert one.draft == "Dự thảo lần 1"


def test_what_follows_from_the_locality_is_worded() -> None:
    party, state = form(), form("nha-nuoc")
    assert (party.parent, party.issuer) == ("ĐẢNG BỘ QUẬN THANH XUÂN", "ĐẢNG ỦY PHƯỜNG HẠ ĐÌNH")
    assert words((state.parent,)) == "ỦY BAN NHÂN DÂN QUẬN~THANH~XUÂN"
    assert words((state.issuer,)) == "ỦY BAN NHÂN DÂN PHƯỜNG~HẠ~ĐÌNH"
    assert party.place_date.startswith("Hạ Đình, ngày\u00a0")


def test_number_day_and_signer_are_never_invented() -> None:
    one = form()
    assert one.number.replace("\u00a0", "") == "Số-BC/ĐU"
    assert not any(c.isdigit() for c in one.number + one.place_date)
    assert (one.position, one.signer, one.draft) == ("", "", "")
    (issue,) = [issue for issue in made().issues if issue.code == "form-open"]
    assert "signer.position" in issue.message


def test_the_partys_words_do_not_stand_on_the_states_form() -> None:
    one = form("nha-nuoc", issuer="ĐẢNG ỦY PHƯỜNG X", number="07-BC/ĐU", place="X", state={"number": "15/BC-UBND"})
    assert "ĐẢNG" not in one.issuer
    assert one.number == "Số: 15/BC-UBND"
    assert one.place_date.startswith("X, ")


@pytest.mark.parametrize(
    ("locality", "parent", "issuer", "body"),
    [
        (Locality("Thanh Xuân", Level.QUAN, ("Hà Nội",)), "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "QUẬN ỦY THANH XUÂN", "QU"),
        (Locality("Mộc Châu", Level.HUYEN, ("Sơn La",)), "ĐẢNG BỘ TỈNH SƠN LA", "HUYỆN ỦY MỘC CHÂU", "HU"),
        (Locality("Kiến Hưng", Level.PHUONG, ("Hà Nội",)), "ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "ĐẢNG ỦY PHƯỜNG KIẾN HƯNG", "ĐU"),
        (Locality("Kiên Giang", Level.TINH, ()), "", "TỈNH ỦY KIÊN GIANG", "TU"),
        (Locality("Không Rõ", None, ()), "", "", "ĐU"),
    ],
)
def test_bodies_by_level(locality: Locality, parent: str, issuer: str, body: str) -> None:
    one = form(locality=locality)
    assert (one.parent, one.issuer) == (parent, issuer)
    assert one.number.endswith(f"-BC/{body}")


def test_recipients_end_as_offices_end_them() -> None:
    assert form(recipients=["- Quận ủy;", "Các chi bộ.", "Lưu VP"]).recipients == ("Quận ủy;", "Các chi bộ;", "Lưu VP.")
    assert form("nha-nuoc").recipients == ("Lưu: VT.",)


def test_the_abstract_says_the_headline_with_spaced_years() -> None:
    assert form().abstract == "tóm tắt kết quả nhiệm kỳ 2020\u00a0-\u00a02025"
    assert form("nha-nuoc").abstract.startswith("Tóm tắt kết quả")
    assert form(title="Báo cáo nhanh 2020-2025").abstract == "báo cáo nhanh 2020\u00a0-\u00a02025"


def test_sections_are_numbered_in_capitals_and_notes_annexed() -> None:
    sections = made().sections
    text = [one for one in sections if not one.annexed]
    assert [one.number for one in text] == ["I-", "II-", "III-"]
    assert all(one.title == one.title.upper() for one in sections)
    assert [one.id for one in sections if one.annexed][-1] == "nguon"
    parts = section(sections, "linh-vuc").parts
    assert [part.number for part in parts] == [f"{i}." for i in range(1, len(parts) + 1)]
    assert {one.number for one in made("nha-nuoc").sections if not one.annexed} == {"I.", "II.", "III."}


def test_entries_of_a_list_end_with_semicolons_the_last_with_a_stop() -> None:
    sections = made().sections
    fields = section(sections, "thong-tin-chung").items
    assert all(words(item.text).endswith(";") for item in fields[:-1])
    assert words(fields[-1].text).endswith(".")
    years = next(words(item.text) for item in fields if item.label == "Nhiệm kỳ")
    assert years == "2020~-~2025;"


def test_values_of_one_field_stand_behind_its_label() -> None:
    people = tuple(settled(Person(name, (post,), ()), SRC) for name, post in (("Lê Văn A", "Bí thư"), ("Vũ Thị B", "Chủ tịch")))
    one = replace(dossier(SRC, FACTS, people=people), display=Display(style="dang"))
    fields = section(compose(one, {}).sections, "thong-tin-chung").items
    assert all(item.label for item in fields)
    assert words(fields[-1].text) == "Lê Văn A – Bí thư; Vũ Thị B – Chủ tịch."
    publication = section(compose(dossier(SRC, FACTS, people=people), {}).sections, "thong-tin-chung").items
    assert [words(item.text) for item in publication[-2:]] == ["Lê Văn A – Bí thư", "Vũ Thị B – Chủ tịch"]


def test_words_of_a_source_keep_their_years() -> None:
    src = source("Hạn chế của nhiệm kỳ 2020–2025 là thiếu vốn.")
    from small_dossiers import statement

    one = dossier(src, limitations=(statement(src, src.text, StatementKind.LIMITATION, Sector.CHUNG),))
    item = section(compose(replace(one, display=Display(style="dang")), {}).sections, "han-che").items[0]
    assert "2020–2025" in words(item.text)
