"""``nhiemky check``: everything a careful editor should look at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import PLACE, making_options
from toolkit.errors import Issue, ProfileError, Severity, ToolkitError
from toolkit.messages import say, translate
from toolkit.workspace import SOURCES

if TYPE_CHECKING:
    from toolkit.model.place import Place
    from toolkit.pipeline import Making

NEEDS_A_LOOK = 10


@click.command("check", help=say("help.check"))
@click.argument("sources", nargs=-1, type=PLACE)
@making_options
@click.option("-j", "--jobs", type=click.IntRange(min=1), help=say("option.jobs"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def command(
    sources: tuple[Place, ...], profiles: Path | None, settings: tuple[str, ...], wish: Making, jobs: int | None, as_json: bool
) -> int:
    """Findings of sources, profiles and briefs, in that order; 10 when there are any."""
    from toolkit.batch import findings

    try:
        issues = findings(sources or (SOURCES,), profiles, settings, wish, jobs=jobs)
    except ProfileError as error:
        issues = error.issues or (_as_issue(error),)
    if as_json:
        click.echo(json.dumps([asdict(issue) for issue in issues], ensure_ascii=False, indent=2))
    else:
        _print(issues)
    return NEEDS_A_LOOK if any(issue.severity is not Severity.INFO for issue in issues) else 0


def _as_issue(error: ToolkitError) -> Issue:
    return Issue(type(error).__name__, error.what, Severity.ERROR, where=error.where, remedy=error.remedy)


def _print(issues: Iterable[Issue]) -> None:
    looks = notes = 0
    for issue in issues:
        looks += issue.severity is not Severity.INFO
        notes += issue.severity is Severity.INFO
        mark = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "·"}[issue.severity]
        click.echo(f"{mark} {issue.where + ': ' if issue.where else ''}{translate(issue.message)} [{issue.code}]")
        if issue.excerpt:
            click.echo(issue.excerpt)
        if issue.stated is not None or issue.computed is not None:
            sides = ((say("check.stated"), issue.stated), (say("check.computed"), issue.computed))
            click.echo("    " + "; ".join(f"{name}: {value}" for name, value in sides if value is not None))
        if issue.remedy:
            click.echo(f"    → {translate(issue.remedy)}")
    click.echo(say("check.total", n=looks) if looks else say("check.clean"))
    if notes:
        click.echo(say("check.notes", n=notes))
