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
@click.option("--blocks", is_flag=True, help=say("option.template_blocks"))
@click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.template_changed"))
def list_(blocks: bool, templates: Path | None) -> int:
    """One line a template: its path and what it is; below it what it is made of, and what the user's folder changes."""
    names = _packaged()
    width = max(len(name) for name in names)
    folder = templates or _own_folder()
    for name in names:
        click.echo(f"{name:<{width}}  {_about(name)}".rstrip())
        for line in (*(_parts_of(name) if blocks else ()), *(_changes_of(name, folder) if folder else ())):
            click.echo(f"    {line}")
    return 0


@command.command("copy", help=say("help.template_copy"))
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--block", "blocks", multiple=True, metavar="BLOCK", help=say("option.template_block"))
@click.option("--macro", "macros", multiple=True, metavar="MACRO", help=say("option.template_macro"))
@TO
def copy(names: tuple[str, ...], blocks: tuple[str, ...], macros: tuple[str, ...], folder: Path) -> int:
    """Copies below ``folder`` at the same path; a file that exists is left alone and reported."""
    from toolkit.workspace import packaged_templates

    found = tuple(dict.fromkeys(part for given in names for part in _named(given)))
    if not blocks and not macros:
        return max([_written(folder / name, (packaged_templates() / name).read_bytes()) for name in found])
    from toolkit.render.template_parts import small_file

    if len(found) != 1:
        raise UsageError(
            f"blocks and macros are those of one template, not of {len(found)}", remedy=f"name one of: {', '.join(found)}"
        )
    text = small_file(found[0], blocks, macros)
    code = _written(folder / found[0], text.encode())
    if code:
        click.echo(say("template.add_this"), err=True)
        click.echo(text, nl=False)
    return code


def _written(target: Path, data: bytes) -> int:
    """Write a new file; the exit code."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        click.echo(say("template.exists", path=target), err=True)
        return DeliverError.exit_code
    except OSError as error:
        raise DeliverError(
            f"could not write: {error.strerror}", where=str(target), remedy="check the folder given by --to"
        ) from error
    click.echo(say("template.copied", path=target))
    return 0


def _own_folder() -> Path | None:
    """The folder of templates where the command runs, unless it is the package's own."""
    from toolkit.workspace import packaged_templates

    return TEMPLATES if TEMPLATES.is_dir() and TEMPLATES.resolve() != packaged_templates().resolve() else None


def _parts_of(name: str) -> list[str]:
    from toolkit.render.template_parts import parts

    found = parts(name)
    blocks = [f"{say('template.blocks')}: {', '.join(found.blocks)}"] if found.blocks else []
    return [*blocks, *(f"macro: {macro}" for macro in found.signatures)]


def _changes_of(name: str, folder: Path) -> list[str]:
    from toolkit.render.template_parts import changed

    lines = []
    for path, blocks, macros in changed(name, folder):
        told = [f"{say('template.blocks')}: {', '.join(blocks)}"] if blocks else []
        told += [f"macro: {', '.join(macros)}"] if macros else []
        lines.append(f"← {path}" + (f" ({'; '.join(told)})" if told else ""))
    return lines


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
