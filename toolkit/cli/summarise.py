"""``nhiemky summarise``: the sentences that say most within a budget."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from toolkit.errors import UsageError
from toolkit.messages import say


@click.command("summarise", help=say("help.summarise"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("-b", "--budget", type=click.IntRange(min=1), default=120, show_default=True, help=say("option.budget"))
@click.option("--batch", is_flag=True, help=say("option.batch"))
@click.option("--explain", is_flag=True, help=say("option.explain_scores"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def command(files: tuple[Path, ...], budget: int, batch: bool, explain: bool, as_json: bool) -> int:
    """One summary of all files together, or one a line of standard input with ``--batch``."""
    from toolkit.pipeline import summarise_batch, summarise_files

    if batch:
        if isinstance(sys.stdin, io.TextIOWrapper):
            # One line that is no UTF-8 is one wrong line, not the end of all; and the locale has no say in what JSON is.
            sys.stdin.reconfigure(encoding="utf-8", errors="backslashreplace")
        for line in summarise_batch(sys.stdin or ()):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        return 0
    if not files:
        raise UsageError("no files were named", remedy="name one or more texts, or use --batch with JSON Lines on standard input")
    summary = summarise_files(files, budget, explain=explain)
    if as_json:
        click.echo(summary.to_json())
    elif explain:
        click.echo(summary.explained())
    else:
        click.echo(summary.text())
    return 0
