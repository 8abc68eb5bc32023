"""``nhiemky build``: briefs of all localities found in the sources."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from toolkit.cli import show_issue
from toolkit.cli.options import making_options
from toolkit.errors import UsageError
from toolkit.messages import say, translate
from toolkit.workspace import OUTPUT, SOURCES

if TYPE_CHECKING:
    from toolkit.batch import BuildOptions, Outcome, Progress, RunReport
    from toolkit.pipeline import Making, Timings


@click.command("build", help=say("help.build"))
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("-f", "--format", "formats", multiple=True, default=("html", "pdf"), show_default=True, help=say("option.formats"))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=OUTPUT, show_default=True, help=say("option.output"))
@making_options
@click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.templates"))
@click.option("--pdf-variant", metavar="NAME", help=say("option.pdf_variant"))
@click.option("--base-url", metavar="URL", default="", help=say("option.base_url"))
@click.option("-j", "--jobs", type=click.IntRange(min=1), help=say("option.jobs"))
@click.option("--strict", is_flag=True, help=say("option.strict"))
@click.option("--timings", is_flag=True, help=say("option.timings"))
def command(
    sources: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path,
    profiles: Path | None,
    settings: tuple[str, ...],
    wish: Making,
    templates: Path | None,
    pdf_variant: str | None,
    base_url: str,
    jobs: int | None,
    strict: bool,
    timings: bool,
) -> int:
    """One call of ``batch.build``; then the table of what was made, what needs a look and what failed."""
    from toolkit.batch import BuildOptions, build
    from toolkit.model.address import site
    from toolkit.styles import style

    if wish.style is not None and style(wish.style).compares:
        given = replace(wish, formats=_asked(formats), templates=templates, pdf_variant=pdf_variant)
        return _compare(BuildOptions(sources or (SOURCES,), output, profiles, settings, given, jobs, strict), timings=timings)
    start = time.perf_counter()
    if templates is not None:
        from toolkit.render.template_check import require_sound

        require_sound(templates)  # all faults at once, not the first one of every brief
    if pdf_variant is not None:
        from toolkit.render.variants import variant

        pdf_variant = variant(pdf_variant).name
    options = BuildOptions(
        sources=sources or (SOURCES,),
        output=output,
        profiles=profiles,
        settings=settings,
        making=replace(
            wish,
            formats=wanted_formats(formats),
            templates=templates,
            pdf_variant=pdf_variant,
            base_url=site(base_url) if base_url else "",
        ),
        jobs=jobs,
        strict=strict,
    )
    with progress_shown() as progress:
        report = build(options, progress=progress)
    print_table(report, output)
    if timings:
        print_timings(report.timings, time.perf_counter() - start)
    return report.exit_code(strict=strict)


def _asked(formats: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of a comparison: those of the call, else its own default instead of a brief's."""
    from toolkit.render.comparison import DEFAULT

    source = click.get_current_context().get_parameter_source("formats")
    return DEFAULT if source is ParameterSource.DEFAULT else formats


def _compare(options: BuildOptions, *, timings: bool) -> int:
    """``--style so-sanh`` makes one document of all localities, as ``nhiemky compare`` does."""
    from toolkit.cli.compare import run
    from toolkit.comparing import Named

    return run(options, Named(), timings=timings)


def wanted_formats(given: tuple[str, ...], known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The formats of a call, each once; ``known`` are those there are (by default a brief's).  Raises ``UsageError``."""
    from toolkit.render import FORMATS

    known = known or FORMATS
    wanted = tuple(dict.fromkeys(part.strip().lower() for item in given for part in item.split(",") if part.strip()))
    for name in wanted:
        if name not in known:
            raise UsageError(f"unknown format {name!r}", remedy=f"choose among: {', '.join(known)}")
    if not wanted:
        raise UsageError("no format was given", remedy=f"choose among: {', '.join(known)}")
    return wanted


@contextlib.contextmanager
def progress_shown() -> Iterator[Progress | None]:
    """A bar on a terminal, a line a round elsewhere."""
    if not sys.stderr.isatty():
        yield _plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def advance(round_: str, done: int, total: int) -> None:
            if round_ not in tasks:
                tasks[round_] = bar.add_task(say(f"build.{round_}"), total=total)
            bar.update(tasks[round_], completed=done, total=total)  # type: ignore[arg-type]

        yield advance


def _plain(round_: str, done: int, total: int) -> None:
    if done == 0:
        click.echo(f"{say(f'build.{round_}')}: {total}", err=True)


def print_table(report: RunReport, output: Path) -> None:
    """What was made, what needs a look, what failed."""
    if not report.outcomes:
        click.echo(say("build.none"), err=True)
        return
    rows = [_row(o, output) for o in report.outcomes]
    head = (say("build.column_place"), say("build.column_state"), say("build.column_note"))
    widths = [max(len(row[i]) for row in (head, *rows)) for i in (0, 1)]
    click.echo()
    for row in (head, *rows):
        click.echo(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}".rstrip())
    for outcome in report.failed:
        assert outcome.error is not None
        click.echo(f"\n{outcome.name}: {translate(outcome.error.what)}", err=True)
        if outcome.error.remedy:
            click.echo(f"  → {translate(outcome.error.remedy)}", err=True)
    look = sum(o.needs_look for o in report.made)
    click.echo("\n" + say("build.summary", made=len(report.made), look=look, failed=len(report.failed)))
    for issue in report.issues:
        if issue.code == "official-font":
            show_issue(issue)
    if look or report.issues:
        click.echo(say("build.more_with_check"))


def _row(outcome: Outcome, output: Path) -> tuple[str, str, str]:
    if outcome.error is not None:
        return outcome.name, say("build.failed"), translate(outcome.error.what).splitlines()[0]
    where = str(output / outcome.name)
    if outcome.needs_look:
        return where, say("build.look"), say("build.findings", n=outcome.looks)
    return where, say("build.made"), ""


def print_timings(timings: Timings, wall: float) -> None:
    """The time of each stage."""
    click.echo(f"\n{say('build.stage'):<12} {say('build.seconds')}")
    for stage, seconds in timings.seconds.items():
        click.echo(f"{stage:<12} {seconds:7.3f}")
    click.echo(f"{say('build.total'):<12} {sum(timings.seconds.values()):7.3f}   ({say('build.wall')} {wall:.3f})")
