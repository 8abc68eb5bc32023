"""``nhiemky clean``: forget what builds keep for the next one, and sweep up what a killed run left."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.messages import say
from toolkit.workspace import OUTPUT


@click.command("clean", help=say("help.clean"))
@click.argument("output", type=click.Path(path_type=Path, file_okay=False), default=OUTPUT)
def command(output: Path) -> int:
    """Removes the cache and unfinished files below the output folder; briefs stay."""
    from toolkit.cache import remove
    from toolkit.deliver.folder import sweep

    freed = remove(output)
    swept = sweep(output)
    click.echo(say("clean.done", size=f"{freed / 1e6:.1f}", files=len(swept)))
    return 0
