"""``python -m tests.bench.rivals --count 60 --rounds 3``: all rivals in turn, round after round, then a Markdown table."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from .field import BASELINE, Field, Rival, rivals, versions
from .kinds import Kind, kind
from .measure import Measured, measure
from .pages import write_pages, write_sources


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rivals", description="nhiemky beside other ways to a PDF.")
    parser.add_argument("--count", type=int, default=60, help="briefs (default 60)")
    parser.add_argument("--cold", type=int, default=10, help="briefs for those that start anew for each (default 10)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; medians are printed (default 3)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only rivals whose name has this in it, and the baseline")
    parser.add_argument("--json", type=Path, help="also write every measurement there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rivals-") as folder:
        field = _field(Path(folder), given.count, given.cold, given.seed)
        taking_part = [r for r in rivals() if given.only in r.name or r.name == BASELINE]
        runs, kinds = _run(taking_part, field, Path(folder), given.rounds)
    _print(taking_part, runs, kinds, given)
    if given.json:
        told = {name: [(m.wall, m.cpu, m.peak) for m in measured] for name, measured in runs.items()}
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


def _field(folder: Path, count: int, cold: int, seed: int) -> Field:
    sources = write_sources(folder / "articles", count, seed)
    pages = write_pages(sources, folder / "pages")
    from toolkit.render.fonts import faces
    from toolkit.render.official_fonts import faces_of
    from toolkit.styles import DEFAULT, style

    files = faces(faces_of(style(DEFAULT).faces))
    return Field(folder / "articles", folder / "pages", next(iter(files.values())).parent, min(cold, len(pages)))


def _run(
    taking_part: list[Rival], field: Field, folder: Path, rounds: int
) -> tuple[dict[str, list[Measured]], dict[str, Kind | str]]:
    """Round by round, each rival once; one that fails is said to have failed, with its own words."""
    runs: dict[str, list[Measured]] = {rival.name: [] for rival in taking_part}
    kinds: dict[str, Kind | str] = {rival.name: rival.lacks for rival in taking_part if rival.lacks}
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH"))))}
    for turn in range(rounds):
        for i, rival in enumerate(taking_part):
            if rival.name in kinds and not isinstance(kinds[rival.name], Kind):
                continue
            out = folder / "out" / f"{turn}-{i}"
            out.mkdir(parents=True)
            print(f"round {turn + 1}: {rival.name} …", file=sys.stderr, flush=True)
            try:
                runs[rival.name].append(measure(rival.command(field, out), environment))
                kinds[rival.name] = kind(out.glob("*.pdf"))
            except RuntimeError as error:
                kinds[rival.name] = f"failed: {str(error).strip().splitlines()[-1][:120]}"
    return runs, kinds


def _print(
    taking_part: list[Rival], runs: dict[str, list[Measured]], kinds: dict[str, Kind | str], given: argparse.Namespace
) -> None:
    print(
        f"{given.count} briefs ({given.cold} for those that start anew), {given.rounds} rounds, medians; {', '.join(versions())}\n"
    )
    print("| | does | briefs/s | CPU s a brief | time to plain | CPU to plain | peak MB | kB | pages | tagged | claims |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for rival in taking_part:
        found = kinds[rival.name]
        if not isinstance(found, Kind) or not runs[rival.name]:
            print(f"| {rival.name} | {rival.does} | not measured: {found} | | | | | | | | |")
            continue
        many = given.cold if rival.cold else given.count
        walls = [m.wall / many for m in runs[rival.name]]
        cpus = [m.cpu / many for m in runs[rival.name]]
        # Ratios are taken within a round, where the machine was in one mood.
        base = [(m.wall / given.count, m.cpu / given.count) for m in runs[BASELINE]]
        slower = statistics.median(wall / b[0] for wall, b in zip(walls, base, strict=False))
        dearer = statistics.median(cpu / b[1] for cpu, b in zip(cpus, base, strict=False))
        peak = statistics.median(m.peak for m in runs[rival.name])
        speed = f"{1 / statistics.median(walls):.2f} | {statistics.median(cpus):.2f} | {slower:.2f} | {dearer:.2f}"
        files = f"{found.size:.0f} | {found.pages:.0f} | {'yes' if found.tagged else 'no'} | {found.claims or '—'}"
        print(f"| {rival.name} | {rival.does} | {speed} | {peak:.0f} | {files} |")


if __name__ == "__main__":
    main()
