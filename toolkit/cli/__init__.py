"""The command ``nhiemky``: options to one call to an exit code.  No rule of the field lives here.

Commands are modules of this package, imported when they are called, so that ``nhiemky --help`` needs nothing but click and
the messages.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import signal
import sys
from typing import Any, NoReturn

import click

from toolkit.cli.speaking import Context, show_wrong_call, speaking
from toolkit.errors import DeliverError, ReadError, ToolkitError, UsageError
from toolkit.messages import say, translate

COMMANDS = {
    "build": "toolkit.cli.build",
    "check": "toolkit.cli.check",
    "clean": "toolkit.cli.clean",
    "compare": "toolkit.cli.compare",
    "corpus": "toolkit.cli.corpus",
    "diff": "toolkit.cli.diff",
    "digest": "toolkit.cli.digest",
    "doctor": "toolkit.cli.doctor",
    "explain": "toolkit.cli.explain",
    "extract": "toolkit.cli.extract",
    "feed": "toolkit.cli.feed",
    "index": "toolkit.cli.index",
    "place": "toolkit.cli.place",
    "preview": "toolkit.cli.preview",
    "profile": "toolkit.cli.profile",
    "query": "toolkit.cli.query",
    "send": "toolkit.cli.send",
    "summarise": "toolkit.cli.summarise",
    "template": "toolkit.cli.template",
}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """A group that imports a command's module only when that command runs."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return speaking(importlib.import_module(COMMANDS[cmd_name]).command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from rapidfuzz import process

            near = process.extractOne(args[0], list(COMMANDS), score_cutoff=60)
            ctx.fail(say("cli.unknown_command", name=args[0]) + (say("cli.did_you_mean", name=near[0]) if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Short helps come from the catalogue: asking the commands themselves would import them all.
        with formatter.section(say("cli.commands")):
            formatter.write_dl([(name, say(f"help.{name}_short")) for name in COMMANDS])


@click.group(cls=_Commands, context_settings=CONTEXT, help=say("help.main"), epilog=say("help.main_epilog"))
@click.version_option(package_name="nhiemky", prog_name="nhiemky", help=say("option.version"))
@click.option("--lang", type=click.Choice(["vi", "en"]), expose_value=False, help=say("option.lang"))
@click.option("--debug", is_flag=True, expose_value=False, help=say("option.debug"))
def nhiemky() -> None:
    """The group itself does nothing; its help is in the catalogue."""


def main(argv: list[str] | None = None) -> NoReturn:
    """Entry point: runs a command and ends the process with its exit code; no error leaves without a message."""
    _prepare_streams()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    arguments, debug = _global_options(sys.argv[1:] if argv is None else argv)
    try:
        code = nhiemky.main(args=arguments, prog_name="nhiemky", standalone_mode=False)
        sys.stdout.flush()  # a full disk must be met here, not when the process ends
    except click.exceptions.Abort:
        click.echo(say("cli.interrupted"), err=True)
        code = 130
    except click.ClickException as error:
        show_wrong_call(error)
        code = error.exit_code
    except ToolkitError as error:
        if debug:
            raise
        show_error(error)
        code = error.exit_code
    except KeyboardInterrupt:
        click.echo(say("cli.interrupted"), err=True)
        code = 130
    except (BrokenPipeError, SystemExit):
        # The reader of our output went away (`nhiemky extract … | head`); that is not a fault.  click ends the process then.
        _let_go_of_stdout()
        code = 0
    except OSError as error:
        if debug:
            raise
        code = _system_fault(error)
    except Exception as error:  # the last line of defence: say something useful, never a bare traceback
        if debug:
            raise
        code = _crashed(error)
    sys.exit(code if isinstance(code, int) else 0)


def _prepare_streams() -> None:
    """Standard streams that can be written to and know all letters, whatever the caller left open and the locale says."""
    if sys.stdout is None or sys.stderr is None:  # closed by the caller (``>&-``, a service)
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open as long as the process
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may still be in a legacy code page that has no Vietnamese letters; and the name of a file may
        # hold bytes that are no text in any encoding.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _interrupt(*_: object) -> NoReturn:
    """``kill`` and a system that shuts down end a run as Ctrl-C does; a second one finds the run already sweeping up."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    raise KeyboardInterrupt


def _let_go_of_stdout() -> None:
    """Makes the end of the process quiet: what is still buffered cannot be written, and Python would complain of it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _system_fault(error: OSError) -> int:
    """A full disk or a device fault under standard output ends like one under ``--output``, a name that no file can have like any
    other wrong one; the rest is our own fault."""
    if error.filename is not None and error.errno in (errno.ENAMETOOLONG, errno.EACCES):  # of a path that the call names
        long = error.errno == errno.ENAMETOOLONG
        fault = UsageError("no file can have so long a name") if long else ReadError("there is no way to this file or folder")
        fault.where, fault.remedy = (
            str(error.filename),
            "check the name" if long else "check the permissions of the folders above it",
        )
        show_error(fault)
        return fault.exit_code
    _let_go_of_stdout()
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG):
        return _crashed(error)
    show_error(
        DeliverError(
            f"could not write: {error.strerror}", where="stdout", remedy="free some space, or send the output somewhere else"
        )
    )
    return DeliverError.exit_code


def _crashed(error: Exception) -> int:
    click.echo(say("cli.crash", kind=type(error).__name__, what=error), err=True)
    return 70


def _global_options(arguments: list[str]) -> tuple[list[str], bool]:
    """The arguments without ``--lang`` (settled when the messages were loaded) and ``--debug``, which may stand anywhere."""
    kept: list[str] = []
    debug = skip = False
    for i, argument in enumerate(arguments):
        if skip:
            skip = False
        elif argument == "--":
            return kept + arguments[i:], debug
        elif argument == "--debug":
            debug = True
        elif argument in ("--lang=vi", "--lang=en"):
            continue
        elif argument == "--lang" and arguments[i + 1 : i + 2] in (["vi"], ["en"]):
            skip = True
        else:
            kept.append(argument)
    return kept, debug


def show_error(error: ToolkitError) -> None:
    """One error on standard error: where, what, what to do; every issue it carries on lines of its own."""
    where = f"{error.where}: " if error.where else ""
    click.echo(click.style(say("cli.error"), fg="red", bold=True) + f" {where}{translate(error.what)}", err=True)
    if error.remedy:
        click.echo(f"  → {translate(error.remedy)}", err=True)
    issues: Any = getattr(error, "issues", ())
    for issue in issues:
        show_issue(issue)


def show_issue(issue: Any, *, err: bool = True) -> None:
    """One finding: ``where: message [code]``, the line it stands in with a caret, its remedy."""
    where = f"{issue.where}: " if issue.where else ""
    click.echo(f"{where}{translate(issue.message)} [{issue.code}]", err=err)
    if issue.excerpt:
        click.echo(issue.excerpt, err=err)
    if issue.remedy:
        click.echo(f"  → {translate(issue.remedy)}", err=err)
