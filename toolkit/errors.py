"""Every error that nhiemky raises on purpose, and the finding that does not stop a run.

One root, one class a cause.  Each carries where it happened, what is wrong and what to do about it, because a message
without a remedy sends a clerk to somebody else.  ``exit_code`` is what the command line ends with when the error is the
reason that a run failed (see ``README.md``, "Exit codes").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ToolkitError(Exception):
    """Root of all deliberate errors.

    ``where`` is a file, ``file:line:column`` or locality; ``what`` says what is wrong; ``remedy`` says what to do.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  → {self.remedy}" if self.remedy else head

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders in a parallel build; keyword-only arguments need this to survive pickling.
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(cls: type[ToolkitError], what: str, where: str, remedy: str) -> ToolkitError:
    return cls(what, where=where, remedy=remedy)


class UsageError(ToolkitError):
    """The call itself makes no sense: no sources, an unknown format, a folder that is not there."""

    exit_code = 2


class ReadError(ToolkitError):
    """A source that cannot be read: empty, binary, encrypted, a scan without text, too large, unknown type."""

    exit_code = 3


class FaultsError(ToolkitError):
    """Several faults of one kind at once; ``issues`` lists all of them."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "", issues: tuple[Issue, ...] = ()) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.issues = issues

    def __str__(self) -> str:
        return "\n\n".join([super().__str__(), *map(str, self.issues)])

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild_faults, (type(self), self.what, self.where, self.remedy, self.issues))


def _rebuild_faults(cls: type[FaultsError], what: str, where: str, remedy: str, issues: tuple[Issue, ...]) -> FaultsError:
    return cls(what, where=where, remedy=remedy, issues=issues)


class ProfileError(FaultsError):
    """One or more faults in profiles; ``issues`` lists all of them at once."""

    exit_code = 4


class SendingError(FaultsError):
    """Faults in lists of recipients or in ``send.yaml``; ``issues`` lists all of them at once."""

    exit_code = 4


class TemplateError(FaultsError):
    """A template that does not parse, names something that is not there, or breaks while rendering.

    ``issues`` lists what a check before rendering found, all at once; it is empty for a fault while rendering.
    """

    exit_code = 5


class RenderError(ToolkitError):
    """The engine could not make the document: a missing glyph, a missing system library."""

    exit_code = 6


class AuditError(ToolkitError):
    """A printed figure that is in no fact, no profile and no template constant; the brief is not delivered."""

    exit_code = 7


class DeliverError(ToolkitError):
    """The result could not be written or handed over: read-only folder, full disk."""

    exit_code = 8


class DataError(ToolkitError):
    """The package's own data (lexicons, ``brief.yaml``) is broken: a fault of the installation, not of the user."""

    exit_code = 9


class Severity(StrEnum):
    """How much a finding matters to the one who signs the brief."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Issue:
    """A reported fault that does not stop the run.

    ``code`` is stable kebab-case (``percent-mismatch``, ``profile-unknown-key``); ``where`` is ``file:line:column`` as far
    as known.  ``message`` and ``remedy`` are what a person reads; ``stated`` and ``computed`` show both sides of a sum that
    does not come out; ``spans`` are ``(start, end)`` in the source that ``source`` (its path) names.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    where: str = ""
    remedy: str = ""
    stated: str | None = None
    computed: str | None = None
    source: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    excerpt: str = ""
    """The line of a profile or template with a caret under the fault, ready to print; empty where there is none."""

    def __str__(self) -> str:
        head = f"{self.where} {self.message}" if self.where else self.message
        return "\n".join(part for part in (head, self.excerpt, f"  → {self.remedy}" if self.remedy else "") if part)
