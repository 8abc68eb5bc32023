"""``nhiemky template``: list, copy and check the templates that an office may change."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli import show_issue
from toolkit.errors import DeliverError, Severity, TemplateError, UsageError
from toolkit.messages import say
from toolkit.workspace import TEMPLATES

TO = click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=TEMPLATES, show_default=True,
    help=say("option.template_to"),
)  # fmt: skip
FOLDER = click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.template_check"))


@click.group("template", help=say("help.template"))
def command() -> None:
    """The group; each command below is one call."""


@command.command("list", help=say("help.template_list"))
def list_() -> int:
    """One line a template: its path and what it is."""
    names = _packaged()
    width = max(len(name) for name in names)
    for name in names:
        click.echo(f"{name:<{width}}  {_about(name)}".rstrip())
    return 0


@command.command("copy", help=say("help.template_copy"))
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@TO
def copy(names: tuple[str, ...], folder: Path) -> int:
    """Copies below ``folder`` at the same path; a file that exists is left alone and reported."""
    from toolkit.workspace import packaged_templates

    code = 0
    for name in dict.fromkeys(part for given in names for part in _named(given)):
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write((packaged_templates() / name).read_bytes())
            click.echo(say("template.copied", path=target))
        except FileExistsError:
            click.echo(say("template.exists", path=target), err=True)
            code = DeliverError.exit_code
        except OSError as error:
            raise DeliverError(
                f"could not write: {error.strerror}", where=str(target), remedy="check the folder given by --to"
            ) from error
    return code


@command.command("check", help=say("help.template_check"))
@FOLDER
def check(templates: Path | None) -> int:
    """All faults of a folder at once; 5 when there is one."""
    from toolkit.render.template_check import check_templates

    folder = templates or (TEMPLATES if TEMPLATES.is_dir() else None)
    issues = check_templates(folder)
    for issue in issues:
        show_issue(issue, err=False)
    faults = sum(issue.severity is Severity.ERROR for issue in issues)
    click.echo(say("template.faults" if faults else "template.sound", n=faults, folder=folder or "-"))
    return TemplateError.exit_code if faults else 0


def _packaged() -> tuple[str, ...]:
    from toolkit.workspace import packaged_templates

    root = packaged_templates()
    return tuple(sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and path.suffix != ".md"))


def _named(given: str) -> tuple[str, ...]:
    """Templates that a name means: the path itself, its last part, or all of a folder."""
    known = _packaged()
    wanted = given.strip("/")
    for found in (
        [name for name in known if name == wanted],
        [name for name in known if name.startswith(wanted + "/")],
        [name for name in known if "/" in wanted and name.endswith("/" + wanted)],
        [name for name in known if wanted in (name.rsplit("/", 1)[-1], name.rsplit("/", 1)[-1].partition(".")[0])],
    ):
        if found:
            return tuple(found)
    from rapidfuzz import process

    near = process.extractOne(wanted, known, score_cutoff=50)
    raise UsageError(
        f"there is no template {given!r}", remedy=f"did you mean {near[0]}?" if near else "`nhiemky template list` shows all"
    )


def _about(name: str) -> str:
    """What a template is, in a line; from the catalogue, by its name."""
    from toolkit.lexicon import load
    from toolkit.messages import language

    entry = load("messages")["templates"].get(name.rsplit("/", 1)[-1].replace(".", "_"))
    return str(entry[language()]) if entry else ""
