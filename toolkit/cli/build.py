"""``nhiemky build``: briefs of all localities found in the sources."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from toolkit.cli import show_issue
from toolkit.cli.options import PLACE, making_options
from toolkit.errors import UsageError
from toolkit.messages import say, translate
from toolkit.workspace import OUTPUT, SOURCES

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from toolkit.batch import BuildOptions, Outcome, RunReport
    from toolkit.model.place import Place
    from toolkit.pipeline import Making, Timings
    from toolkit.workers import Progress, Tick


@click.command("build", help=say("help.build"))
@click.argument("sources", nargs=-1, type=PLACE)
@click.option("-f", "--format", "formats", multiple=True, default=("html", "pdf"), show_default=True, help=say("option.formats"))
@click.option("-o", "--output", type=PLACE, default=OUTPUT, show_default=True, help=say("option.output"))
@making_options
@click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.templates"))
@click.option("--pdf-variant", metavar="NAME", help=say("option.pdf_variant"))
@click.option("--base-url", metavar="URL", default="", help=say("option.base_url"))
@click.option("-j", "--jobs", type=click.IntRange(min=1), help=say("option.jobs"))
@click.option("--executor", metavar="NAME", help=say("option.executor"))
@click.option("--strict", is_flag=True, help=say("option.strict"))
@click.option("--timings", is_flag=True, help=say("option.timings"))
@click.option("--why", is_flag=True, help=say("option.why"))
@click.option("--fresh", is_flag=True, help=say("option.fresh"))
@click.option("--log", type=click.Choice(["json"]), help=say("option.log"))
@click.option("--summary", type=click.Path(path_type=Path, dir_okay=False), help=say("option.summary"))
def command(
    sources: tuple[Place, ...],
    formats: tuple[str, ...],
    output: Place,
    profiles: Path | None,
    settings: tuple[str, ...],
    wish: Making,
    templates: Path | None,
    pdf_variant: str | None,
    base_url: str,
    jobs: int | None,
    executor: str | None,
    strict: bool,
    timings: bool,
    why: bool,
    fresh: bool,
    log: str | None,
    summary: Path | None,
) -> int:
    """One call of ``batch.build``; then the table of what was made, what needs a look and what failed."""
    from toolkit.batch import BuildOptions, build
    from toolkit.model.address import site
    from toolkit.styles import style

    if wish.style is not None and style(wish.style).compares:
        _refuse_for_comparison(
            {
                "--base-url": base_url,
                "--executor": executor,
                "--why": why,
                "--fresh": fresh,
                "--log": log,
                "--summary": summary,
            }
        )
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
        fresh=fresh,
    )
    with _executor(executor) as chosen, progress_shown(log or "") as progress:
        report = build(options, progress=progress, executor=chosen)
    print_table(report, output, err=log is None)  # JSON Lines stay by themselves
    if why:
        print_reasons(report)
    if summary is not None:
        write_summary(report, summary, time.perf_counter() - start)
    if log == "json":
        click.echo(json.dumps({"round": "end", **totals(report, time.perf_counter() - start)}, ensure_ascii=False), err=True)
    if timings:
        print_timings(report.timings, time.perf_counter() - start)
    return report.exit_code(strict=strict)


def _refuse_for_comparison(given: Mapping[str, object]) -> None:
    """Raises ``UsageError`` for options that would be left out of account in silence."""
    if names := ", ".join(name for name, value in given.items() if value):
        raise UsageError(f"a comparison knows nothing of {names}", remedy="leave that out, or choose the style of a brief")


@contextlib.contextmanager
def _executor(name: str | None) -> Iterator[Executor | None]:
    if name is None:
        yield None
        return
    from toolkit.executors import opened

    with opened(name) as executor:
        yield executor


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
def progress_shown(log: str = "") -> Iterator[Progress | None]:
    """A bar with rate and time left on a terminal, a line a round elsewhere; with ``log`` ``json`` a JSON object a step."""
    if log == "json":
        yield _logged
        return
    if not sys.stderr.isatty():
        yield _plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("[red]{task.fields[failed]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def advance(tick: Tick) -> None:
            if tick.round not in tasks:
                tasks[tick.round] = bar.add_task(say(f"build.{tick.round}"), total=tick.total, rate="", failed="")
            rate = say("build.rate", n=f"{tick.done / tick.seconds:.1f}") if tick.seconds else ""
            failed = say("build.failures", n=tick.failed) if tick.failed else ""
            bar.update(tasks[tick.round], completed=tick.done, total=tick.total, rate=rate, failed=failed)  # type: ignore[arg-type]

        yield advance


def _plain(tick: Tick) -> None:
    if tick.done == 0:
        click.echo(f"{say(f'build.{tick.round}')}: {tick.total}", err=True)


def _logged(tick: Tick) -> None:
    """One step as a JSON object on standard error: the round, what was finished, how many are left and how long they may take."""
    left = tick.seconds / tick.done * (tick.total - tick.done) if tick.done else None
    line = {
        "round": tick.round, "unit": tick.unit, "done": tick.done, "total": tick.total, "failed": tick.failed,
        "seconds": round(tick.seconds, 3), "left": None if left is None else round(left, 1), "error": tick.error or None,
    }  # fmt: skip
    click.echo(json.dumps(line, ensure_ascii=False), err=True)


def print_table(report: RunReport, output: Place, *, err: bool = True) -> None:
    """What was made, what needs a look, what failed; faults on standard error, unless that is taken (``err``)."""
    if not report.outcomes:
        click.echo(say("build.none"), err=err)
        return
    shown = report.outcomes if len(report.outcomes) <= MANY else [o for o in report.outcomes if o.why or o.needs_look or o.error]
    rows = [_row(o, output) for o in shown[:MANY]]
    if rows:
        head = (say("build.column_place"), say("build.column_state"), say("build.column_note"))
        widths = [max(len(row[i]) for row in (head, *rows)) for i in (0, 1)]
        click.echo()
        for row in (head, *rows):
            click.echo(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}".rstrip())
    for outcome in report.failed:
        assert outcome.error is not None
        click.echo(f"\n{outcome.name}: {translate(outcome.error.what)}", err=err)
        if outcome.error.remedy:
            click.echo(f"  → {translate(outcome.error.remedy)}", err=err)
    look = sum(o.needs_look for o in report.made)
    if len(shown) > MANY:
        click.echo(say("build.more_rows", n=len(shown) - MANY))
    kept, failed = len(report.kept), len(report.failed)
    ending = say(
        "build.summary_kept" if kept else "build.summary", made=len(report.made) - kept, kept=kept, look=look, failed=failed
    )
    click.echo(f"\n{ending}")
    if report.former:
        names = ", ".join([*map(str, report.former[:FEW]), *(["…"] if len(report.former) > FEW else [])])
        click.echo(say("build.former", names=names), err=err)
    if report.discarded:
        click.echo(say("build.discarded"), err=err)
    for issue in report.issues:
        if issue.code == "official-font":
            show_issue(issue)
    if look or report.issues:
        click.echo(say("build.more_with_check"))


FEW = 5
"""Leftovers of an earlier state that are named."""

MANY = 40
"""Briefs that a table shows one by one; of more it shows those that were made, need a look or failed."""


def print_reasons(report: RunReport) -> None:
    """Why each brief was made or kept."""
    click.echo()
    for outcome in report.outcomes:
        said = [_reason(code) for code in outcome.why] or [say("why.kept")]
        click.echo(f"{outcome.name}: {'; '.join(said)}")


def _reason(code: str) -> str:
    kind, _, name = code.partition(":")
    if kind in ("changed", "joined", "gone"):
        if name.startswith("source "):
            return say(f"why.source_{kind}", name=name.removeprefix("source "))
        return say("why.changed", name=say(f"why.{name}"))
    return say(f"why.{kind}", name=name)


def totals(report: RunReport, wall: float) -> dict[str, object]:
    """The run in numbers: briefs made, kept, failed; seconds of the whole, of each stage over all processes; memory of one."""
    kept, failed = len(report.kept), len(report.failed)
    return {
        "made": len(report.made) - kept,
        "kept": kept,
        "failed": failed,
        "seconds": round(wall, 3),
        "stages": {name: round(spent, 3) for name, spent in report.timings.seconds.items()},
        "memory_mb": round(report.timings.memory),
    }


def write_summary(report: RunReport, path: Path, wall: float) -> None:
    """The run as one JSON object: what became of each brief, and where the time went."""
    from toolkit.deliver import write_whole
    from toolkit.model.artifact import Artifact

    rows = [
        {
            "brief": outcome.name,
            "state": "failed" if outcome.error else "made" if outcome.why else "kept",
            "why": list(outcome.why),
            "findings": outcome.looks,
            "audited_numbers": outcome.audited,
            "error": outcome.error.what if outcome.error else None,
        }
        for outcome in report.outcomes
    ]
    former = [str(path) for path in report.former]
    data = (json.dumps({**totals(report, wall), "former": former, "briefs": rows}, ensure_ascii=False, indent=1) + "\n").encode()
    write_whole(path.parent, (Artifact(path.name, "application/json", data),))


def _row(outcome: Outcome, output: Place) -> tuple[str, str, str]:
    if outcome.error is not None:
        return outcome.name, say("build.failed"), translate(outcome.error.what).splitlines()[0]
    where = str(output / outcome.name)
    if outcome.needs_look:
        return where, say("build.look"), say("build.findings", n=outcome.looks)
    return where, say("build.made" if outcome.why else "build.kept"), ""


def print_timings(timings: Timings, wall: float) -> None:
    """The time of each stage."""
    click.echo(f"\n{say('build.stage'):<12} {say('build.seconds')}")
    for stage, seconds in timings.seconds.items():
        click.echo(f"{stage:<12} {seconds:7.3f}")
    click.echo(f"{say('build.total'):<12} {sum(timings.seconds.values()):7.3f}   ({say('build.wall')} {wall:.3f})")
    if timings.memory:
        click.echo(say("build.memory", n=round(timings.memory)))
