"""What click says by itself, in the user's language: the heads of help pages, and what is wrong with a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from toolkit.messages import language, say, translate

_HEADS = {"Options": "cli.options", "Commands": "cli.commands"}
_ENDS = (("[default: ", "cli.default"), ("required]", "cli.required"))
"""What click puts after the help of an option."""


class Formatter(click.HelpFormatter):
    """A help page whose own words are in the catalogue."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{say('cli.usage')} " if prefix is None else prefix)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(say(_HEADS[name]) if name in _HEADS else name):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _words(text)) for term, text in rows], col_max, col_spacing)


def _words(text: str) -> str:
    if text == "Show this message and exit.":
        return say("cli.help")
    for words, key in _ENDS:
        text = text.replace(words, say(key))
    return text


class Context(click.Context):
    """A call whose help is written by ``Formatter``."""

    formatter_class = Formatter


def speaking(command: click.Command) -> click.Command:
    """A command, with all below it, that helps in the user's language."""
    command.context_class = Context
    if isinstance(command, click.Group):
        for one in command.commands.values():
            speaking(one)
    return command


def show_wrong_call(error: click.ClickException) -> None:
    """What is wrong with a call, on standard error: the usage, where there is help, the fault."""
    if language() == "en" or type(error).__name__ == "NoArgsIsHelpError":  # a help page; newer click alone
        error.show()
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"{error.ctx.get_usage()}\n{say('cli.try_help', command=error.ctx.command_path)}\n", err=True)
    click.echo(f"{say('cli.error')} {translate(' '.join(error.format_message().split()))}", err=True)
