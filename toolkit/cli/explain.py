"""``nhiemky explain``: from a figure back to its sentence, its rule, and whoever settled it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.options import making_options
from toolkit.errors import UsageError
from toolkit.messages import say

if TYPE_CHECKING:
    from toolkit.pipeline import Making


@click.command("explain", help=say("help.explain"))
@click.argument("where", type=str)
@click.argument("figure", required=False)
@making_options
def command(where: str, figure: str | None, profiles: Path | None, settings: tuple[str, ...], wish: Making) -> int:
    """What was extracted at a place, and what became of it in the brief; 1 when nothing was."""
    from toolkit.pipeline import explain_figure, load_profiles

    path, offset = _place(where, figure)
    lines = explain_figure(path, offset if offset is not None else figure or "", load_profiles(profiles, settings), wish)
    if lines is None:
        click.echo(say("explain.none"))
        return 1
    click.echo(lines)
    return 0


def _place(where: str, figure: str | None) -> tuple[Path, int | None]:
    """``FILE:OFFSET``, or ``FILE`` with the figure as text (a Windows drive letter is no offset)."""
    head, colon, tail = where.rpartition(":")
    if colon and tail.isdecimal() and head:
        return Path(head), int(tail)
    if figure is None:
        raise UsageError("neither an offset nor a figure was given", remedy='write FILE:OFFSET, or FILE "143%"')
    return Path(where), None
