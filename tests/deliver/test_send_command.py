"""``nhiemky send`` as a user meets it: run as a process against a real server."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from killing import SETTINGS, environment, nhiemky_send
from sending import Conduct, make_brief, recipients_csv, serving

LIST = "email,name,title,locality\n{0}@example.vn,Nguyễn Văn A,Đồng chí,Hạ Đình\nb@example.vn,Trần Thị B,,ha-dinh\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_brief(tmp_path)
    (tmp_path / "l.csv").write_text(LIST.format("a"), "utf-8")
    return tmp_path


def send(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = nhiemky_send(folder, *arguments)
    return subprocess.run(
        command, capture_output=True, text=True, env=environment() | env, cwd=folder, timeout=120, check=False, encoding="utf-8"
    )


def test_a_dry_run_is_the_default_and_confirm_sends(folder: Path) -> None:
    with serving() as server:
        here = (*SETTINGS, "--port", str(server.port))
        dry = send(folder, "-r", "l.csv", *here)
        assert dry.returncode == 0, dry.stderr
        assert "2 message(s) of 1 brief(s) rendered" in dry.stdout
        assert "Nothing was sent. 2 message(s) would go" in dry.stdout
        assert not server.accepted
        assert (folder / "outbox/send/index.html").is_file()
        one = send(folder, "--resume", "--confirm", "--limit", "1", *here)
        assert (one.returncode, one.stdout) == (0, "handed over 1, refused 0, put off 0, undecided 0, left 0\n")
        rest = send(folder, "-r", "l.csv", "--confirm", *here)  # rendering again sends nothing twice
        assert rest.returncode == 0, rest.stderr
        assert "sent before, not sent again: 1" in rest.stdout
        assert "handed over 1," in rest.stdout
        assert send(folder, "--resume", "--confirm", *here).stdout == "Nothing is left to send.\n"
        assert sorted(server.counts.items()) == [("a@example.vn", 1), ("b@example.vn", 1)]
    status = send(folder, "--status")
    assert (status.returncode, status.stdout) == (0, "      2  handed over\n")


def test_refused_put_off_and_undecided_messages(folder: Path) -> None:
    (folder / "l.csv").write_text("email\na@x.vn\nb@x.vn\nc@x.vn\nd@x.vn\n", "utf-8")
    conduct = Conduct(rcpt={"a@x.vn": ["550 5.1.1 unknown"], "b@x.vn": ["450 4.2.1 busy"]}, after={"c@x.vn"})
    with serving(conduct) as server:
        here = (*SETTINGS, "--port", str(server.port), "--retries", "1")
        first = send(folder, "-r", "l.csv", "--confirm", *here)
        assert first.returncode == 1
        assert "a@x.vn (ha-dinh/2015-2020): refused: 550 5.1.1 unknown" in first.stderr
        assert "handed over 1, refused 1, put off 1, undecided 1, left 0" in first.stdout
        assert "1 message(s) wait for a person" in first.stderr
        status = send(folder, "--status")
        assert status.returncode == 10
        undecided = next(line for line in status.stdout.splitlines() if " c@x.vn " in line)
        conduct.rcpt.clear()
        again = send(folder, "--only-failed", "--confirm", *here)
        assert again.returncode == 10  # only the undecided one is left
        assert "handed over 2," in again.stdout
        settled = send(folder, "--settle", undecided.split()[0], "sent")
        assert settled.returncode == 0, settled.stderr
        assert send(folder, "--resume", "--confirm", *here).returncode == 0
        assert sorted(server.counts) == ["a@x.vn", "b@x.vn", "c@x.vn", "d@x.vn"]
        assert max(server.counts.values()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_clean(folder: Path, number: int) -> None:
    recipients_csv(folder / "l.csv", 40)
    with serving(Conduct(delay=0.2)) as server:
        here = (*SETTINGS, "--port", str(server.port))
        command = nhiemky_send(folder, "-r", "l.csv", "--confirm", *here)
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=folder, text=True)
        while len(server.accepted) < 4 and run.poll() is None:
            time.sleep(0.01)
        os.kill(run.pid, number)
        out, err = run.communicate(timeout=60)
        assert run.returncode == 130, err
        assert "Traceback" not in err
        sent = len(server.accepted)
        assert f"handed over {sent}, refused 0, put off 0, undecided 0, left {40 - sent}" in out
        assert send(folder, "--resume", "--confirm", *here).returncode == 0
        assert set(server.ids().values()) == {1}
        assert len(server.accepted) == 40


def test_two_runs_at_once(folder: Path) -> None:
    recipients_csv(folder / "l.csv", 12)
    with serving(Conduct(delay=0.2)) as server:
        here = (*SETTINGS, "--port", str(server.port))
        first = subprocess.Popen(nhiemky_send(folder, "-r", "l.csv", "--confirm", *here), env=environment(), cwd=folder)
        while not server.accepted and first.poll() is None:
            time.sleep(0.01)
        second = send(folder, "--resume", "--confirm", *here)
        assert second.returncode == 8
        assert "another run of nhiemky send is at work here" in second.stderr
        assert send(folder, "--status").returncode == 0
        assert first.wait(60) == 0
        assert set(server.ids().values()) == {1}


def test_encrypted_with_a_password_that_is_nowhere_to_be_seen(folder: Path) -> None:
    with serving(tls="starttls", login=("vp", "geheim-123")) as server:
        assert server.ca is not None
        server.ca.cert_pem.write_to_path(folder / "ca.pem")
        settings = f"from: vp@example.vn\nhost: localhost\nport: {server.port}\nuser: vp\nca_file: ca.pem\nretries: 0\n"
        (folder / "send.yaml").write_text(settings, "utf-8")
        without = send(folder, "-r", "l.csv", "--confirm")
        assert without.returncode == 8
        assert "there is no password for vp" in without.stderr
        wrong = send(folder, "-r", "l.csv", "--confirm", NHIEMKY_SMTP_PASSWORD="falsch-456")
        assert wrong.returncode == 8
        right = send(folder, "-r", "l.csv", "--confirm", NHIEMKY_SMTP_PASSWORD="geheim-123")
        assert right.returncode == 0, right.stderr
        assert len(server.accepted) == 2
    for secret in (b"geheim-123", b"falsch-456"):
        said = (wrong.stdout + wrong.stderr + right.stdout + right.stderr).encode()
        written = b"".join(path.read_bytes() for path in (folder / "outbox").rglob("*") if path.is_file())
        assert secret not in said + written


@pytest.mark.parametrize("channel", ["eml", "maildir", "pickup"])
def test_other_channels(folder: Path, channel: str) -> None:
    made = send(folder, "-r", "l.csv", "--from", "vp@example.vn", "--channel", channel, "--folder", "out", "--confirm")
    assert made.returncode == 0, made.stderr
    assert len([path for path in (folder / "out").rglob("*") if path.is_file()]) == 2
    assert send(folder, "--resume", "--confirm", "--channel", channel, "--folder", "out").stdout == "Nothing is left to send.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "nobody was named to send from"),
        (("--from", "vp@x.vn"), 2, "nobody was named to send to"),
        (("--from", "vp@x.vn", "-l", "none"), 2, "there is no list 'none'"),
        (("nowhere", "--from", "vp@x.vn", "-r", "l.csv"), 2, "there is no brief of 'nowhere'"),
        (("--from", "vp@@x.vn", "-r", "l.csv", "--rate", "x"), 4, "--rate: “x” is not a whole number"),
        (("--from", "vp@x.vn", "-r", "none.csv"), 4, "none.csv: the file cannot be read"),
        (("--from", "vp@x.vn", "-r", "l.csv", "--confirm"), 8, "no mail server was given"),
        (("--from", "vp@x.vn", "-r", "l.csv", "--confirm", "--host", "x.vn", "--security", "none"), 8, "without encryption"),
        (("--from", "vp@x.vn", "-r", "l.csv", "--date", "gestern"), 2, "'gestern' is no date"),
        (("--from", "vp@x.vn", "-r", "l.csv", "--subject", "{{ x }}"), 5, "subject"),
        (("--resume", "-r", "l.csv"), 2, "an outbox is sent as it was rendered"),
        (("--resume",), 2, "there is no outbox to go on with"),
        (("--settle", "abc", "sent"), 2, "'abc' names no undecided message"),
        (("--settle", "abc", "maybe"), 2, "'maybe' decides nothing"),
        (("--outbox", "../x", "--from", "vp@x.vn", "-r", "l.csv"), 2, "cannot name an outbox"),
    ],
)
def test_a_wrong_call_says_what_to_do(folder: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    result = send(folder, *arguments)
    assert result.returncode == code, result.stderr
    assert says in result.stderr
    assert "→" in result.stderr
    assert "Traceback" not in result.stderr


def test_it_speaks_vietnamese(folder: Path) -> None:
    result = send(folder, "-r", "l.csv", "--from", "vp@example.vn", NHIEMKY_LANG="vi")
    assert "Đã dựng 2 thư của 1 bản tóm tắt" in result.stdout
    assert "Chưa gửi thư nào" in result.stdout
    assert "chưa chỉ ra người nhận" in send(folder, "--from", "vp@example.vn", NHIEMKY_LANG="vi").stderr


def test_the_date_is_kept_and_can_be_given(folder: Path) -> None:
    send(folder, "-r", "l.csv", "--from", "vp@example.vn", "--date", "2026-11-27T08:00+07:00", TZ="Asia/Ho_Chi_Minh")
    for path in (folder / "outbox/send/messages").iterdir():
        assert b"\r\nDate: Fri, 27 Nov 2026 08:00:00 +0700\r\n" in path.read_bytes()
