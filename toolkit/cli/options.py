"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from toolkit.messages import say

F = TypeVar("F", bound=Callable[..., Any])


def making_options(function: F) -> F:
    """``--profiles``, ``--set`` and ``--length``: what settles a brief besides its sources."""
    for option in (
        click.option("--length", type=click.Choice(["one-page", "standard", "full"]), help=say("option.length")),
        click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help=say("option.set")),
        click.option(
            "-p",
            "--profiles",
            type=click.Path(path_type=Path, file_okay=False),
            help=say("option.profiles") + " [default: profiles/]",
        ),
    ):
        function = option(function)
    return function
