"""What ``index``, ``feed`` and ``digest`` share: their option, and what they tell of what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli import show_issue
from toolkit.errors import Severity
from toolkit.messages import say

if TYPE_CHECKING:
    from toolkit.publish import Publication

templates_option = click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.templates"))


def report(made: Publication) -> int:
    """Print the files and what a person should know; 1 when a brief had to be left out because its folder is broken."""
    for path in made.files:
        click.echo(str(path))
    click.echo(say("publish.made", briefs=made.briefs))
    if made.left_out:
        click.echo(
            say("publish.left_out", count=len(made.left_out), folders=", ".join(one.folder for one in made.left_out[:5])), err=True
        )
    for issue in made.issues:
        show_issue(issue)
    return 1 if any(issue.severity is Severity.ERROR for issue in made.issues) else 0
