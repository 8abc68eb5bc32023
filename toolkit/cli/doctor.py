"""``nhiemky doctor``: is this machine able?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from toolkit.messages import say
from toolkit.workspace import OUTPUT


@click.command("doctor", help=say("help.doctor"))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=OUTPUT, show_default=True, help=say("option.output"))
def command(output: Path) -> int:
    """One line a check; ends with 0 when all pass, else with 9.  What is only worth knowing decides nothing."""
    able = True
    for key, problem in (
        ("python", _python()),
        ("engine", _engine()),
        ("fonts", _fonts()),
        ("templates", _templates()),
        ("data", _data()),
        ("output", _output(output)),
    ):
        mark = say("doctor.ok") if problem is None else say("doctor.bad")
        click.echo(f"[{mark}] {say(f'doctor.{key}')}")
        if problem is not None:
            able = False
            click.echo("    " + problem.replace("\n", "\n    "))
    if hint := _official():
        click.echo(f"[{say('doctor.note')}] {say('doctor.official')}\n    " + hint.replace("\n", "\n    "))
    click.echo(say("doctor.able" if able else "doctor.unable"))
    return 0 if able else 9


def _python() -> str | None:
    return None if sys.version_info >= (3, 11) else f"Python {sys.version.split()[0]}"


def _engine() -> str | None:
    from toolkit.render.pdf import check_engine

    return check_engine()


def _fonts() -> str | None:
    from toolkit.errors import ToolkitError
    from toolkit.render.fonts import missing_letters

    try:
        missing = missing_letters()
    except ToolkitError as error:
        return str(error)
    return ", ".join(f"{face}: {letters}" for face, letters in missing.items()) or None


def _official() -> str | None:
    """How to get the face of the official forms; the briefs are made without it too."""
    from toolkit.render.official_fonts import official_trouble

    return official_trouble()


def _templates() -> str | None:
    from toolkit.workspace import packaged_templates

    folder = packaged_templates()
    return None if (folder / "brief").is_dir() else str(folder)


def _data() -> str | None:
    from toolkit.errors import DataError
    from toolkit.lexicon import DATA, load

    try:
        for file in sorted(DATA.rglob("*.yaml")):
            load(str(file.relative_to(DATA).with_suffix("").as_posix()))
    except DataError as error:
        return str(error)
    return None


def _output(folder: Path) -> str | None:
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    return None if os.access(place, os.W_OK) else str(place.resolve())
