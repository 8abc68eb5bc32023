"""Several localities, or several terms of one, in one document: the whole way from sources to written files.

    compare(options) → Compared

What a brief is for one dossier, a comparison is for all of them: ``make_comparison`` composes, renders and audits;
``compare`` reads the sources first and writes the files.  A source that cannot be read is reported and the others are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.batch import BuildOptions, Outcome, Progress, find_sources, read_all
from toolkit.errors import ToolkitError, UsageError
from toolkit.model.amount import Kind
from toolkit.model.artifact import Artifact
from toolkit.model.comparison import Comparison
from toolkit.model.context import Role
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.pipeline import Making, Timings, load_profiles, read_amounts, settle

STYLE = "so-sanh"


@dataclass(frozen=True)
class Named:
    """What a caller may want to call a comparison: its title, and its folder below ``so-sanh/``."""

    title: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Compared:
    """A finished comparison: its composed form, its files, how many numbers the audit traced."""

    comparison: Comparison
    artifacts: tuple[Artifact, ...]
    audited: int


def indicator_of(label: str, kind: Kind, role: Role) -> str | None:
    """The key of the common indicator that a label names, by the extractor's own catalogue."""
    from toolkit.extract.indicators import find

    entry = find(label, kind, role)
    return entry.key if entry else None


def make_comparison(
    dossiers: Sequence[Dossier], making: Making | None = None, named: Named | None = None, timings: Timings | None = None
) -> Compared:
    """Compose, render and audit one comparison of two or more dossiers.

    ``making.formats`` are of html, pdf, xlsx, csv.  Raises ``UsageError`` for fewer than two dossiers, ``TemplateError`` or
    ``RenderError`` when it cannot be rendered, ``AuditError`` when a printed number cannot be traced.
    """
    from toolkit.audit.comparison import audit_comparison
    from toolkit.compose.comparing import compose_comparison
    from toolkit.render.comparison import DEFAULT, render_comparison

    making, named, clock = making or Making(formats=DEFAULT), named or Named(), timings or Timings()
    with clock.stage("compose"):
        made = compose_comparison(dossiers, indicator_of, title=named.title, name=named.name, length=making.length)
    with clock.stage("render"):
        # The printed page tells figures from other numbers only through the page that it is made of.
        formats = ("html", *making.formats) if "pdf" in making.formats else making.formats
        artifacts = render_comparison(made, formats, templates=making.templates, pdf_variant=making.pdf_variant)
    with clock.stage("audit"):
        audited = audit_comparison(made, dossiers, artifacts, read_amounts)
    wanted = tuple(a for a in artifacts if "html" in making.formats or a.media_type != "text/html")
    return Compared(made, wanted, audited)


def compare(
    options: BuildOptions, named: Named | None = None, *, progress: Progress | None = None
) -> tuple[tuple[Outcome, ...], Timings]:
    """Read all sources, make one comparison of what they tell, write it; sources that failed come first among the outcomes.

    Raises ``UsageError`` when fewer than two localities or terms are left, and what ``make_comparison`` raises.
    """
    from toolkit.deliver import deliver

    profiles = load_profiles(options.profiles, options.settings)
    timings = Timings()
    outcomes: list[Outcome] = []
    sheets: list[FactSheet] = []
    for path, result in read_all(find_sources(options.sources), jobs=options.jobs, progress=progress):
        if isinstance(result, ToolkitError):
            outcomes.append(Outcome(name=str(path), error=result))
        else:
            sheets.append(result)
    dossiers, _ = settle(sheets, profiles, timings)
    if len(dossiers) < 2 and outcomes:
        first = outcomes[0]
        assert first.error is not None
        raise UsageError(
            f"there is nothing to compare: {len(outcomes)} source(s) could not be read ({first.name}: {first.error.what})",
            remedy=first.error.remedy,
        )
    made = make_comparison(dossiers, options.making, named, timings)
    with timings.stage("deliver"):
        files = deliver(options.output / made.comparison.folder, made.artifacts, about(made, dossiers))
    outcomes.append(Outcome(made.comparison.folder, files, made.comparison.issues, audited=made.audited, why=("new",)))
    return tuple(outcomes), timings


def about(made: Compared, dossiers: Sequence[Dossier]) -> dict[str, object]:
    """What the manifest says of a comparison besides its files."""
    return {
        "title": made.comparison.title,
        "compared": [
            {"key": column.key, "locality": column.place, "report": column.report, "sources": list(column.sources)}
            for column in made.comparison.columns
        ],
        "sources": [{"path": s.path, "sha256": s.sha256} for s in made.comparison.sources],
        "figures": sum(len(dossier.quantities) for dossier in dossiers),
        "audited_numbers": made.audited,
    }
