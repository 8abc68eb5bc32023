"""The face of the official forms: found where a machine has it whole and Vietnamese, replaced with a word where it has not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from geometry import measure

from toolkit.batch import BuildOptions, build
from toolkit.pipeline import Making
from toolkit.render import official_fonts, pdf
from toolkit.render.fonts import characters, faces
from toolkit.styles import Faces

TWIN = official_fonts.TWINS["Tinos"]
NAMES = [names[0] for names in TWIN.values()]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine whose only fonts are those of a folder."""
    monkeypatch.setattr(official_fonts, "_folders", lambda: (tmp_path,))
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    """What a process keeps of the machine's fonts."""
    for kept in (official_fonts.official_faces, pdf._fonts, pdf._sheet):
        kept.cache_clear()


def put(folder: Path, names: list[str], *, vietnamese: bool = True) -> None:
    """Font files under other names; without Vietnamese they are cut to ASCII."""
    from toolkit.render.fonts import _cut

    whole = next(iter(faces().values())).read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(whole if vietnamese else _cut(whole, frozenset(range(0x20, 0x7F))))


def test_a_whole_family_is_taken(machine: Path) -> None:
    put(machine / "a", NAMES)
    found = official_fonts.official_faces()
    assert [(face.weight, face.italic) for face in found] == [(400, False), (700, False), (400, True), (700, True)]
    assert official_fonts.family() == "Tinos VN"
    assert official_fonts.official_trouble() is None
    assert all(path.is_file() for path in faces(found).values())


def test_times_new_roman_comes_before_its_twins(machine: Path) -> None:
    put(machine / "a", NAMES)
    put(machine / "b", ["times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"])
    assert official_fonts.family() == "Times New Roman VN"


def test_an_old_family_without_vietnamese_is_passed_over_for_a_whole_one(machine: Path) -> None:
    old = [names[0] for names in official_fonts.TWINS["Liberation Serif"].values()]
    put(machine / "liberation", old, vietnamese=False)
    put(machine / "liberation2", old)
    assert all("liberation2" in face.file for face in official_fonts.official_faces())


@pytest.mark.parametrize("lacking", range(4))
def test_a_family_that_is_not_whole_is_none(machine: Path, lacking: int) -> None:
    put(machine, [name for i, name in enumerate(NAMES) if i != lacking])
    assert official_fonts.official_faces() is official_fonts.STAND_IN
    assert "fonts-liberation2" in (official_fonts.official_trouble() or "")


def test_a_broken_file_is_no_font(machine: Path) -> None:
    for name in NAMES:
        (machine / name).write_bytes(b"not a font")
    assert official_fonts.official_faces() is official_fonts.STAND_IN
    assert characters(machine / NAMES[0]) == frozenset()


def test_the_stand_in_has_upright_bold_and_italic(machine: Path) -> None:
    kinds = {(face.weight, face.italic) for face in official_fonts.faces_of(Faces.OFFICIAL)}
    assert {(400, False), (700, False), (400, True)} <= kinds


def test_a_form_printed_in_the_stand_in_says_so(machine: Path, tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_text("Đảng bộ xã Tân Lập nhiệm kỳ 2015-2020\n\nKết nạp 65 đảng viên mới, vượt chỉ tiêu.\n", "utf-8")
    for style, said in (("dang", ["official-font"]), ("an-pham", [])):
        report = build(BuildOptions((source,), tmp_path / "out", making=Making(style=style, formats=("pdf",)), jobs=1))
        assert not report.failed
        assert [issue.code for issue in report.issues] == said
        if style == "dang":
            fonts = {line.font for sheet in measure(report.outcomes[0].files[0].read_bytes()) for line in sheet.lines}
            assert fonts
            assert all(font.startswith("Nhiemky-Form") for font in fonts)
