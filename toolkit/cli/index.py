"""``nhiemky index``: one page that lists all briefs of an output folder."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.published import report, templates_option
from toolkit.messages import say
from toolkit.workspace import OUTPUT


@click.command("index", help=say("help.index"))
@click.argument("output", type=click.Path(path_type=Path), default=OUTPUT)
@templates_option
def command(output: Path, templates: Path | None) -> int:
    """One call of ``publish_index``."""
    from toolkit.publish import publish_index

    return report(publish_index(output, templates))
