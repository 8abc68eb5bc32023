"""``nhiemky profile``: write, check and show the YAML profiles in which a person has the last word."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from toolkit.cli import show_error, show_issue
from toolkit.errors import ProfileError, ToolkitError, UsageError
from toolkit.messages import say
from toolkit.workspace import PROFILES

FOLDER = click.option("-p", "--profiles", type=click.Path(path_type=Path, file_okay=False), help=say("option.profiles"))
SETTINGS = click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help=say("option.set"))


@click.group("profile", help=say("help.profile"))
def command() -> None:
    """The group; each command below is one call."""


@command.command("schema", help=say("help.profile_schema"))
def schema() -> int:
    """JSON Schema on standard output."""
    from toolkit.read.profiles import profile_schema

    click.echo(json.dumps(profile_schema(), ensure_ascii=False, indent=2))
    return 0


@command.command("check", help=say("help.profile_check"))
@FOLDER
@SETTINGS
def check(profiles: Path | None, settings: tuple[str, ...]) -> int:
    """All faults of all profiles at once; 4 when there is one."""
    from toolkit.pipeline import load_profiles

    try:
        loaded = load_profiles(profiles, settings)
    except ProfileError as error:
        for issue in error.issues:
            show_issue(issue, err=False)
        click.echo(say("profile.faults", n=len(error.issues)))
        return error.exit_code
    for issue in loaded.issues:
        show_issue(issue, err=False)
    click.echo(say("profile.sound", n=len(loaded.profiles)))
    return 0


@command.command("new", help=say("help.profile_new"))
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@FOLDER
def new(sources: tuple[Path, ...], profiles: Path | None) -> int:
    """A scaffold a locality; an existing file is never changed, what is new is printed instead."""
    from toolkit.batch import find_sources, read_all
    from toolkit.pipeline import scaffold_profiles

    sheets, code = [], 0
    for path, sheet in read_all(find_sources(sources)):
        if isinstance(sheet, ToolkitError):
            sheet.where = sheet.where or str(path)
            show_error(sheet)
            code = sheet.exit_code
        else:
            sheets.append(sheet)
    for path, text, fresh in scaffold_profiles(sheets, profiles or PROFILES):
        if fresh:
            click.echo(say("profile.written", path=path), err=True)
        elif text:
            click.echo(say("profile.exists_new", path=path), err=True)
            sys.stdout.write(text)
        else:
            click.echo(say("profile.exists", path=path), err=True)
    return code


@command.command("show", help=say("help.profile_show"))
@click.argument("locality")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@FOLDER
@SETTINGS
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def show(locality: str, sources: tuple[Path, ...], profiles: Path | None, settings: tuple[str, ...], as_json: bool) -> int:
    """The merged profile with the origin of each value; with sources, what it changed in their brief too."""
    from toolkit.batch import dossiers_of
    from toolkit.pipeline import load_profiles
    from toolkit.read.profile_show import changes, show_data
    from toolkit.read.profile_show import show as rendered

    loaded = load_profiles(profiles, settings)
    found = loaded.called(locality)
    if not found:
        raise UsageError(
            f"there is no profile of {locality!r}",
            where=str(profiles or PROFILES),
            remedy=f"known: {', '.join(sorted({p.slug for p in loaded.profiles})) or '-'}; `nhiemky profile new SOURCE` writes one",
        )
    dossiers = dossiers_of(sources, loaded) if sources else ()
    shown = []
    for profile in found:
        own = [d for d in dossiers if d.locality.slug == profile.slug]
        if as_json:
            changed = {dossier.folder: list(changes(dossier)) for dossier in own}
            shown.append({"profile": profile.name, "term": profile.when, "values": show_data(profile), "changes": changed})
        else:
            for dossier in own or (None,):
                click.echo(rendered(profile, dossier), nl=False)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, default=str))
    return 0
