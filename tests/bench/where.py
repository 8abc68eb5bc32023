"""Where the time of a build goes: ``python -m tests.bench.where --count 60`` from the top of the repository.

Made-up briefs (HTML and PDF) are built in this one process under the profiler, warm; printed are the steps, and the parts of
printing that can be told apart by a function of their own.  The profiler makes Python dearer than C, so read shares, not seconds;
the line above the table is the same build without it.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).parent))

PARTS = (
    ("read and clean", 0, "pipeline.py", "clean_source"),
    ("extract", 0, "extract/__init__.py", "extract"),
    ("summarise", 0, "summarise/ranking.py", "rank"),
    ("merge", 0, "pipeline.py", "settle_group"),
    ("compose", 0, "pipeline.py", "fitted_brief"),
    ("render", 0, "render/__init__.py", "render"),
    ("HTML", 1, "render/html.py", "render_html"),
    ("layout", 1, "render/pdf.py", "_fitted"),
    ("parsing the page", 2, "tinyhtml5/parser.py", "parse"),
    ("style of each element", 2, "css/__init__.py", "get_all_computed_styles"),
    ("boxes", 2, "formatting_structure/build.py", "build_formatting_structure"),
    ("pages", 2, "layout/page.py", "make_all_pages"),
    ("of them the columns", 3, "layout/column.py", "columns_layout"),
    ("writing the PDF", 1, "render/pdf.py", "_written"),
    ("drawing", 2, "render/finish/marks.py", "painted"),
    ("structure tree and standards", 2, "render/finish/__init__.py", "finish"),
    ("compressing and writing out", 2, "pydyf/__init__.py", "write"),
    ("audit", 0, "audit/check.py", "audit"),
    ("facts.json", 0, "pipeline.py", "facts_file"),
    ("deliver", 0, "deliver/folder.py", "write_whole"),
)
"""What a part is called, how deep it stands, and the function whose time it is."""


@click.command(help=__doc__)
@click.option("--count", type=click.IntRange(min=1), default=60, show_default=True)
def main(count: int) -> None:
    """Print both measurements."""
    from making import Wishes, make_articles, write

    with TemporaryDirectory() as folder:
        sources = write(make_articles(count + 2, wishes=Wishes(quirks=False)), Path(folder, "articles"))
        _build(sources[:2], Path(folder, "warm"))
        plain = _build(sources[2:], Path(folder, "plain"))
        profiler = cProfile.Profile()
        profiler.enable()
        _build(sources[2:], Path(folder, "profiled"))
        profiler.disable()
    click.echo(f"{count} briefs, {plain / count * 1000:.0f} ms of processor time each without the profiler")
    _print(pstats.Stats(profiler))


def _build(sources: list[Path], out: Path) -> float:
    from toolkit.batch import BuildOptions, build
    from toolkit.pipeline import Making

    start = time.process_time()
    report = build(BuildOptions(tuple(sources), out, profiles=sources[0].parent, making=Making(formats=("html", "pdf")), jobs=1))
    spent = time.process_time() - start
    if report.failed:
        sys.exit(f"{report.failed[0].name}: {report.failed[0].error}")
    return spent


def _print(stats: Any) -> None:
    whole = stats.total_tt
    for name, depth, file, function in PARTS:
        told = [row[3] for (path, _, found), row in stats.stats.items() if found == function and path.endswith(file)]
        if not told:
            sys.exit(f"{function} in {file} was not called: the table of {Path(__file__).name} is out of date")
        click.echo(f"{'   ' * depth + name:42}{max(told) / whole:6.1%}")


if __name__ == "__main__":
    main()
