"""Who gets which brief, and what stands in the outbox."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from sending import make_brief

from toolkit.deliver.ledger import Ledger
from toolkit.deliver.outbox import Outbox
from toolkit.errors import DeliverError, SendingError, TemplateError, UsageError
from toolkit.mailing import Addressing, Plan, Rendered, Rendering, due, outbox_of, plan, render
from toolkit.model.mail import BriefFiles, Mailbox, Recipient, SendSettings, State
from toolkit.model.profile import NO_PROFILES, Mark, ProfileSet
from toolkit.read.brief_folder import find_briefs, read_briefs
from toolkit.read.profiles import load_profiles
from toolkit.read.recipients import Suppressed

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
SETTINGS = SendSettings(sender=Mailbox("vp@example.vn", "Văn phòng"))


def to(address: str, locality: str = "", list_: str = "", name: str = "") -> Recipient:
    return Recipient(Mailbox(address, name), locality=locality, list=list_, mark=Mark("l.csv", 2, 1))


@pytest.fixture
def briefs(tmp_path: Path) -> tuple[BriefFiles, ...]:
    make_brief(tmp_path, "ha-dinh/2015-2020", "Hạ Đình")
    make_brief(tmp_path, "kien-hung/2020-2025", "Kiến Hưng")
    make_brief(tmp_path, "ba-to/2020-2025", "Ba Tơ")
    make_brief(tmp_path, "ba-to-2/2020-2025", "Ba Tô")
    return read_briefs(find_briefs((), tmp_path))


def placed(made: Plan) -> list[tuple[str, str]]:
    return sorted((brief.slug, one.email) for brief, one in made.pairs)


@pytest.fixture
def profiles(tmp_path: Path) -> ProfileSet:
    folder = tmp_path / "profiles"
    folder.mkdir()
    lists = "distribution:\n  lanh-dao:\n    - email: {}@example.vn\n  bao-chi:\n    - email: bao@example.vn\n"
    for name in ("ha-dinh", "kien-hung"):
        (folder / f"{name}.yaml").write_text(lists.format(name), "utf-8")
    return load_profiles(folder)


def test_each_locality_gets_its_own_list(briefs: tuple[BriefFiles, ...], profiles: ProfileSet) -> None:
    made = plan(briefs, Addressing(("lanh-dao",)), profiles)
    assert placed(made) == [("ha-dinh", "ha-dinh@example.vn"), ("kien-hung", "kien-hung@example.vn")]


@pytest.mark.parametrize(
    ("locality", "slugs"),
    [
        ("ha-dinh", ["ha-dinh"]),
        ("Hạ Đình", ["ha-dinh"]),
        ("phường HẠ ĐÌNH", ["ha-dinh"]),
        ("ha-dinh/2015-2020", ["ha-dinh"]),
        ("Ba Tơ", ["ba-to"]),
        ("Xã Ba Tô", ["ba-to-2"]),
        ("Hạ Đinh", []),
        ("Đình", []),
        ("", ["ba-to", "ba-to-2", "ha-dinh", "kien-hung"]),
    ],
)
def test_a_row_goes_to_its_locality_and_to_no_other(briefs: tuple[BriefFiles, ...], locality: str, slugs: list[str]) -> None:
    made = plan(briefs, Addressing(listed=(to("a@x.vn", locality),)), NO_PROFILES)
    assert [slug for slug, _ in placed(made)] == slugs
    assert [one.locality for one in made.unplaced] == ([] if slugs else [locality])


def test_a_locality_that_may_be_two_is_a_fault(tmp_path: Path) -> None:
    make_brief(tmp_path, "tan-phu/2020-2025", "Tân Phú")
    make_brief(tmp_path, "tan-phu-xa/2020-2025", "Tân Phú")
    briefs = read_briefs(find_briefs((), tmp_path))
    with pytest.raises(SendingError) as caught:
        plan(briefs, Addressing(listed=(to("a@x.vn", "Tân Phú"), to("b@x.vn", "tan-phu-xa"))), NO_PROFILES)
    (issue,) = caught.value.issues
    assert issue.where == "l.csv:2:1"
    assert "tan-phu, tan-phu-xa" in issue.message


def test_doubles_are_folded_and_the_silent_left_out(briefs: tuple[BriefFiles, ...], profiles: ProfileSet) -> None:
    listed = (to("HA-DINH@example.vn", "ha-dinh"), to("x@xn--bo-mia.vn", "ha-dinh"))
    listed += (to("X@xn--bo-mia.vn", "ha-dinh"), to("still@example.vn"))
    silent = Suppressed(frozenset({"still@example.vn"}))
    made = plan(briefs[2:], Addressing(("lanh-dao",), listed, silent), profiles)  # Hạ Đình and Kiến Hưng
    assert placed(made) == [
        ("ha-dinh", "ha-dinh@example.vn"),
        ("ha-dinh", "x@xn--bo-mia.vn"),
        ("kien-hung", "kien-hung@example.vn"),
    ]
    assert made.doubles == 2
    assert made.suppressed == 2


def test_rows_of_other_lists_are_left_out(briefs: tuple[BriefFiles, ...], profiles: ProfileSet) -> None:
    listed = (to("a@x.vn", "ha-dinh", "lanh-dao"), to("b@x.vn", "ha-dinh", "khac"), to("c@x.vn", "ha-dinh"))
    made = plan(briefs, Addressing(("lanh-dao",), listed), profiles)
    assert {one.email for brief, one in made.pairs if brief.slug == "ha-dinh"} == {"ha-dinh@example.vn", "a@x.vn", "c@x.vn"}
    everybody = plan(briefs, Addressing((), listed), profiles)
    assert {one.email for _, one in everybody.pairs} == {"a@x.vn", "b@x.vn", "c@x.vn"}


def test_nobody_is_nobody(briefs: tuple[BriefFiles, ...], profiles: ProfileSet) -> None:
    with pytest.raises(UsageError) as caught:
        plan(briefs, Addressing(), profiles)
    assert "lists: bao-chi, lanh-dao" in caught.value.remedy
    with pytest.raises(UsageError, match="there is no list 'lanhdao'"):
        plan(briefs, Addressing(("lanhdao",)), profiles)


# --- the outbox


def rendered(
    folder: Path, ledger: Ledger, *recipients: Recipient, now: datetime = NOW, again: bool = False, **settings: str
) -> Rendered:
    briefs = read_briefs(find_briefs((), folder))
    made = plan(briefs, Addressing(listed=recipients), NO_PROFILES)
    rendering = Rendering(replace(SETTINGS, **settings), now)  # type: ignore[arg-type]
    return render(made, outbox_of(folder, "send"), ledger, rendering, again=again)


def test_rendering_again_changes_no_byte(tmp_path: Path) -> None:
    make_brief(tmp_path)
    with Ledger.open(tmp_path / "outbox") as ledger:
        first = rendered(tmp_path, ledger, to("a@x.vn"), to("b@x.vn"))
        folder = outbox_of(tmp_path, "send").folder
        before = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        again = rendered(tmp_path, ledger, to("a@x.vn"), to("b@x.vn"), now=datetime(2027, 1, 1, tzinfo=UTC))
        assert again == first
        assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
        other = rendered(tmp_path, ledger, to("a@x.vn"), now=datetime(2027, 1, 1, tzinfo=UTC), salutation="Chào,")
    (message,) = other.messages
    assert message.id == first.messages[0].id  # the same brief to the same person, in other words
    assert message.date == "Fri, 01 Jan 2027 00:00:00 +0000"
    assert [path.name for path in (folder / "messages").iterdir()] == [Path(message.file).name]  # the rest is swept up


def test_the_manifest_has_the_checksums_and_the_page_shows_every_message(tmp_path: Path) -> None:
    import hashlib

    make_brief(tmp_path)
    with Ledger.open(tmp_path / "outbox") as ledger:
        made = rendered(tmp_path, ledger, to("a@x.vn", name="Trần <b>A</b>"), to("b@x.vn"))
    box = outbox_of(tmp_path, "send")
    manifest = json.loads((box.folder / "manifest.json").read_text("utf-8"))
    for row in manifest["messages"]:
        assert hashlib.sha256((box.folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert box.messages() == made.messages
    page = (box.folder / "index.html").read_text("utf-8")
    assert all(one.file in page and one.recipient in page for one in made.messages)
    assert "<b>A</b>" not in page
    assert "<script" not in page
    assert 'sandbox=""' in page


def test_an_earlier_version_holds_a_later_one_back(tmp_path: Path) -> None:
    make_brief(tmp_path)
    with Ledger.open(tmp_path / "outbox") as ledger:
        first = rendered(tmp_path, ledger, to("a@x.vn"), to("b@x.vn"))
        ledger.settle(first.messages[0].id, State.HANDED_OVER, "250")
        make_brief(tmp_path, pdf=b"%PDF-1.7 corrected")
        second = rendered(tmp_path, ledger, to("A@x.vn"), to("b@x.vn"))
        assert [one.email for _, one in second.held] == ["A@x.vn"]
        assert [one.recipient for one in second.messages] == ["b@x.vn"]
        box = outbox_of(tmp_path, "send")
        assert box.data(first.messages[0])  # what was sent stays as evidence
        with pytest.raises(DeliverError):
            box.data(first.messages[1])
        third = rendered(tmp_path, ledger, to("A@x.vn"), to("b@x.vn"), again=True)
        assert [one.recipient for one in third.messages] == ["A@x.vn", "b@x.vn"]
        assert len(due(third.messages, ledger)) == 2


def test_what_was_sent_is_not_due_again(tmp_path: Path) -> None:
    make_brief(tmp_path)
    with Ledger.open(tmp_path / "outbox") as ledger:
        made = rendered(tmp_path, ledger, to("a@x.vn"), to("b@x.vn"), to("c@x.vn"))
        ledger.settle(made.messages[0].id, State.HANDED_OVER, "250")
        ledger.settle(made.messages[1].id, State.DEFERRED, "450")
        again = rendered(tmp_path, ledger, to("a@x.vn"), to("b@x.vn"), to("c@x.vn"))
        assert again.sent == 1
        assert [one.recipient for one in due(again.messages, ledger)] == ["b@x.vn", "c@x.vn"]
        assert [one.recipient for one in due(again.messages, ledger, limit=1)] == ["b@x.vn"]
        assert [one.recipient for one in due(again.messages, ledger, only_failed=True)] == ["b@x.vn"]


def test_a_users_own_message_template(tmp_path: Path) -> None:
    make_brief(tmp_path)
    (tmp_path / "t/mail").mkdir(parents=True)
    (tmp_path / "t/mail/message.txt").write_text("{{ letter.salutation }} <&> {{ letter.plain }}", "utf-8")
    briefs = read_briefs(find_briefs((), tmp_path))
    made = plan(briefs, Addressing(listed=(to("a@x.vn", name="Bình & An"),)), NO_PROFILES)
    box = outbox_of(tmp_path, "send")
    with Ledger.open(tmp_path / "outbox") as ledger:
        (message,) = render(made, box, ledger, Rendering(SETTINGS, NOW, tmp_path / "t")).messages
        text = message_from_bytes(box.data(message), policy=SMTP).get_body(("plain",))  # type: ignore[attr-defined]
        assert text.get_content().startswith("Kính gửi Ông/Bà Bình & An, <&> Phường Hạ Đình")
        (tmp_path / "t/mail/message.txt").write_text("{{ leter }}", "utf-8")
        with pytest.raises(TemplateError):
            render(made, box, ledger, Rendering(SETTINGS, NOW, tmp_path / "t"))
        assert box.data(message)  # a failed rendering leaves the outbox as it was


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "Gửi", "a b"])
def test_an_outbox_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name an outbox"):
        outbox_of(tmp_path, name)


def test_a_damaged_outbox_says_so(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"messages": [{"id": 1}]}')
    with pytest.raises(DeliverError, match="not the manifest of an outbox"):
        Outbox(tmp_path).messages()
    assert Outbox(tmp_path / "none").messages() == ()
