"""A wheel works outside the checkout: templates, fonts and data travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_makes_a_brief_in_an_empty_folder(tmp_path: Path) -> None:
    wheels, site, empty = tmp_path / "dist", tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    make = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT)]
    subprocess.run(make, check=True, capture_output=True)
    (wheel,) = wheels.glob("nhiemky-*.whl")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    article = empty / "bài viết.txt"
    article.write_bytes((ROOT / "seeds/ha-dinh-2020.txt").read_bytes())
    # The wheel's own copy must be the one that runs, and nothing of the checkout may be in reach.
    env = {**os.environ, "PYTHONPATH": str(site)}
    where = [sys.executable, "-c", "import toolkit; print(toolkit.__file__)"]
    found = subprocess.run(where, cwd=empty, env=env, check=True, capture_output=True, text=True).stdout
    assert found.startswith(str(site))
    result = subprocess.run(
        [sys.executable, "-m", "toolkit", "build", article.name], cwd=empty, env=env, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    made = empty / "output/ha-dinh/2015-2020"
    assert {p.name for p in made.iterdir()} == {"brief.html", "brief.pdf", "facts.json", "manifest.json"}
