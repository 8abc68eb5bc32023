"""Channels that are folders: what they write, and what they know of it afterwards."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest
from test_ledger import message

from toolkit.deliver.channel import Channel, Deferred
from toolkit.deliver.ledger import Ledger
from toolkit.deliver.mailboxes import FolderChannel, MaildirChannel, PickupChannel
from toolkit.errors import DeliverError
from toolkit.mailing import ask_channel, channel_of
from toolkit.model.mail import SendSettings

DATA = b"Subject: =?utf-8?b?VGnDqnUgxJHhu4E=?=\r\nMessage-ID: <x@example.vn>\r\n\r\n.\r\n"


@pytest.mark.parametrize("kind", [FolderChannel, PickupChannel])
def test_a_file_a_message(tmp_path: Path, kind: type[FolderChannel]) -> None:
    channel = kind(str(tmp_path / "out"))
    said: list[list[Path]] = []
    where = channel.connect().hand_over(message(1), DATA, lambda: said.append(list((tmp_path / "out").glob("[!.]*"))))
    assert said == [[]]  # the last word is said before the file is there under its name
    assert Path(where).read_bytes() == DATA
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{1:032x}.eml"]
    assert channel.knows(message(1)) is True
    assert channel.knows(message(2)) is (None if kind is PickupChannel else False)


def test_a_maildir_is_one_for_a_mail_program(tmp_path: Path) -> None:
    channel = MaildirChannel(str(tmp_path))
    channel.connect().hand_over(message(1), DATA, lambda: None)
    box = mailbox.Maildir(tmp_path)
    (found,) = box
    assert found["Message-ID"] == "<x@example.vn>"
    assert list((tmp_path / "tmp").iterdir()) == []
    (new,) = (tmp_path / "new").iterdir()
    assert b"\r" not in new.read_bytes()
    assert channel.knows(message(1)) is True
    new.rename(tmp_path / "cur" / f"{new.name}:2,S")
    assert channel.knows(message(1)) is True
    assert channel.knows(message(2)) is None


@pytest.mark.parametrize("kind", [FolderChannel, PickupChannel, MaildirChannel])
def test_what_is_not_written_down_is_not_there(tmp_path: Path, kind: type[FolderChannel]) -> None:
    def full() -> None:
        raise DeliverError("the ledger cannot be used")

    channel = kind(str(tmp_path))
    with pytest.raises(DeliverError):
        channel.connect().hand_over(message(1), DATA, full)
    assert [path for path in tmp_path.rglob("*.eml") if path.is_file()] == []
    assert channel.knows(message(1)) is not True


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DeliverError, match="a file stands where a folder"):
        FolderChannel(str(tmp_path / "file")).connect()
    channel = FolderChannel(str(tmp_path / "out"))
    channel.connect()
    (tmp_path / "out" / f"{1:032x}.eml").mkdir()
    with pytest.raises(Deferred):
        channel.connect().hand_over(message(1), DATA, lambda: None)


def test_folders_answer_for_what_a_dead_run_left(tmp_path: Path) -> None:
    channel: Channel = channel_of(SendSettings(channel="eml", folder=str(tmp_path / "out")))
    ones = [message(1), message(2), message(3)]
    with Ledger.open(tmp_path) as ledger:
        ledger.plan("send", ones)
        for one, label in zip(ones, (channel.label, channel.label, "smtp:mail.example.vn"), strict=True):
            ledger.leaving(one.id, label)
        channel.connect().hand_over(ones[0], DATA, lambda: ledger.sending(ones[0].id))
        ledger.sending(ones[1].id)
        ledger.sending(ones[2].id)
    with Ledger.open(tmp_path) as ledger:
        assert ask_channel(channel, ones, ledger) == 2
        assert [str(state) for _, state in sorted(ledger.states().items())] == ["handed-over", "rendered", "undecided"]


def test_a_channel_needs_its_folder() -> None:
    for kind in ("eml", "maildir", "pickup"):
        with pytest.raises(DeliverError, match="no folder was given"):
            channel_of(SendSettings(channel=kind))
