"""Lists of recipients: what office programs write is read, and every fault is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import SendingError
from toolkit.model.mail import Mailbox
from toolkit.read.mail_address import read_mailbox, read_sender
from toolkit.read.profiles import parse_profile
from toolkit.read.recipients import read_recipients, read_suppressed, recipients_of


def write(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding)
    return path


def faults(path: Path) -> list[str]:
    """``line:column message`` of every fault, in order."""
    with pytest.raises(SendingError) as caught:
        read_recipients([path])
    assert all(issue.remedy for issue in caught.value.issues)
    return [f"{issue.where.removeprefix(path.as_posix() + ':')} {issue.message}" for issue in caught.value.issues]


ROW = "a@example.vn,Nguyễn Văn A,Đồng chí,Đảng ủy,lanh-dao,Hạ Đình\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("email,name,title,office,list,locality\n" + ROW, "utf-8"),
        ("Email,Name,Title,Office,List,Locality\n" + ROW, "utf-8-sig"),
        ("Thư điện tử;Họ và tên;Chức danh;Cơ quan;Danh sách;Địa phương\r\n" + ROW.replace(",", ";"), "utf-8-sig"),
        ("Địa chỉ thư\tHọ tên\tchức danh\tCƠ QUAN\tNhóm\tđịa bàn\n" + ROW.replace(",", "\t"), "utf-16"),
        (
            "STT,email,họ tên,danh xưng,đơn vị công tác,danh sách,đơn vị hành chính,ghi chú\n1,"
            + ROW.strip()
            + ',"dặn, gọi trước"\n',
            "utf-8",
        ),
        ("\n\nemail,name,title,office,list,locality\n,,,,,\n" + ROW + "\n", "utf-8"),
    ],
)
def test_a_csv_is_read_however_it_was_saved(tmp_path: Path, text: str, encoding: str) -> None:
    (one,) = read_recipients([write(tmp_path, "l.csv", text, encoding)])
    assert one.mailbox == Mailbox("a@example.vn", "Nguyễn Văn A")
    assert (one.title, one.office, one.list, one.locality) == ("Đồng chí", "Đảng ủy", "lanh-dao", "Hạ Đình")


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "thư điện tử,họ tên\na@example.vn,Nguyễn Văn Ấn\n")
    (one,) = read_recipients([write(tmp_path, "l.csv", text)])
    assert one.name == "Nguyễn Văn Ấn"


def test_a_yaml_file_holds_lists_or_one_list(tmp_path: Path) -> None:
    named = write(
        tmp_path,
        "a.yaml",
        "lanh-dao:\n  - email: a@example.vn\n    name: A\n  - b@example.vn\nbao-chi:\n  - {email: c@example.vn}\n",
    )
    found = read_recipients([named, write(tmp_path, "b.yml", "- email: d@example.vn\n  locality: ha-dinh\n")])
    assert [(one.email, one.list, one.locality) for one in found] == [
        ("a@example.vn", "lanh-dao", ""),
        ("b@example.vn", "lanh-dao", ""),
        ("c@example.vn", "bao-chi", ""),
        ("d@example.vn", "", "ha-dinh"),
    ]
    assert str(found[1].mark).endswith("a.yaml:4:5")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ["1:1 the list holds nothing"]),
        ("name\nA\n", ["1:1 no column holds the addresses"]),
        ("email,lcoality\na@x.vn,b\n", ["1:7 the column “lcoality” is not known"]),
        ("email,e-mail\na@x.vn,b@x.vn\n", ["1:7 two columns hold the email"]),
        ("email\na@x.vn,b\n", ["2:8 the line has 2 cells, the first line 1"]),
        ("email,name\n,A\n", ["2:1 the line has no address"]),
        ('email,name\na@x.vn,"A\n', ["2:1 this is not CSV: unexpected end of data"]),
        ('email,name\na@x.vn,"A\nB"\n', ["2:8 the text holds a control character"]),
        ("email,name\na@x.vn,A\u202eB\n", ["2:8 the text holds a control character"]),
        ("email,name\na@x.vn," + "x" * 201 + "\n", ["2:8 the text has 201 characters, more than 200"]),
        (
            "name,email\nA,a@@x.vn\nB,b@x\nC,c@x.vn\nD,d x@x.vn\n",
            [
                "2:3 “a@@x.vn” is not an e-mail address: The part after the @-sign contains invalid characters: '@'.",
                "3:3 “b@x” has no full domain",
                "5:3 “d x@x.vn” is not an e-mail address: The email address contains invalid characters before the @-sign: SPACE.",
            ],
        ),
    ],
)
def test_every_fault_has_its_place(tmp_path: Path, text: str, says: list[str]) -> None:
    assert faults(write(tmp_path, "l.csv", text)) == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lanh-dao: a@x.vn\n", ["1:11 a list of recipients is needed here"]),
        ("- name: A\n", ["1:3 “email” is missing"]),
        ("- emial: a@x.vn\n", ["1:3 there is no key “emial” here", "1:3 “email” is missing"]),
        ("- email: [a@x.vn]\n", ["1:10 a text is needed here"]),
        ("- email: a@x.vn\n  name: no\n", ["2:9 YAML reads no as the truth value false"]),
        ("- email: a..b@x.vn\n", ["1:10 “a..b@x.vn” is not an e-mail address: An email address cannot have two periods in a row."]),
    ],
)
def test_every_fault_of_yaml_has_its_place(tmp_path: Path, text: str, says: list[str]) -> None:
    assert [fault.replace("[0].name: ", "") for fault in faults(write(tmp_path, "l.yaml", text))] == says


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "legacy.csv").write_bytes(b"email,name\na@x.vn,Nguy\xea\xdfn\n")  # Windows-1258
    with pytest.raises(SendingError) as caught:
        read_recipients([tmp_path / "legacy.csv", tmp_path / "none.csv"])
    assert [issue.code for issue in caught.value.issues] == ["list-encoding", "list-unreadable"]


@pytest.mark.parametrize(
    ("written", "wire"),
    [
        ("A.B@Example.VN", "A.B@example.vn"),
        ("bao.chi@báo.vn", "bao.chi@xn--bo-mia.vn"),
        ("bao.chi@xn--bo-mia.vn", "bao.chi@xn--bo-mia.vn"),
        ("a@ubnd.local", "a@ubnd.local"),
    ],
)
def test_addresses_as_they_go_on_the_wire(written: str, wire: str) -> None:
    assert read_mailbox(written).address == wire


@pytest.mark.parametrize(
    "written",
    [
        *("", "a", "@x.vn", "a@", "a@x", "a@localhost", "a@x.test", "đ@x.vn", '"a b"@x.vn', "a@[127.0.0.1]", "a@x.vn."),
        *(
            " a@x.vn",
            "a@x.vn\r\nBcc: b@x.vn",
            "a\x00@x.vn",
            "a@x.vn\n",
            "a\u200b@x.vn",
            "a@x\u202e.vn",
            "a@x.vn,b@x.vn",
            "<a@x.vn>",
        ),
        *("a@" + "x" * 64 + ".vn", "a" * 65 + "@x.vn"),
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"address|domain"):
        read_mailbox(written)


def test_a_sender_may_have_a_name() -> None:
    assert read_sender("Văn phòng Đảng ủy <VP@Example.vn>") == Mailbox("VP@example.vn", "Văn phòng Đảng ủy")
    assert read_sender('"Văn phòng, Đảng ủy" <vp@example.vn>') == Mailbox("vp@example.vn", "Văn phòng, Đảng ủy")
    assert read_sender("vp@example.vn") == Mailbox("vp@example.vn")
    for wrong in ("Văn phòng", "A <a@x.vn> B", "A\r\nB <a@x.vn>", "A <a@x.vn>, B <b@x.vn>"):
        with pytest.raises(ValueError, match="address"):
            read_sender(wrong)


def test_lists_of_a_profile() -> None:
    text = "locality: {name: Hạ Đình}\ndistribution:\n  lanh-dao:\n    - email: a@example.vn\n      title: Đồng chí Bí thư\n"
    text += "  bao-chi:\n    - email: b@báo.vn\n"
    profile = parse_profile(text, "profiles/ha-dinh.yaml")
    (one,) = recipients_of(profile, ["lanh-dao"])
    assert (one.email, one.title, one.list, str(one.mark)) == (
        "a@example.vn",
        "Đồng chí Bí thư",
        "lanh-dao",
        "profiles/ha-dinh.yaml:4:14",
    )
    assert [one.email for one in recipients_of(profile, ["bao-chi", "lanh-dao", "none"])] == ["b@xn--bo-mia.vn", "a@example.vn"]


def test_an_address_that_the_profile_language_lets_through_is_still_checked() -> None:
    profile = parse_profile("distribution:\n  l:\n    - email: a..b@example.vn\n", "profiles/x.yaml")
    with pytest.raises(SendingError) as caught:
        recipients_of(profile, ["l"])
    assert caught.value.issues[0].where == "profiles/x.yaml:3:14"


def test_who_wants_no_mail(tmp_path: Path) -> None:
    silent = read_suppressed([write(tmp_path, "s.txt", "# từ chối nhận\nA@Example.vn  # gọi điện 12/3\n@báo.vn\n\n")])
    assert silent.holds(Mailbox("a@example.vn"))
    assert silent.holds(Mailbox("x@xn--bo-mia.vn"))
    assert not silent.holds(Mailbox("b@example.vn"))
    with pytest.raises(SendingError) as caught:
        read_suppressed([write(tmp_path, "t.txt", "a@example.vn\nkhông phải địa chỉ\n")])
    assert caught.value.issues[0].where.endswith("t.txt:2:1")
