"""``nhiemky corpus``: facts of many localities and terms in one file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from toolkit.cli import show_error, show_issue
from toolkit.messages import say
from toolkit.workspace import CORPUS

DAMAGED = 3
"""Exit code of a corpus that is not sound: it cannot be read, as a source."""


def corpus_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--corpus FILE``."""
    return click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, show_default=True, help=say("option.corpus"))(
        function
    )


@click.group("corpus", help=say("help.corpus"))
def command() -> None:
    """The group itself does nothing."""


@command.command("add", help=say("help.corpus_add"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@corpus_option
def add(paths: tuple[Path, ...], corpus: Path) -> int:
    """Add folders and files; what cannot be read is reported, the rest is added."""
    from toolkit.corpus import add as add_to

    done = add_to(corpus, paths, sys.stdin.buffer if sys.stdin is not None else None)  # None: closed by the caller
    for error in done.errors:
        show_error(error)
    click.echo(say("corpus.added", new=done.new, replaced=done.replaced, unchanged=done.unchanged, facts=done.facts, corpus=corpus))
    return done.errors[0].exit_code if done.errors else 0


@command.command("remove", help=say("help.corpus_remove"))
@click.argument("names", nargs=-1, required=True)
@corpus_option
def remove(names: tuple[str, ...], corpus: Path) -> int:
    """Take builds out, by folder or file."""
    from toolkit.corpus import remove as remove_from

    click.echo(say("corpus.removed", n=remove_from(corpus, names)))
    return 0


@command.command("list", help=say("help.corpus_list"))
@corpus_option
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def list_(corpus: Path, as_json: bool) -> int:
    """All builds in the order of their places."""
    from toolkit.corpus import listing

    rows = listing(corpus)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        place = ", ".join(part for part in (f"{row.level or ''} {row.locality or '?'}".strip(), *row.parents) if part)
        notes = [say("corpus.facts", n=row.facts), say("corpus.sources", n=len(row.sources))]
        notes += [say("corpus.review", n=row.review)] if row.review else []
        notes += [say("corpus.inferred", term=row.term)] if row.term_inferred else []
        notes += [say("corpus.raw")] if row.kind == "facts" else []
        notes += [say("corpus.covered", folder=row.covered_by)] if row.covered_by else []
        click.echo(f"{row.folder}  {place}  ({'; '.join(notes)})")
    counted = [row for row in rows if row.covered_by is None]
    click.echo(say("corpus.total", builds=len(rows), facts=sum(row.facts for row in counted)), err=True)
    return 0


@command.command("check", help=say("help.corpus_check"))
@corpus_option
def check(corpus: Path) -> int:
    """Every fault; 3 when there is one."""
    from toolkit.corpus import check as faults_of

    issues = faults_of(corpus)
    for issue in issues:
        show_issue(issue, err=False)
    click.echo(say("corpus.unsound", n=len(issues)) if issues else say("corpus.sound"))
    return DAMAGED if issues else 0


@command.command("export", help=say("help.corpus_export"))
@corpus_option
@click.option(
    "--format", "format_", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help=say("option.export_format")
)
def export(corpus: Path, format_: str) -> int:
    """Every object as it was added, or every figure as a row, on standard output."""
    from toolkit.cli.query import write
    from toolkit.corpus import Query, query
    from toolkit.corpus import export as lines_of
    from toolkit.corpus.tables import to_csv, values

    if format_ == "csv":
        write(to_csv(values(row) for row in query(corpus, Query()).rows))
        return 0
    for line in lines_of(corpus):
        write(line + "\n")
    return 0
