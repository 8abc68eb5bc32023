"""The sections of the brief, one builder each; ``build`` runs them in the standard's order.

A section that has nothing is left out here and named by ``gaps``, unless its absence is worded in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from toolkit.compose import general, listings
from toolkit.compose.cover import Cover
from toolkit.compose.desk import Desk
from toolkit.compose.gaps import missing_section
from toolkit.compose.indicators import choose_rows
from toolkit.compose.lines import Line
from toolkit.compose.listings import EVERYTHING, shorten
from toolkit.compose.phrases import only_attends, phrase, speaks
from toolkit.compose.runs import note_numbers, plan_run, result_run, without_notes
from toolkit.compose.standard import SectionSpec
from toolkit.compose.verbatim import finished, passage
from toolkit.model.brief import Figure, IndicatorRow, Item, Run, Section, SectorPart
from toolkit.model.context import Sector
from toolkit.model.fact import Mode, Passage
from toolkit.model.text import Quote
from toolkit.model.wording import years

OVERLONG = 2.2
"""How many times its sector's room a single sentence may take before it is left out."""

_CLAUSE = "; "
ALL_TOLD = 0.8
"""Share of a clause that an entry must cover for the clause to be told by it."""

Digest = dict[Sector, tuple[Passage, ...]]


@dataclass(frozen=True)
class Material:
    """What the builders work from: the lines of figures and the digest, statements already told elsewhere taken out."""

    lines: tuple[Line, ...]
    rows: tuple[Line, ...]
    digest: Digest


def build(desk: Desk, material: Material) -> tuple[Section, ...]:
    """All sections of the length, in order; the list of what is missing is filled last, when everything else is known."""
    builders: dict[str, Callable[[SectionSpec], Section]] = {
        "thong-tin-chung": partial(general.section, desk),
        "chi-tieu": partial(_indicators, desk, material),
        "linh-vuc": partial(_sectors, desk, material),
        "mo-hinh-khen-thuong": partial(listings.honours, desk),
        "han-che": partial(listings.statements, desk, desk.dossier.limitations),
        "bai-hoc": partial(listings.statements, desk, desk.dossier.lessons),
        "nhiem-vu": partial(listings.tasks, desk, [line for line in material.lines if line.future]),
        "van-ban": partial(listings.documents, desk),
    }
    made: list[Section] = []
    missing: list[SectionSpec] = []
    for spec in desk.standard.sections:
        if spec.id in desk.length.without:
            continue
        if spec.id in builders:
            section = builders[spec.id](spec)
            if _has_content(section) or section.gap:
                made.append(section)
            elif spec.required:
                missing.append(spec)
        else:
            made.append(Section(spec.id, spec.title, spec.kind))
    filled = [missing_section(desk, s, missing) if s.id == "con-thieu" else s for s in made]
    return tuple(s for s in filled if _has_content(s) or s.gap or s.kind == "sources")


def _has_content(section: Section) -> bool:
    return bool(section.items or section.rows or section.parts)


# --- the table of indicators -------------------------------------------------------------------------------------------------


def _indicators(desk: Desk, material: Material, spec: SectionSpec) -> Section:
    rows = tuple(_row(desk, line) for line in material.rows)
    if not any(desk.when(line.period) for line in material.rows):
        rows = tuple(replace(row, period="") for row in rows)  # the title says it once for all of them
    gap = None if rows else Item(text=(spec.gap,), gap=True)
    return Section(spec.id, spec.title, spec.kind, rows=rows, gap=gap)


def _row(desk: Desk, line: Line) -> IndicatorRow:
    result, against = result_run(desk, line), plan_run(desk, line)
    dash = desk.words["dash"]
    status = desk.standard.status[line.status]
    return IndicatorRow(
        label=line.label,
        sector=line.sector,
        result=without_notes(result) or (dash,),
        against_plan=_after_status(without_notes(against), status, desk.words["plan"]),
        period=years(line.period) if line.period else "",
        notes=note_numbers(result, against),
        status=line.status,
        status_text=status,
        place=desk.place_name(line.place),
        settled=line.settled,
        sector_title=desk.standard.sectors[line.sector],
    )


def _after_status(run: Run, status: str, plan: str) -> Run:
    """What follows a status word: ``Đạt`` `` 100% chỉ tiêu`` (the verb told once), ``Vượt`` ``, đạt 138,8%``."""
    if not run or not status:
        return run
    if not isinstance(run[0], str):
        return (", ", *run)  # "Vượt, ước đạt 110,5%": the figure brings its verb
    if run[0].startswith(f"{status.lower()} "):
        return (run[0][len(status) :], *run[1:])
    return (" (", *run, ")") if run[0].startswith(plan) else (", ", *run)


# --- results by sector -------------------------------------------------------------------------------------------------------


def _sectors(desk: Desk, material: Material, spec: SectionSpec) -> Section:
    told = {fact.value.id for line in material.rows for fact in line.facts}
    elsewhere = listings.printed(desk)
    told |= {s.value.id for s in desk.dossier.quantities if elsewhere.holds(s.value.quote, 1.0)}
    parts: list[SectorPart] = []
    chosen = {sector: within(desk, sector, material.digest.get(sector, ())) for sector in desk.standard.sectors}
    told |= {
        part.fact
        for sector, some in chosen.items()
        for p in some
        for part in _words(desk, p, _room(desk, sector)).text
        if isinstance(part, Figure)
    }
    for sector, title in desk.standard.sectors.items():
        sentences = tuple(_sentence(desk, p, _room(desk, sector)) for p in chosen[sector])
        figures = _figures(desk, [line for line in material.lines if line.sector is sector], told)
        if sentences or figures:
            parts.append(SectorPart(sector, title, sentences, figures))
    gap = None if parts else Item(text=(spec.gap,), gap=True)
    return Section(spec.id, spec.title, spec.kind, parts=tuple(parts), gap=gap)


def _sentence(desk: Desk, chosen: Passage, room: int) -> Item:
    """A sentence in its source's words; notes follow it where one of its figures is not the one that the brief settles on."""
    item = _words(desk, chosen, room)
    changed = tuple(number for part in item.text if isinstance(part, Figure) and part.settled for number in desk.why(part.fact))
    return replace(item, notes=tuple(sorted({*changed, *desk.doubts(chosen.quote)})))


def _words(desk: Desk, chosen: Passage, room: int) -> Item:
    """A sentence with its figures marked, no longer than its room allows."""
    return passage(chosen.quote, finished(shorten(chosen.text, room)), desk.figures, upper=True)


def _room(desk: Desk, sector: Sector) -> int:
    return desk.length.chung if sector is Sector.CHUNG else desk.length.syllables


def within(desk: Desk, sector: Sector, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that fit the length's syllables, the best by score, in their own order; one may be somewhat longer."""
    room = _room(desk, sector)
    results = [p for p in passages if p.mode is Mode.RESULT]
    kept: set[Passage] = set()
    for p in sorted(results, key=lambda p: (-p.score, p.quote.source, p.quote.start)):
        size = len(p.text.split())
        if size <= room or (not kept and size <= room * OVERLONG):
            kept.add(p)
            room -= size
    if len(kept) < len(results):
        desk.left_out.extend(listings.opening(p.text) for p in results if p not in kept)
    return [p for p in results if p in kept]


def _figures(desk: Desk, sector_lines: Iterable[Line], told: set[str]) -> tuple[Item, ...]:
    """Figures that neither the table nor the sentences tell, weightiest first as far as the length goes."""
    rest = [line for line in sector_lines if not line.future and not {f.value.id for f in line.facts} <= told]
    if desk.length.figures < EVERYTHING:
        silent = [line for line in rest if not speaks(desk, line) or only_attends(desk, line)]
        desk.left_out.extend(f.value.id for line in silent for f in line.facts)
        rest = [line for line in rest if line not in silent]
    ranked = sorted(rest, key=lambda line: (-line.weight, line.order))
    kept = ranked[: desk.length.figures]
    desk.left_out.extend(f.value.id for line in ranked[desk.length.figures :] for f in line.facts)
    return tuple(_figure_item(desk, line) for line in sorted(kept, key=lambda line: line.order))


def _figure_item(desk: Desk, line: Line) -> Item:
    run = phrase(desk, line)
    if line.place and not desk.is_own_place(line.place):
        run = (*run, f" ({line.place})")
    return Item(text=without_notes(run), notes=note_numbers(run), settled=line.settled)


def material(desk: Desk, all_lines: tuple[Line, ...], digest: Digest) -> Material:
    """Lines, rows and the digest without sentences that a list of the brief prints as well."""
    told = listings.printed(desk)
    kept = {sector: tuple(_untold(told, p) for p in passages if not told.holds(p.quote)) for sector, passages in digest.items()}
    rows = choose_rows(all_lines, desk.length.rows)
    return Material(tuple(all_lines), rows, _once(kept))


def _untold(told: Cover, passage_: Passage) -> Passage:
    """A passage without the clause at its beginning or end that a list of the brief prints as an entry of its own."""
    quote = passage_.quote
    clauses, texts = quote.text.split(_CLAUSE), passage_.text.split(_CLAUSE)
    if len(clauses) < 2 or len(clauses) != len(texts):
        return passage_
    starts = [quote.start + sum(len(clause) + len(_CLAUSE) for clause in clauses[:i]) for i in range(len(clauses))]
    parts = [Quote(quote.source, start, start + len(clause), clause) for start, clause in zip(starts, clauses, strict=True)]
    if told.holds(parts[0], ALL_TOLD):
        return replace(passage_, text=f"… {_CLAUSE.join(texts[1:])}")
    if told.holds(parts[-1], ALL_TOLD):
        return replace(passage_, text=f"{_CLAUSE.join(texts[:-1])}…")
    return passage_


def _once(digest: Digest) -> Digest:
    """A sentence that two sectors claim is told in the first of them."""
    seen: set[tuple[str, int, int]] = set()
    made: Digest = {}
    for sector in Sector:
        kept = []
        for p in digest.get(sector, ()):
            place = (p.quote.source, p.quote.start, p.quote.end)
            if place not in seen:
                seen.add(place)
                kept.append(p)
        made[sector] = tuple(kept)
    return made
