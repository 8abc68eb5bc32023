"""``nhiemky send``: an outbox to look at, and, when it is confirmed, the mail itself."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit.errors import UsageError
from toolkit.messages import say
from toolkit.workspace import OUTPUT

if TYPE_CHECKING:
    from toolkit.deliver.ledger import Ledger
    from toolkit.deliver.outbox import Outbox
    from toolkit.mailing import Plan, Rendered
    from toolkit.model.mail import Message, Record, SendSettings

F = TypeVar("F", bound=Callable[..., Any])
UNDECIDED = 10
"""Exit code when everything else is well but some messages wait for a person."""
SHOWN = 20
"""Messages listed by ``--status`` a state; the ledger has them all."""

KEYS = (
    *("from", "reply_to", "subject", "salutation", "unsubscribe", "channel", "folder", "host", "port", "security", "user"),
    *("password_file", "keyring", "ca_file", "rate", "connections", "retries", "backoff", "timeout"),
)
"""The keys of ``send.yaml`` as options; a test holds them against ``read/send_settings.py``, which help need not import."""


def _setting_options(function: F) -> F:
    for key in reversed(KEYS):
        function = click.option(f"--{key.replace('_', '-')}", f"key_{key}", help=say(f"send_key.{key}"))(function)
    return function


@click.command("send", help=say("help.send"))
@click.argument("briefs", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=OUTPUT, show_default=True, help=say("option.send_output"))
@click.option("-l", "--list", "lists", multiple=True, help=say("option.send_list"))
@click.option(
    "-r", "--recipients", multiple=True, type=click.Path(path_type=Path, dir_okay=False), help=say("option.send_recipients")
)
@click.option("--suppress", multiple=True, type=click.Path(path_type=Path, dir_okay=False), help=say("option.send_suppress"))
@click.option("-p", "--profiles", type=click.Path(path_type=Path, file_okay=False), help=say("option.profiles"))
@click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.templates"))
@click.option("--settings", type=click.Path(path_type=Path, dir_okay=False), help=say("option.send_settings"))
@click.option("--outbox", "name", default="send", show_default=True, help=say("option.send_outbox"))
@click.option("--date", help=say("option.send_date"))
@click.option("--again", is_flag=True, help=say("option.send_again"))
@click.option("--confirm", is_flag=True, help=say("option.send_confirm"))
@click.option("--resume", is_flag=True, help=say("option.send_resume"))
@click.option("--only-failed", is_flag=True, help=say("option.send_only_failed"))
@click.option("--limit", type=click.IntRange(min=1), help=say("option.send_limit"))
@click.option("--status", is_flag=True, help=say("option.send_status"))
@click.option("--settle", nargs=2, metavar="ID sent|resend", help=say("option.send_settle"))
@click.option("--insecure", is_flag=True, help=say("option.send_insecure"))
@_setting_options
def command(
    briefs: tuple[str, ...],
    output: Path,
    lists: tuple[str, ...],
    recipients: tuple[Path, ...],
    suppress: tuple[Path, ...],
    profiles: Path | None,
    templates: Path | None,
    settings: Path | None,
    name: str,
    date: str | None,
    again: bool,
    confirm: bool,
    resume: bool,
    only_failed: bool,
    limit: int | None,
    status: bool,
    settle: tuple[str, str] | None,
    insecure: bool,
    **keys: str | None,
) -> int:
    """Status and settling first; else render unless resuming, show, and send when it was confirmed."""
    from toolkit.deliver.ledger import Ledger
    from toolkit.mailing import OUTBOXES, channel_of, outbox_of
    from toolkit.read.send_settings import read_settings

    if status:
        return _status(output / OUTBOXES)
    if settle:
        return _settle(output / OUTBOXES, *settle)
    resume = resume or only_failed
    if resume and (briefs or lists or recipients or suppress or again):
        remedy = "leave them out, or leave out --resume and --only-failed"
        raise UsageError("an outbox is sent as it was rendered: briefs and recipients cannot be chosen anew", remedy=remedy)
    given = read_settings(settings, {key.removeprefix("key_"): value for key, value in keys.items() if value is not None})
    outbox = outbox_of(output, name)
    channel = channel_of(given, insecure=insecure) if confirm else None
    plan = None if resume else _plan(briefs, output, lists, recipients, suppress, profiles, given)
    with Ledger.open(output / OUTBOXES) as ledger:
        messages = _render(plan, outbox, ledger, given, date, templates, again=again) if plan else _resumed(outbox, ledger)
        return _send(messages, outbox, ledger, given, channel, only_failed=only_failed, limit=limit)


def _plan(
    briefs: tuple[str, ...],
    output: Path,
    lists: tuple[str, ...],
    recipients: tuple[Path, ...],
    suppress: tuple[Path, ...],
    profiles: Path | None,
    settings: SendSettings,
) -> Plan:
    from toolkit.mailing import Addressing, plan
    from toolkit.read.brief_folder import find_briefs, read_briefs
    from toolkit.read.profiles import load_profiles
    from toolkit.read.recipients import read_recipients, read_suppressed

    if settings.sender is None:
        raise UsageError("nobody was named to send from", remedy="write from: into send.yaml, or give --from")
    addressing = Addressing(lists, read_recipients(recipients), read_suppressed(suppress))
    made = plan(read_briefs(find_briefs(briefs, output)), addressing, load_profiles(profiles))
    if made.unplaced:
        shown = ", ".join(f"{one.email} ({one.locality})" for one in made.unplaced[:SHOWN])
        click.echo(say("send.unplaced", n=len(made.unplaced), who=shown), err=True)
    return made


def _render(
    plan: Plan, outbox: Outbox, ledger: Ledger, settings: SendSettings, date: str | None, templates: Path | None, *, again: bool
) -> tuple[Message, ...]:
    from toolkit.deliver.outbox import INDEX
    from toolkit.deliver.secrets import unsubscribe_key
    from toolkit.mailing import Rendering, render

    rendering = Rendering(settings, _moment(date), templates, unsubscribe_key())
    made: Rendered = render(plan, outbox, ledger, rendering, again=again)
    briefs = len({message.brief for message in made.messages})
    click.echo(say("send.rendered", n=len(made.messages), briefs=briefs, where=outbox.folder / INDEX))
    for key, count in (("doubles", plan.doubles), ("suppressed", plan.suppressed), ("sent_before", made.sent)):
        if count:
            click.echo(f"  {say(f'send.{key}', n=count)}")
    if made.held:
        shown = ", ".join(f"{who.email} ({brief.folder})" for brief, who in made.held[:SHOWN])
        click.echo(f"  {say('send.held', n=len(made.held), who=shown)}")
    return made.messages


def _moment(date: str | None) -> datetime:
    """The Date of new messages: now, or the day or moment that was asked for, in the zone of this machine."""
    if date is None:
        return datetime.now().astimezone().replace(microsecond=0)
    try:
        return datetime.fromisoformat(date).astimezone()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"{date!r} is no date", remedy="write 2026-11-26 or 2026-11-26T08:00") from None


def _resumed(outbox: Outbox, ledger: Ledger) -> tuple[Message, ...]:
    messages = outbox.messages()
    if not messages:
        raise UsageError("there is no outbox to go on with", where=str(outbox.folder), remedy="run without --resume first")
    ledger.plan(outbox.name, messages)
    return messages


def _send(
    messages: tuple[Message, ...],
    outbox: Outbox,
    ledger: Ledger,
    settings: SendSettings,
    channel: Any,
    *,
    only_failed: bool,
    limit: int | None,
) -> int:
    from toolkit.mailing import ask_channel, dispatch, due

    if channel is not None:
        ask_channel(channel, messages, ledger)
    todo = due(messages, ledger, only_failed=only_failed, limit=limit)
    if channel is None:
        click.echo(say("send.dry_run", n=len(todo)))
        return _waiting(ledger)
    if not todo:
        click.echo(say("send.nothing"))
        return _waiting(ledger)
    with _Telling(len(todo)) as telling:
        run = dispatch(todo, outbox, ledger, channel, settings, telling)
        try:
            run.run()
        finally:
            telling.close()
            t = run.tally
            click.echo(
                say("send.summary", sent=t.handed_over, refused=t.refused, deferred=t.deferred, undecided=t.undecided, left=t.left)
            )
    waiting = _waiting(ledger)
    return 1 if run.tally.refused or run.tally.deferred else waiting


def _waiting(ledger: Ledger) -> int:
    """Say which messages wait for a person; the exit code for them."""
    from toolkit.model.mail import State

    undecided = ledger.records((State.UNDECIDED,))
    if undecided:
        click.echo(say("send.undecided", n=len(undecided)), err=True)
        _rows(undecided)
    return UNDECIDED if undecided else 0


class _Telling:
    """What is heard of a run: a bar on a terminal, and a line for every message that was not taken."""

    def __init__(self, total: int) -> None:
        self.bar: Any = click.progressbar(length=total, label=say("send.sending"), file=sys.stderr) if sys.stderr.isatty() else None

    def __enter__(self) -> _Telling:
        if self.bar is not None:
            self.bar.__enter__()
        return self

    def __call__(self, message: Message, state: Any, answer: str) -> None:
        if self.bar is not None:
            self.bar.update(1)
        if state.value != "handed-over":
            click.echo(f"{message.recipient} ({message.brief}): {say(f'send_state.{state.name.lower()}')}: {answer}", err=True)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None

    def __exit__(self, *_: object) -> None:
        self.close()


def _status(folder: Path) -> int:
    from toolkit.deliver.ledger import Ledger
    from toolkit.model.mail import State

    with Ledger.look(folder) as ledger:
        records = ledger.records() if ledger is not None else ()
    if not records:
        click.echo(say("send.status_none", where=folder))
        return 0
    counts = Counter(one.state for one in records)
    for state in State:
        if counts[state]:
            click.echo(f"{counts[state]:>7}  {say(f'send_state.{state.name.lower()}')}")
    for state in (State.UNDECIDED, State.REFUSED, State.DEFERRED):
        found = [one for one in records if one.state is state]
        if found:
            click.echo(f"\n{say(f'send_state.{state.name.lower()}')}:")
            _rows(found)
    if counts[State.UNDECIDED]:
        click.echo("\n" + say("send.how_to_settle"))
    return UNDECIDED if counts[State.UNDECIDED] else 0


def _rows(records: Any) -> None:
    one: Record
    for one in records[:SHOWN]:
        click.echo(f"  {one.id[:12]}  {one.at}  {one.recipient}  {one.brief}  {one.answer}".rstrip())
    if len(records) > SHOWN:
        click.echo("  " + say("send.more", n=len(records) - SHOWN))


def _settle(folder: Path, id_: str, how: str) -> int:
    from toolkit.deliver.ledger import Ledger

    if how not in ("sent", "resend"):
        raise UsageError(f"{how!r} decides nothing", remedy="write sent (the recipient has it) or resend (the recipient has not)")
    with Ledger.open(folder) as ledger:
        settled = ledger.decide(id_, sent=how == "sent")
    click.echo(say(f"send.settled_{how}", id=settled[:12]))
    return 0
