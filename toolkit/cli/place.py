"""``nhiemky place``: an administrative unit before and after July 2025."""

from __future__ import annotations

import click

from toolkit.messages import say


@click.command("place", help=say("help.place"))
@click.argument("name", nargs=-1, required=True)
def command(name: tuple[str, ...]) -> int:
    """Every candidate with its parents, successors and predecessors; 1 when the gazetteer knows none."""
    from toolkit.gazetteer import describe_place

    lines = describe_place(" ".join(name))
    for line in lines:
        click.echo(line)
    if not lines:
        click.echo(say("place.none", name=" ".join(name)), err=True)
    return 0 if lines else 1
