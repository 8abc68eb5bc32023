"""From built briefs to sent mail: who gets which brief, the outbox, the run.  What ``nhiemky send`` calls; no option is known here.

plan → render (outbox, ledger, preview) → look → send
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.deliver.ledger import Ledger
from toolkit.deliver.outbox import Outbox, file_of
from toolkit.errors import Issue, SendingError, Severity, UsageError
from toolkit.model.context import Level
from toolkit.model.mail import FAILED, OPEN, BriefFiles, Mailbox, Message, Recipient, Record, SendSettings, State
from toolkit.model.vietnamese import name_key, slug
from toolkit.read.recipients import Suppressed

if TYPE_CHECKING:
    from toolkit.deliver.channel import Channel
    from toolkit.deliver.dispatch import Dispatch
    from toolkit.model.profile import ProfileSet
    from toolkit.render.mail import Sample, Wording

OUTBOXES = "outbox"
"""The folder of all outboxes and of the ledger, below the output folder."""
SHOWN_WHOLE = 40
"""Briefs whose mail the preview shows in full; a page with thousands of them would open on no machine."""

Pair = tuple[BriefFiles, Recipient]


@dataclass(frozen=True)
class Addressing:
    """Whom to write to: ``lists`` of the profiles, recipients from files, and those who want no mail."""

    lists: tuple[str, ...] = ()
    listed: tuple[Recipient, ...] = ()
    suppressed: Suppressed = field(default_factory=Suppressed)


@dataclass(frozen=True)
class Plan:
    """Who gets which brief, and who does not: ``doubles`` folded, ``suppressed`` left out, ``unplaced`` belong to no brief here."""

    pairs: tuple[Pair, ...]
    doubles: int = 0
    suppressed: int = 0
    unplaced: tuple[Recipient, ...] = ()


def plan(briefs: Sequence[BriefFiles], addressing: Addressing, profiles: ProfileSet) -> Plan:
    """One entry a brief and mailbox, in the order of briefs and lists.

    Raises ``UsageError`` when nobody was named or a list is known nowhere, ``SendingError`` for a wrong address or a locality that
    may be two.
    """
    _require_lists(addressing, briefs, profiles)
    pairs: list[Pair] = []
    doubles = suppressed = 0
    chosen = tuple(one for one in addressing.listed if not (addressing.lists and one.list) or one.list in addressing.lists)
    placed, issues = _placed(chosen, briefs)
    if issues:
        raise SendingError(
            f"{len(issues)} fault(s) in what sending reads", remedy="mend the lines below; nothing was sent", issues=issues
        )
    for brief in briefs:
        seen: set[str] = set()
        for recipient in (*_of_profile(brief, addressing.lists, profiles), *placed[brief.folder]):
            if addressing.suppressed.holds(recipient.mailbox):
                suppressed += 1
            elif recipient.mailbox.key in seen:
                doubles += 1
            else:
                seen.add(recipient.mailbox.key)
                pairs.append((brief, recipient))
    used = {id(one) for ones in placed.values() for one in ones}
    return Plan(tuple(pairs), doubles, suppressed, tuple(one for one in chosen if id(one) not in used))


def _require_lists(addressing: Addressing, briefs: Iterable[BriefFiles], profiles: ProfileSet) -> None:
    known = {name for brief in briefs if (profile := profiles.of(brief.slug, brief.when)) for name in profile.distribution}
    known |= {one.list for one in addressing.listed if one.list}
    there = ", ".join(sorted(known)) or "–"
    if not addressing.lists and not addressing.listed:
        remedy = f"name a list of the profiles by --list, or a file by --recipients; lists: {there}"
        raise UsageError("nobody was named to send to", remedy=remedy)
    for name in addressing.lists:
        if name not in known:
            raise UsageError(f"there is no list {name!r}", remedy=f"lists: {there}")


def _of_profile(brief: BriefFiles, lists: Sequence[str], profiles: ProfileSet) -> tuple[Recipient, ...]:
    from toolkit.read.recipients import recipients_of

    profile = profiles.of(brief.slug, brief.when)
    return recipients_of(profile, lists) if profile is not None and lists else ()


def _placed(listed: Sequence[Recipient], briefs: Sequence[BriefFiles]) -> tuple[dict[str, list[Recipient]], tuple[Issue, ...]]:
    """The recipients of files by brief; a locality that may be two is a fault, since one of them would get the other's."""
    placed: dict[str, list[Recipient]] = {brief.folder: [] for brief in briefs}
    issues: list[Issue] = []
    named: dict[str, list[BriefFiles]] = {}
    for one in listed:
        if one.locality not in named:
            named[one.locality] = _meant(one.locality, briefs) if one.locality else list(briefs)
        meant = named[one.locality]
        folders = sorted({brief.slug for brief in meant})
        if one.locality and len(folders) > 1:
            what = f"“{one.locality}” may be several localities: {', '.join(folders)}"
            remedy = "write the folder of the one that is meant"
            issues.append(Issue("list-locality", what, Severity.ERROR, str(one.mark), remedy))
            continue
        for brief in meant:
            placed[brief.folder].append(one)
    return placed, tuple(issues)


def _meant(locality: str, briefs: Sequence[BriefFiles]) -> list[BriefFiles]:
    """The briefs of a locality by its folder, else by its name with or without its level."""
    exact = [brief for brief in briefs if locality in (brief.slug, brief.folder)]
    if exact:
        return exact
    key = name_key(locality)
    keys = {key} | {key.removeprefix(name_key(level.value) + " ") for level in Level if key.startswith(name_key(level.value) + " ")}
    return [brief for brief in briefs if name_key(brief.locality) in keys]


# ---------------------------------------------------------------- rendering


@dataclass(frozen=True)
class Rendering:
    """How an outbox is made: ``sender`` must be given in ``settings``; ``now`` is the Date of new messages."""

    settings: SendSettings
    now: datetime
    templates: Path | None = None
    unsubscribe_key: bytes = b""


@dataclass(frozen=True)
class Rendered:
    """What an outbox holds after rendering: how many messages are to go, were sent before, or are held back.

    ``held`` are those to whom an earlier version of the same brief has gone.
    """

    messages: tuple[Message, ...]
    sent: int
    held: tuple[Pair, ...]


def render(the_plan: Plan, outbox: Outbox, ledger: Ledger, rendering: Rendering, *, again: bool = False) -> Rendered:
    """Write every message of a plan into the outbox, its manifest and its preview, and enter them into the ledger.

    A message that is there already keeps its date and so its bytes.  Whoever got an earlier version of a brief is held back unless
    ``again``.  Raises ``TemplateError``, ``DeliverError``.
    """
    from toolkit.render.mail import render_outbox

    former = {message.id: message for message in outbox.messages()}
    states, left = ledger.states(), ledger.left()
    messages: list[Message] = []
    samples: list[Sample] = []
    held: list[Pair] = []
    for _, pairs in groupby(the_plan.pairs, key=lambda pair: pair[0].folder):
        made = _Brief(list(pairs), outbox, rendering, former, inline=len(samples) < SHOWN_WHOLE)
        for brief, recipient in made.pairs:
            id_ = made.id(recipient)
            if not again and left.get((recipient.mailbox.key, brief.folder), id_) != id_:
                held.append((brief, recipient))
            else:
                messages.append(made.write(recipient, id_))
        if made.written:
            samples.append(made.sample())
    gone = [id_ for id_, state in states.items() if state in (State.HANDED_OVER, State.UNDECIDED, State.SENDING)]
    outbox.finish(messages, render_outbox(samples, rendering.templates), gone)
    ledger.plan(outbox.name, messages)
    sent = sum(states.get(message.id) in (State.HANDED_OVER, State.UNDECIDED) for message in messages)
    return Rendered(tuple(messages), sent, tuple(held))


class _Brief:
    """One brief on its way into many messages."""

    def __init__(
        self, pairs: list[Pair], outbox: Outbox, rendering: Rendering, former: Mapping[str, Message], *, inline: bool
    ) -> None:
        from toolkit.deliver.mail import attachment_name
        from toolkit.read.brief_folder import read_parts
        from toolkit.render.mail import Wording

        self.pairs = pairs
        self.brief = pairs[0][0]
        self.outbox = outbox
        self.rendering = rendering
        self.former = former
        self.inline = inline
        self.parts = read_parts(self.brief)
        self.attachment = attachment_name(self.brief.title)
        self.wording: Wording = Wording(rendering.settings.subject, rendering.settings.salutation)
        self.written: list[Message] = []
        self.shown = ("", "")

    @property
    def sender(self) -> Mailbox:
        assert self.rendering.settings.sender is not None
        return self.rendering.settings.sender

    def id(self, recipient: Recipient) -> str:
        from toolkit.deliver.mail import message_id
        from toolkit.render.mail import subject_of

        return message_id(self.brief, recipient, subject_of(self.brief, recipient, self.wording), self.sender)

    def write(self, recipient: Recipient, id_: str) -> Message:
        from toolkit.deliver.mail import Envelope, compose, unsubscribe_url
        from toolkit.render.mail import render_mail, write_letter

        settings = self.rendering.settings
        url = unsubscribe_url(settings.unsubscribe, recipient, self.rendering.unsubscribe_key) if settings.unsubscribe else ""
        letter = write_letter(
            self.brief, self.parts, recipient, self.sender, wording=self.wording, attachment=self.attachment, unsubscribe=url
        )
        html, text = render_mail(letter, self.rendering.templates)
        before = self.former.get(id_)
        now = format_datetime(self.rendering.now)
        message = Message(
            id_, self.brief.folder, self.sender.address, recipient.email, letter.subject, before.date if before else now,
            file_of(id_), 0, "", recipient.name, recipient.title,
        )  # fmt: skip
        envelope = Envelope(id_, message.date, self.sender, recipient, letter.subject, settings.reply_to, url)
        data = compose(envelope, html, text, self.parts.pdf, self.attachment)
        made = self.outbox.write(message, data)
        if before is not None and before.sha256 != made.sha256:  # other words now: written today, not then
            envelope, message = replace(envelope, date=now), replace(message, date=now)
            made = self.outbox.write(message, compose(envelope, html, text, self.parts.pdf, self.attachment))
        if not self.written:
            self.shown = (html, text)
        self.written.append(made)
        return made

    def sample(self) -> Sample:
        from toolkit.render.mail import Sample

        html, text = self.shown if self.inline else ("", "")
        return Sample(self.brief, self.attachment, tuple(self.written), html, text)


# ---------------------------------------------------------------- sending


def due(messages: Iterable[Message], ledger: Ledger, *, only_failed: bool = False, limit: int | None = None) -> tuple[Message, ...]:
    """The messages that the next run hands over: rendered and put-off ones, or with ``only_failed`` put-off and refused ones."""
    states = ledger.states()
    wanted = FAILED if only_failed else OPEN
    found = tuple(message for message in messages if states.get(message.id) in wanted)
    return found[:limit] if limit is not None else found


def ask_channel(channel: Channel, messages: Iterable[Message], ledger: Ledger) -> int:
    """Settle undecided messages that the channel itself can answer for (folders can); returns how many."""
    waiting: Mapping[str, Record] = {one.id: one for one in ledger.records((State.UNDECIDED,)) if one.channel == channel.label}
    settled = 0
    for message in messages:
        if message.id not in waiting:
            continue
        known = channel.knows(message)
        if known is not None:
            ledger.settle(
                message.id, State.HANDED_OVER if known else State.RENDERED, "found in the folder" if known else "not there"
            )
            settled += 1
    return settled


def dispatch(
    messages: Sequence[Message],
    outbox: Outbox,
    ledger: Ledger,
    channel: Channel,
    settings: SendSettings,
    tell: Callable[[Message, State, str], None],
) -> Dispatch:
    """A run over these messages, ready to start."""
    from toolkit.deliver.dispatch import Dispatch

    return Dispatch(channel, ledger, messages, settings, read=outbox.data, tell=tell)


def channel_of(settings: SendSettings, *, insecure: bool = False) -> Channel:
    """The channel that the settings name.  Raises ``DeliverError`` when something that it needs is missing."""
    from toolkit.deliver.mailboxes import FolderChannel, MaildirChannel, PickupChannel

    folders = {"eml": FolderChannel, "maildir": MaildirChannel, "pickup": PickupChannel}
    if settings.channel in folders:
        return folders[settings.channel](settings.folder)
    from toolkit.deliver.secrets import password
    from toolkit.deliver.smtp import SmtpChannel

    return SmtpChannel(settings, password(settings), insecure=insecure)


def outbox_of(output: Path, name: str) -> Outbox:
    """The outbox of a name below the output folder.  Raises ``UsageError`` for a name that is no plain folder name."""
    if slug(name) != name or not name:
        raise UsageError(f"{name!r} cannot name an outbox", remedy="write lower-case letters, digits and “-”, without marks")
    return Outbox(output / OUTBOXES / name)
