"""PDF files before their judges.  Each check takes files and gives the faults of each; no fault is an empty list."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aside import holds
from tools import Missing, Tools

Faults = dict[Path, list[str]]


def vera(tools: Tools, flavours: Sequence[str], files: Sequence[Path]) -> Faults:
    """veraPDF, in each of the flavours."""
    made = _run([*tools.vera, ",".join(flavours), *map(str, files)])
    faults: Faults = {file: [] for file in files}
    seen = 0
    for line in filter(lambda line: line.startswith("{"), made.stdout.splitlines()):
        row = json.loads(line)
        seen += 1
        if "error" in row:
            faults[Path(row["file"])].append(f"{row['flavour']}: {row['error']}")
        faults[Path(row["file"])] += [f"{row['flavour']} {bad['rule']} × {bad['count']}" for bad in row.get("failed", ())]
    if seen != len(files) * len(flavours):
        raise Missing(f"veraPDF did not run: {made.stderr[-600:]}")
    return faults


def outloud(tools: Tools, files: Sequence[Path]) -> Faults:
    """outloud: what tags cannot show, such as a page number read as content; warnings count."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        made = _run([str(tools.outloud), *map(str, files), "--json", str(report)])
        if not report.is_file():
            raise Missing(f"outloud did not run: {made.stderr[-600:]}")
        results = json.loads(report.read_text("utf-8"))["results"]
    if len(results) != len(files):
        raise Missing("outloud did not report on every file")
    return {file: _findings(result, file) for file, result in zip(files, results, strict=True)}


def _findings(result: dict[str, object], file: Path) -> list[str]:
    if result.get("error"):
        return [f"outloud: {result['error']}"]
    found = result.get("findings") or []
    assert isinstance(found, list)
    return sorted({f"{finding['rule']} ({finding['severity']}): {finding['message']}" for finding in found if holds(finding, file)})


def qpdf(tools: Tools, file: Path) -> list[str]:
    """qpdf: structure and streams."""
    made = _run([tools.qpdf, "--check", str(file)])
    return [] if made.returncode == 0 else [f"qpdf: {(made.stderr or made.stdout).strip()[-200:]}"]


def fonts(tools: Tools, file: Path) -> list[str]:
    """poppler: every font embedded, and with a way back to Unicode."""
    made = _run([tools.pdffonts, str(file)])
    rows = [line.split() for line in made.stdout.splitlines()[2:]]
    if made.returncode or not rows:
        return [f"pdffonts: {made.stderr.strip()[-200:] or 'no fonts'}"]
    return [f"{row[0]}: embedded {row[-5]}, to Unicode {row[-3]}" for row in rows if (row[-5], row[-3]) != ("yes", "yes")]


def each(tools: Tools, files: Sequence[Path]) -> tuple[Faults, Faults]:
    """``qpdf`` and ``fonts`` for all files."""
    with ThreadPoolExecutor(2) as pool:
        sound = list(pool.map(lambda file: qpdf(tools, file), files))
        carried = list(pool.map(lambda file: fonts(tools, file), files))
    return dict(zip(files, sound, strict=True)), dict(zip(files, carried, strict=True))


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
