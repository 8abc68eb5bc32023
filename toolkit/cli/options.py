"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from toolkit.messages import say


def making_options(function: Callable[..., int]) -> Callable[..., int]:
    """``--profiles``, ``--set``, ``--length``, ``--style`` and ``--appendix``: what settles a brief besides its sources.

    The command gets ``profiles`` and ``settings``, and the rest as one ``wish``, a ``pipeline.Making``.
    """

    @functools.wraps(function)
    def packed(*, length: str | None, style: str | None, appendix: bool | None, **options: Any) -> int:
        from toolkit.pipeline import Making
        from toolkit.styles import style as known

        if style is not None:
            style = known(style.strip().lower()).id
        return function(wish=Making(length=length, style=style, appendix=appendix), **options)

    for option in (
        click.option("--appendix/--no-appendix", default=None, help=say("option.appendix")),
        click.option("--style", metavar="NAME", help=say("option.style")),
        click.option("--length", type=click.Choice(["one-page", "standard", "full"]), help=say("option.length")),
        click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help=say("option.set")),
        click.option(
            "-p",
            "--profiles",
            type=click.Path(path_type=Path, file_okay=False),
            help=say("option.profiles") + " [default: profiles/]",
        ),
    ):
        packed = option(packed)
    return packed
