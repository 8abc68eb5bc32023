"""``nhiemky extract``: facts as JSON Lines."""

from __future__ import annotations

import sys

import click

from toolkit.cli import show_error
from toolkit.cli.options import PLACE
from toolkit.errors import ToolkitError
from toolkit.messages import say
from toolkit.model.place import Place


@click.command("extract", help=say("help.extract"))
@click.argument("sources", nargs=-1, required=True, type=PLACE)
@click.option("-j", "--jobs", type=click.IntRange(min=1), help=say("option.jobs"))
def command(sources: tuple[Place, ...], jobs: int | None) -> int:
    """Print one object a source, in order; ends with the last error's code when a source could not be read."""
    from toolkit.batch import find_sources, read_all
    from toolkit.contract import to_line

    code = 0
    for path, sheet in read_all(find_sources(sources), jobs=jobs):
        if isinstance(sheet, ToolkitError):
            if not sheet.where:
                sheet.where = str(path)
            show_error(sheet)
            code = sheet.exit_code if code in (0, sheet.exit_code) else 1
        else:
            sys.stdout.write(to_line(sheet) + "\n")
    return code
