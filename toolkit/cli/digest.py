"""``nhiemky digest``: one newsletter insert of several localities."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.published import report, templates_option
from toolkit.messages import say
from toolkit.workspace import OUTPUT


@click.command("digest", help=say("help.digest"))
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=OUTPUT, show_default=True, help=say("option.output"))
@click.option("--name", default="digest", show_default=True, help=say("option.digest_name"))
@click.option("--title", default="", help=say("option.digest_title"))
@click.option("--base-url", metavar="URL", default="", help=say("option.base_url"))
@templates_option
def command(folders: tuple[Path, ...], output: Path, name: str, title: str, base_url: str, templates: Path | None) -> int:
    """One call of ``publish_digest``."""
    from toolkit.publish import publish_digest

    return report(publish_digest(output, folders, name=name, title=title, base_url=base_url, templates=templates))
