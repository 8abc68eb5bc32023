"""HTML files before their judges: the Nu checker, and axe-core in Chromium."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools import Missing, Tools

Faults = dict[Path, list[str]]

ALL_VIEWS = "1280:light,1280:dark,360:light,360:dark,320:light"
QUICK_VIEWS = "1280:light,360:dark"
WIDTHS = "360,320"


def nu(tools: Tools, files: Sequence[Path]) -> Faults:
    """The Nu HTML checker: errors and warnings."""
    made = subprocess.run(
        [*tools.vnu, "--format", "json", *map(str, files)], capture_output=True, text=True, errors="replace", check=False
    )
    try:
        messages = json.loads(made.stderr)["messages"]
    except (ValueError, KeyError) as error:
        raise Missing(f"the Nu checker did not run: {(made.stdout + made.stderr)[-600:]}") from error
    faults: Faults = {file: [] for file in files}
    by_address = {file.resolve().as_uri().replace("file:///", "file:/"): file for file in files}
    for message in messages:
        told = f"nu {message.get('subType') or message['type']}, line {message.get('lastLine', '?')}: {message['message']}"
        faults[by_address[message["url"].replace("file:///", "file:/")]].append(told)
    return faults


def browser(tools: Tools, files: Sequence[Path], views: str) -> Faults:
    """axe-core, overflow, requests and scripts, in Chromium."""
    here = Path(__file__).with_name("pages.mjs")
    options = ["--modules", str(tools.node_modules), "--chromium", tools.chromium, "--views", views, "--widths", WIDTHS]
    made = subprocess.run(
        [tools.node, str(here), *options, *map(str, files)], capture_output=True, text=True, errors="replace", check=False
    )
    rows = [json.loads(line) for line in made.stdout.splitlines() if line.startswith("{")]
    if made.returncode or len(rows) != len(files):
        raise Missing(f"Chromium with axe-core did not run: {made.stderr[-600:]}")
    return {Path(row["file"]): row["faults"] for row in rows}
