"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from toolkit.messages import say
from toolkit.model.place import Place, is_url, place


class PlaceType(click.Path):
    """A path, or the address of a store elsewhere (``s3://…``)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and (is_url(value) or value.lower().startswith("file://")):
            return place(value)
        return value if isinstance(value, Place) else super().convert(value, param, ctx)


PLACE = PlaceType(path_type=Path)


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
