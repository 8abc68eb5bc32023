"""``nhiemky feed``: feeds and an index of all briefs of an output folder."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.published import report, templates_option
from toolkit.messages import say
from toolkit.workspace import OUTPUT


@click.command("feed", help=say("help.feed"))
@click.argument("output", type=click.Path(path_type=Path), default=OUTPUT)
@click.option("--base-url", metavar="URL", default="", help=say("option.base_url"))
@click.option("--title", default="", help=say("option.feed_title"))
@click.option("--newest", type=click.IntRange(min=1), help=say("option.newest"))
@templates_option
def command(output: Path, base_url: str, title: str, newest: int | None, templates: Path | None) -> int:
    """One call of ``publish_feeds``."""
    from toolkit.publish import publish_feeds

    return report(publish_feeds(output, base_url, title=title, newest=newest, templates=templates))
