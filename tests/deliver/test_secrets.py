"""Where the password comes from."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from toolkit.deliver.secrets import PASSWORD, password
from toolkit.errors import DeliverError
from toolkit.model.mail import SendSettings


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)


def test_the_environment_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p").write_text("from file\n", "utf-8")
    settings = SendSettings(user="vp", password_file=str(tmp_path / "p"))
    assert password(settings) == "from file"
    monkeypatch.setenv(PASSWORD, "from environment")
    assert password(settings) == "from environment"
    assert password(SendSettings()) is None  # nobody logs in
    monkeypatch.delenv(PASSWORD)
    assert password(SendSettings(user="vp")) is None


@pytest.mark.parametrize(
    ("text", "says"), [("", "does not hold one password"), ("a\nb\n", "does not hold one"), (None, "cannot be read")]
)
def test_a_file_without_a_password(tmp_path: Path, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / "p").write_text(text, "utf-8")
    with pytest.raises(DeliverError, match=says):
        password(SendSettings(user="vp", password_file=str(tmp_path / "p")))


def test_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = SendSettings(user="vp", keyring="nhiemky")
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(DeliverError, match="the keyring cannot be asked"):
        password(settings)
    ring = ModuleType("keyring")
    kept = {("nhiemky", "vp"): "from keyring"}
    ring.get_password = lambda service, user: kept.get((service, user))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert password(settings) == "from keyring"
    kept.clear()
    with pytest.raises(DeliverError, match="has no password for vp"):
        password(settings)
