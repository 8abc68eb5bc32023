"""A second build of 3,321 localities: nothing changed, one profile changed, one macro changed.

Aims: nothing changed under 3 s; one profile under 1.5 s more, and exactly one brief rewritten; one macro exactly the briefs of its
styles.  Times are of whole processes, start-up included; articles are short, since a second build does not read them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

COUNT = 3321
STARTS = ("Tân", "Chiềng", "Mường", "Nà", "An", "Bình", "Đông", "Hòa", "Long", "Minh", "Ngọc", "Phú", "Quang", "Sơn", "Yên", "Vĩnh")
ENDS = ["Lập", "Hắc", "Sang", "Khoa", "Thọ", "Lợi", "Hưng", "Phước", "Trung", "Xuân", "Yên", "Giang", "Khê", "Lâm", "Mỹ", "Thành"]
TEXT = """Đảng bộ xã {name}: kết quả nhiệm kỳ 2020-2025

Đảng bộ xã {name}, tỉnh Sơn La đã hoàn thành 12/14 chỉ tiêu. Thu ngân sách năm 2024 đạt {money} tỷ đồng, vượt kế hoạch.
"""


def build(place: Path, *more: str) -> tuple[float, str]:
    start = time.perf_counter()
    command = [sys.executable, "-m", "toolkit", "build", "reports", "-f", "html", "-j", "2", "--templates", "templates", *more]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=True, env={**os.environ, "NHIEMKY_LANG": "en"})
    return time.perf_counter() - start, done.stdout


def written(place: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in (place / "output").rglob("brief.html")}


def changed(place: Path, before: dict[Path, int]) -> set[str]:
    return {path.parts[-3] for path, stamp in written(place).items() if before.get(path) != stamp}


@pytest.mark.bench
def test_a_second_build_of_the_whole_country(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "profiles").mkdir()
    (tmp_path / "templates/macros").mkdir(parents=True)
    macro = tmp_path / "templates/macros/bars.html"
    macro.write_text('{% macro unused() %}{% endmacro %}{% from "nhiemky/macros/bars.html" import attainment %}\n', "utf-8")
    for n in range(COUNT):
        name = f"{STARTS[n % 16]} {ENDS[n // 16 % 16]} {STARTS[n // 256 % 16]}"
        (tmp_path / f"reports/{n:04}.txt").write_text(TEXT.format(name=name, money=n % 90 + 2), "utf-8")
        look = "display: {style: dang}\n" if n % 10 == 0 else ""
        profile = f"locality: {{name: {name}, level: xã}}\nsources: [reports/{n:04}.txt]\n{look}"
        (tmp_path / f"profiles/{n:04}.yaml").write_text(profile, "utf-8")
    for path in (*tmp_path.rglob("*.txt"), *tmp_path.rglob("*.yaml")):
        os.utime(path, ns=(0, path.stat().st_mtime_ns - 10_000_000_000))
    first, _ = build(tmp_path)
    before = written(tmp_path)
    assert len(before) == COUNT
    nothing = min(build(tmp_path)[0] for _ in range(3))
    assert changed(tmp_path, before) == set()
    profile = tmp_path / "profiles/0007.yaml"
    profile.write_text(profile.read_text("utf-8") + "display: {length: full}\n", "utf-8")
    one, _ = build(tmp_path)
    assert changed(tmp_path, before) == {"0007"}
    before = written(tmp_path)
    macro.write_text(macro.read_text("utf-8").replace("unused", "other"), "utf-8")
    macros, _ = build(tmp_path)
    assert changed(tmp_path, before) == {f"{n:04}" for n in range(COUNT) if n % 10}
    print(f"\nfirst build {first:.1f} s; nothing changed {nothing:.2f} s; one profile {one:.2f} s; one macro {macros:.1f} s")
    assert nothing < 3
    assert one < nothing + 1.5
