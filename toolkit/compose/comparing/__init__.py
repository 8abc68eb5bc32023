"""Compose a comparison: the settled dossiers of several localities, or of several terms of one, side by side.

    compose_comparison(dossiers, find, title=None, length="standard") → Comparison

``standard`` reads ``data/comparison.yaml``, ``align`` brings lines of one thing together, ``scale`` writes a row's figures in one
unit, ``table`` makes the rows, ``judge`` says what may be compared with what, ``chart`` draws what can be seen, ``own`` tells what
only one column has, ``heads`` makes columns and titles, ``remarks`` what a reader must know, ``facts`` the flat rows for programs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.compose.citations import Notes
from toolkit.compose.comparing import heads
from toolkit.compose.comparing.align import FindIndicator
from toolkit.compose.comparing.chart import panels
from toolkit.compose.comparing.facts import fact_rows
from toolkit.compose.comparing.judge import differing, known, ranked, span_of
from toolkit.compose.comparing.own import own_parts
from toolkit.compose.comparing.remarks import remarks
from toolkit.compose.comparing.standard import Comparing, Extent, comparing
from toolkit.compose.comparing.table import Gathered, Matter, Rows, gather
from toolkit.compose.desk import Desk
from toolkit.compose.standard import standard
from toolkit.errors import Issue, Severity, UsageError
from toolkit.model.comparison import Comparison, ComparisonGroup, ComparisonRow, Layout, OwnPart
from toolkit.model.dossier import Dossier
from toolkit.model.wording import date

__all__ = ["compose_comparison", "lengths"]

MORE_IN_SHEET = 1000
"""Most rows of the spreadsheet's table; what is beyond stands in its sheet of figures."""


def lengths() -> tuple[str, ...]:
    """Names of the lengths a comparison can have."""
    return tuple(comparing().lengths)


def compose_comparison(
    dossiers: Sequence[Dossier],
    find: FindIndicator,
    *,
    title: str | None = None,
    name: str | None = None,
    length: str | None = None,
) -> Comparison:
    """The comparison of two or more dossiers; ``name`` is the folder's, by default made of the localities'.

    Raises ``UsageError`` for fewer than two dossiers, ``DataError`` when packaged data are broken.
    """
    if len(dossiers) < 2:
        raise UsageError(
            f"there is nothing to compare: {len(dossiers)} locality or term was found in the sources",
            remedy="name sources of at least two localities, or of two terms of one; `nhiemky build` makes the brief of one",
        )
    data = comparing()
    extent = data.lengths[length or "standard"]
    desks = _desks(heads.in_order(dossiers), extent)
    return _Composer(desks, data, extent, find).compose(title, name)


def _desks(dossiers: Sequence[Dossier], extent: Extent) -> list[Desk]:
    """A desk for each dossier, all with the same notes, so that numbers run through the whole document."""
    base = standard()
    sheets = {sheet.source.id: sheet for dossier in dossiers for sheet in dossier.sheets}
    notes = Notes(tuple(sheets.values()), extent.note)
    full = replace(base.length("full"), note=extent.note)
    return [replace(Desk.of(dossier, base, full), notes=notes) for dossier in dossiers]


class _Composer:
    """One comparison on its way; what every step needs at hand."""

    def __init__(self, desks: list[Desk], data: Comparing, extent: Extent, find: FindIndicator) -> None:
        self.desks, self.data, self.extent, self.find = desks, data, extent, find
        self.dossiers = [desk.dossier for desk in desks]
        self.over_terms = heads.is_over_terms(self.dossiers)
        self.sources, numbers = heads.sources(desks)
        self.columns = heads.columns(desks, data, numbers, over_terms=self.over_terms)
        self.layout = Layout.COLUMNS if len(desks) <= data.columns else Layout.ROWS
        self.spans = [span_of(dossier.report) for dossier in self.dossiers]
        self.one_level = len({dossier.locality.level for dossier in self.dossiers}) == 1
        self.rows = Rows(desks, [column.key for column in self.columns], data)

    def compose(self, title: str | None, name: str | None) -> Comparison:
        gathered = gather(self.desks, self.data, self.find)
        shared = [matter for matter in gathered.matters if len(matter.held) > 1]
        printed = self._printed(gathered, shared)
        groups = self._groups(printed)
        own = own_parts(self.desks, self.columns, gathered, printed, self.data, self.extent.own) if self._tells_own() else ()
        above = heads.titles(self.desks, self.columns, self.data, title, over_terms=self.over_terms)
        told = remarks(self, gathered, groups, shared)
        rest = [matter for matter in shared if matter not in printed]
        drawn = len(self.columns) <= self.data.bars
        return Comparison(
            folder=f"so-sanh/{name or heads.folder_name(self.dossiers)}",
            title=above.title,
            headline=above.headline,
            subtitle=above.subtitle,
            summary=self.data.words["summary"].format(title=above.title, shared=len(shared)),
            layout=self.layout,
            columns=self.columns,
            groups=groups,
            panels=panels([r for g in groups for r in g.rows], self.columns, self.spans, self.data) if drawn else (),
            own=own,
            remarks=told,
            notes=self.desks[0].notes.notes,
            sources=self.sources,
            facts=fact_rows(self.desks, self.columns, self.find),
            sheet=(*groups, *self._groups(rest[:MORE_IN_SHEET], notes=False)),
            issues=self._issues(shared),
            constants=self._constants(told, above, own, len(shared)),
            date=heads.latest(self.desks),
            date_text=self._date_text(),
            length=self.extent.name,
            over_terms=self.over_terms,
            words={**self.desks[0].standard.words, **self.data.words},
            heads=self.data.facts,
            palette=heads.colours(self.dossiers),
            logo=heads.logo(self.dossiers),
        )

    def _printed(self, gathered: Gathered, shared: list[Matter]) -> list[Matter]:
        """What the table prints: all of it in full, else what columns share; the most shared few where localities are rows."""
        if self.layout is Layout.ROWS:
            best = sorted(shared, key=lambda m: (m.aim, -len(m.held), -m.weight))[: self.data.indicators]
            return [matter for matter in shared if matter in best]
        return list(gathered.matters) if self.extent.all else shared[: self.extent.shared]

    def _tells_own(self) -> bool:
        return self.layout is Layout.COLUMNS and not self.extent.all

    def _groups(self, matters: Sequence[Matter], *, notes: bool = True) -> tuple[ComparisonGroup, ...]:
        """Rows under the titles of their sectors; aims of the time to come under a title of their own, at the end."""
        titles: dict[str, list[ComparisonRow]] = {}
        for matter in matters:
            title = self.data.words["aims"] if matter.aim else self.desks[0].standard.sectors[matter.sector]
            made = self.rows.of(matter, notes=notes)
            if self.layout is Layout.ROWS and notes:
                made = [max(made, key=lambda row: row.held)]
            titles.setdefault(title, []).extend(self._judged(row) for row in made)
        return tuple(ComparisonGroup(title, tuple(rows)) for title, rows in titles.items())

    def _judged(self, row: ComparisonRow) -> ComparisonRow:
        values = known(row, self.spans)
        if self.over_terms:
            return differing(row, values, self.data)
        return ranked(row, values, self.data, one_level=self.one_level)

    def _date_text(self) -> str:
        latest = heads.latest(self.desks)
        return self.data.words["latest"].format(date=date(latest)) if latest else ""

    def _issues(self, shared: list[Matter]) -> tuple[Issue, ...]:
        found = [issue for dossier in self.dossiers for issue in dossier.issues]
        if not shared:
            message = "no two columns of the comparison tell of the same indicator"
            found.append(Issue("nothing-shared", message, Severity.WARNING, remedy="compare reports of one kind and period"))
        return tuple(dict.fromkeys(found))

    def _constants(self, told: Sequence[str], above: heads.Titles, own: Sequence[OwnPart], shared: int) -> tuple[str, ...]:
        """Strings of our own that hold counted numbers; the audit allows them."""
        rests = [part.rest for part in own]
        counted = range(1, max(len(self.columns), len(self.sources)) + 1)
        return (*told, above.title, above.headline, *rests, str(shared), *map(str, counted))
