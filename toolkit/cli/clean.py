"""``nhiemky clean``: forget what builds keep for the next one, and sweep up what a killed run left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from toolkit.cli.options import PLACE
from toolkit.errors import UsageError
from toolkit.messages import language, say
from toolkit.workspace import OUTPUT

if TYPE_CHECKING:
    from toolkit.model.place import Place


@click.command("clean", help=say("help.clean"))
@click.argument("output", type=PLACE, default=OUTPUT)
def command(output: Place) -> int:
    """Removes the cache and unfinished files below the output folder; briefs stay.  A store elsewhere keeps no unfinished files."""
    from toolkit.cache import remove
    from toolkit.deliver.folder import sweep

    asked = click.get_current_context().get_parameter_source("output") is ParameterSource.COMMANDLINE
    if asked and isinstance(output, Path) and not output.is_dir():
        raise UsageError("there is no such output folder", where=str(output), remedy="name the folder that briefs were built into")
    freed = remove(output)
    swept = sweep(output) if isinstance(output, Path) else ()
    size = f"{freed / 1e6:.1f}"
    click.echo(say("clean.done", size=size.replace(".", ",") if language() == "vi" else size, files=len(swept)))
    return 0
