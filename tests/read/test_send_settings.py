"""``send.yaml`` and the options over it: every key, every fault, no secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.cli.send import KEYS as OPTIONS
from toolkit.errors import SendingError
from toolkit.lexicon import load
from toolkit.model.mail import Mailbox, SendSettings
from toolkit.read.send_settings import KEYS, read_settings

WHOLE = """from: "Văn phòng <vp@example.vn>"
reply_to: tra-loi@example.vn
subject: "{{ title }}"
salutation: "Kính gửi {{ recipient.name }},"
unsubscribe: https://example.vn/ngung?u={token}
channel: smtp
folder: thu
host: smtp.example.vn
port: 465
security: tls
user: vp@example.vn
password_file: mat-khau.txt
keyring: nhiemky
ca_file: ca.pem
rate: 60
connections: 4
retries: 3
backoff: 10
timeout: 90
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "send.yaml"
    path.write_text(text, "utf-8")
    return path


def faults(path: Path | None, **options: str) -> list[str]:
    with pytest.raises(SendingError) as caught:
        read_settings(path, options)
    assert all(issue.remedy for issue in caught.value.issues)
    return [f"{issue.where.rpartition('/')[2]} {issue.message}" for issue in caught.value.issues]


def test_every_key_is_read_an_option_and_described() -> None:
    assert set(OPTIONS) == set(KEYS) == set(load("messages")["send_key"])
    assert {key.field for key in KEYS.values()} == set(SendSettings.__dataclass_fields__)


def test_a_whole_file(tmp_path: Path) -> None:
    made = read_settings(write(tmp_path, WHOLE), {})
    assert made.sender == Mailbox("vp@example.vn", "Văn phòng")
    assert made.reply_to == Mailbox("tra-loi@example.vn")
    assert (made.host, made.port, made.security, made.rate, made.connections) == ("smtp.example.vn", 465, "tls", 60, 4)
    assert made.password_file == str(tmp_path / "mat-khau.txt")  # beside the file that names it
    assert made.salutation == "Kính gửi {{ recipient.name }},"


def test_options_override(tmp_path: Path) -> None:
    made = read_settings(write(tmp_path, WHOLE), {"host": "127.0.0.1", "port": "2525", "folder": "x"})
    assert (made.host, made.port, made.folder, made.user) == ("127.0.0.1", 2525, "x", "vp@example.vn")


def test_without_a_file_there_are_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(None, {}) == SendSettings()
    write(tmp_path, "host: here.example.vn\n")
    assert read_settings(None, {}).host == "here.example.vn"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hsot: x\n", ["send.yaml:1:1 there is no key “hsot” here"]),
        ("password: geheim\n", ["send.yaml:1:1 a password has no place in this file"]),
        ("mat_khau: geheim\n", ["send.yaml:1:1 a password has no place in this file"]),
        ("from: vp\nport: 99999\n", [
            "send.yaml:1:7 “vp” is not an e-mail address: An email address must have an @-sign.",
            "send.yaml:2:7 “99999” is not a whole number from 1 to 65535",
        ]),
        ("security: ssl\nchannel: fax\n", ["send.yaml:1:11 “ssl” is not known here", "send.yaml:2:10 “fax” is not known here"]),
        ("host: 'smtp.x.vn:25 -evil'\n", ["send.yaml:1:7 “smtp.x.vn:25 -evil” is not the name of a server"]),
        ("host: [a]\n", ["send.yaml:1:7 a text is needed here"]),
        ("- host: a\n", ["send.yaml:1:1 keys are needed here"]),
        ("unsubscribe: http://x.vn/{email}\n", ["send.yaml:1:14 “http://x.vn/{email}” is not an https address"]),
        ("unsubscribe: https://x.vn/ngung\n", ["send.yaml:1:14 “https://x.vn/ngung” does not tell who unsubscribes"]),
        ('unsubscribe: "https://x.vn/{email}>,<mailto:x@x.vn"\n',
         ["send.yaml:1:14 “https://x.vn/{email}>,<mailto:x@x.vn” is not an https address"]),
        ("unsubscribe: https://x.vn/{user}/{email}\n",
         ["send.yaml:1:14 “https://x.vn/{user}/{email}” does not tell who unsubscribes"]),
        ('subject: "a\\nBcc: b"\n', ["send.yaml:1:10 the text holds a control character"]),
        ("host: a\nhost: b\n", ["send.yaml:2:1 host: the key stands twice; the first is in line 1"]),
    ],
)  # fmt: skip
def test_every_fault_has_its_place(tmp_path: Path, text: str, says: list[str]) -> None:
    assert faults(write(tmp_path, text)) == says


def test_faults_of_options_name_the_option() -> None:
    assert faults(None, password_file="a\x00b", rate="viele") == [
        "--password-file the text holds a control character",
        "--rate “viele” is not a whole number from 0 to 100000",
    ]
