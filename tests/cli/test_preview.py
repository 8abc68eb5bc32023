"""``nhiemky preview`` as a browser meets it: a real server on a free port, files that really change."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from toolkit.errors import UsageError
from toolkit.pipeline import Making
from toolkit.preview import Change, PreviewServer, Workshop
from toolkit.workspace import packaged_templates

ROOT = Path(__file__).parents[2]
PAGE = "/ha-dinh/2015-2020/"
MASTHEAD = (packaged_templates() / "partials/masthead.html").read_text("utf-8")


@dataclass
class Desk:
    """A served folder with what the preview told of it."""

    folder: Path
    server: PreviewServer
    told: list[Change]

    def get(self, path: str, host: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=20)
        try:
            connection.request("GET", path, headers={"Host": host} if host else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        finally:
            connection.close()

    def events(self, page: str) -> str:
        """The address of the open line that a page's script asks for."""
        text = self.get(page)[1]
        return text.partition("new EventSource('")[2].partition("'")[0]

    def after(self, page: str, change: Path, text: str) -> tuple[str, float]:
        """The page once the browser was told to reload, and how long that took from the change."""
        address = self.events(page)
        answers: list[str] = []
        line = threading.Thread(target=lambda: answers.append(self.get(address)[1]))
        line.start()
        time.sleep(0.05)
        change.parent.mkdir(parents=True, exist_ok=True)
        start = time.monotonic()
        change.write_text(text, "utf-8")
        line.join(15)
        assert answers, "no message came"
        assert "data: " in answers[0]
        return self.get(page)[1], time.monotonic() - start


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("preview")
    for name in ("seeds", "profiles", "templates/partials"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "seeds/ha-dinh-2020.txt", folder / "seeds")
    workshop = Workshop((folder / "seeds",), profiles=folder / "profiles", making=Making(templates=folder / "templates"))
    server = PreviewServer(workshop)
    told: list[Change] = []
    workshop.look()
    threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=server.watch, args=(told.append,))]
    for thread in threads:
        thread.start()
    yield Desk(folder, server, told)
    server.shutdown()
    server.close()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_the_list_leads_to_the_briefs(desk: Desk) -> None:
    status, text = desk.get("/")
    assert status == 200
    assert f'<a href="{PAGE}">Phường Hạ Đình: kết quả nhiệm kỳ 2015–2020</a>' in text


def test_a_brief_is_served_as_it_is_but_for_the_script(desk: Desk) -> None:
    status, text = desk.get(PAGE)
    made = desk.server.workshop.state.pages["ha-dinh/2015-2020"].html.decode()
    assert status == 200
    assert "EventSource" not in made
    script = text[text.rindex("<script>(function(){var s=") : text.rindex("</script>") + len("</script>")]
    assert text.replace(script, "") == made


@pytest.mark.parametrize("path", ["/khong-co/", "/../pyproject.toml", "/%2e%2e/etc/passwd", "/seeds/ha-dinh-2020.txt"])
def test_no_address_reaches_a_file(desk: Desk, path: str) -> None:
    assert desk.get(path)[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example:{0}", "127.0.0.1.evil.example:{0}", "127.0.0.1", "localhost:1", "[::1]:{0}", "x", "127.0.0.1:{0}:x"]
)
def test_no_other_name_leads_here(desk: Desk, host: str) -> None:
    status, text = desk.get("/", host=host.format(desk.server.server_address[1]))
    assert (status, text) == (403, "only on this machine\n")


def test_only_this_machine_is_answered(desk: Desk) -> None:
    port = desk.server.server_address[1]
    assert desk.get("/", host=f"localhost:{port}")[0] == desk.get("/", host=f"LocalHost:{port}")[0] == 200
    assert desk.server.server_address[0] == "127.0.0.1"


def test_other_pages_of_the_web_may_not_use_it(desk: Desk) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_address[1], timeout=20)
    connection.request("GET", PAGE)
    headers = connection.getresponse().headers
    connection.close()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_browser_that_goes_away_is_no_news(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    line = socket.create_connection(desk.server.server_address[:2])
    # Closed with an answer under way, the connection is reset.
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % desk.server.server_address[1])
    time.sleep(0.2)
    line.close()
    time.sleep(0.2)
    assert desk.get("/")[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_is_read_only(desk: Desk, method: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_address[1], timeout=20)
    connection.request(method, PAGE)
    assert connection.getresponse().status == 501
    connection.close()


def test_a_template_that_changes_reloads_the_page_and_reads_nothing_again(desk: Desk) -> None:
    read = dict(desk.server.workshop._read)
    text, seconds = desk.after(PAGE, desk.folder / "templates/partials/masthead.html", MASTHEAD + "<p>Lời mới</p>\n")
    assert "<p>Lời mới</p>" in text
    assert seconds < 3  # the aim is one second; test machines are shared
    assert all(desk.server.workshop._read[path] is sheet for path, sheet in read.items())


def test_a_fault_in_a_template_stands_in_the_page_until_it_is_mended(desk: Desk) -> None:
    masthead = desk.folder / "templates/partials/masthead.html"
    text, _ = desk.after(PAGE, masthead, "\n{{ brief.titel }}")
    assert f"{masthead}:2" in text
    assert "the nearest: title" in text or "gần nhất là: title" in text
    text, _ = desk.after(PAGE, masthead, MASTHEAD)
    assert "Lời mới" not in text
    assert '<header class="masthead">' in text


def test_a_profile_that_changes_is_in_the_page(desk: Desk) -> None:
    profile = desk.folder / "profiles/ha-dinh.yaml"
    sound = "locality: {name: Hạ Đình, level: phường}\ntitle: Tên do phường đặt\n"
    text, _ = desk.after(PAGE, profile, sound.replace("title", "titel"))
    assert "titel" in text
    assert "ha-dinh.yaml" in text
    assert '<header class="masthead">' not in text
    text, _ = desk.after(PAGE, profile, sound)
    assert "Tên do phường đặt" in text
    assert '<header class="masthead">' in text


def test_a_source_that_changes_is_read_again_and_a_new_one_joins(desk: Desk) -> None:
    source = desk.folder / "seeds/ha-dinh-2020.txt"
    text = source.read_text("utf-8").replace("143%", "144%")
    assert "144%" in desk.after(PAGE, source, text)[0]
    other = (ROOT / "seeds/ngoc-thuy-2023.txt").read_text("utf-8")
    listed, _ = desk.after("/", desk.folder / "seeds/ngoc-thuy-2023.txt", other)
    assert "/ngoc-thuy/2020-2025/" in listed
    assert desk.told[-1].made == 1


def test_an_unreadable_source_is_named_and_the_preview_goes_on(desk: Desk) -> None:
    bad = desk.folder / "seeds/trong.txt"
    listed, _ = desk.after("/", bad, "")
    assert "trong.txt" in listed
    line = desk.events("/")
    bad.unlink()
    assert "data: " in desk.get(line)[1]
    assert "trong.txt" not in desk.get("/")[1]


def test_a_port_in_use_says_what_to_do(desk: Desk) -> None:
    with pytest.raises(UsageError) as caught:
        PreviewServer(desk.server.workshop, desk.server.server_address[1])
    assert "--port" in caught.value.remedy


def test_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "preview", str(ROOT / "seeds/ha-dinh-2020.txt"), "--port", "0"]
    env = os.environ | {"NHIEMKY_LANG": "en", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert any("Preview at http://127.0.0.1:" in line for line in iter(running.stdout.readline, ""))
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert running.returncode == 0
    assert said.strip() == "preview ended"
