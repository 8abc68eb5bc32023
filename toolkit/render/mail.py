"""Mail as words: subject and salutation from a person's template, the HTML and the plain part around a finished fragment.

Subject and salutation come out as plain text on one line; ``message.html`` escapes them where it places them.  The fragment of the
brief was made, escaped and audited by the build and is placed as it is; nothing in it is evaluated.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.errors import TemplateError
from toolkit.lexicon import load
from toolkit.model.mail import BriefFiles, BriefParts, Letter, Mailbox, Message, Recipient, control
from toolkit.render.environment import render_line, render_template

HTML = "mail/message.html"
TEXT = "mail/message.txt"
OUTBOX = "mail/outbox.html"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person may set of the words around a brief; empty: the words of ``toolkit/data/mail.yaml``."""

    subject: str = ""
    salutation: str = ""


def subject_of(brief: BriefFiles, recipient: Recipient, wording: Wording) -> str:
    """The subject for one recipient.  Raises ``TemplateError``."""
    return _line("subject", wording.subject or load("mail")["subject"], brief, recipient)


def write_letter(
    brief: BriefFiles,
    parts: BriefParts,
    recipient: Recipient,
    sender: Mailbox,
    *,
    wording: Wording,
    attachment: str,
    unsubscribe: str = "",
) -> Letter:
    """All words of one mail.  Raises ``TemplateError`` for a subject or salutation that breaks or holds control characters."""
    return Letter(
        subject=subject_of(brief, recipient, wording),
        salutation=_line("salutation", wording.salutation or load("mail")["salutation"], brief, recipient),
        title=brief.title,
        fragment=parts.fragment.strip(),
        plain=parts.plain,
        attachment=attachment,
        sender=sender.name or sender.address,
        unsubscribe=unsubscribe,
    )


def render_mail(letter: Letter, templates: Path | None = None) -> tuple[str, str]:
    """The HTML document and the plain text of a letter.  Raises ``TemplateError``."""
    context = mail_context(letter)
    return render_template(HTML, context, templates), render_template(TEXT, context, templates)


def mail_context(letter: Letter) -> dict[str, Any]:
    """What the templates of a message may use; documented in templates/README.md."""
    return {"letter": letter, "words": load("mail")["words"]}


@dataclass(frozen=True, slots=True)
class Sample:
    """One brief in the preview of the outbox: how many get it, and the first of its messages as it will be seen."""

    brief: BriefFiles
    attachment: str
    messages: Sequence[Message]
    html: str
    plain: str


def render_outbox(samples: Sequence[Sample], templates: Path | None = None) -> bytes:
    """The preview page of an outbox: self-contained, without script.  Raises ``TemplateError``."""
    return render_template(OUTBOX, outbox_context(samples), templates).encode()


def outbox_context(samples: Sequence[Sample]) -> dict[str, Any]:
    """What the template of the preview may use."""
    return {"samples": tuple(samples), "total": sum(len(sample.messages) for sample in samples), "words": load("mail")["words"]}


def _line(what: str, source: str, brief: BriefFiles, recipient: Recipient) -> str:
    context = _line_context(brief, recipient)
    text = " ".join(unicodedata.normalize("NFC", render_line(source, context, what)).split())
    if not text:
        raise TemplateError("the template printed nothing", where=what, remedy="write words into it")
    if control(text):
        raise TemplateError(
            "the text holds a control character", where=what, remedy="write it on one line, without control characters"
        )
    return text


@lru_cache(maxsize=64)
def _brief_words(brief: BriefFiles) -> Mapping[str, str]:
    return {"title": brief.title, "locality": brief.locality, "term": brief.term, "year": brief.year}


def _line_context(brief: BriefFiles, recipient: Recipient) -> dict[str, Any]:
    return {**_brief_words(brief), "recipient": recipient}
