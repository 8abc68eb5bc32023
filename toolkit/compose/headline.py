"""Title, kicker, one-sentence summary and date of a brief: short strings composed from facts, never from a clock."""

from __future__ import annotations

from dataclasses import replace

from toolkit.compose.desk import Desk
from toolkit.compose.keyfigures import in_front
from toolkit.compose.lines import Facts, Line
from toolkit.compose.phrases import counted_phrase
from toolkit.compose.places import parents_text, place_text
from toolkit.compose.runs import attainment_run, change_run, has_verb, level_first, result_run
from toolkit.model.amount import Kind
from toolkit.model.brief import Figure, Run
from toolkit.model.context import Report, Sector
from toolkit.model.dossier import OriginKind
from toolkit.model.fact import Status
from toolkit.model.vietnamese import key
from toolkit.model.wording import NBSP, capitalise, date, listing, lowered, years

SUMMARY_FIGURES = 3


def place(desk: Desk) -> str:
    return place_text(desk.dossier.locality, desk.words["unknown_place"])


def kicker(desk: Desk) -> str:
    """``Quận Thanh Xuân, Hà Nội``: what the place belongs to, as the line above its name."""
    parents = parents_text(desk.dossier.locality, (sheet.source.text for sheet in desk.dossier.sheets))
    return capitalise(", ".join(parents))


def headline(desk: Desk) -> str:
    """``Kết quả nửa đầu nhiệm kỳ 2020–2025``; without a year where nothing gives one."""
    dossier, standard = desk.dossier, desk.standard
    term = years(dossier.term.value) if dossier.term else ""
    year = dossier.year or ""
    dated = year if dossier.report is Report.ANNUAL else term
    if not dated:
        return standard.titles_undated[dossier.report]
    return standard.titles[dossier.report].format(term=term, year=year)


def title(desk: Desk) -> str:
    """The brief's title as catalogues and mails show it; the profile's own where it sets one."""
    return desk.dossier.display.title or f"{place(desk)}: {lowered(headline(desk))}"


def summary(desk: Desk, all_lines: tuple[Line, ...], sectors: tuple[Sector, ...]) -> str:
    """One sentence of the weightiest figures; of the sectors told about where there are none."""
    values = {"place": place(desk), "headline": lowered(headline(desk))}
    facts = [_clause(desk, line) for line, _ in in_front(desk, all_lines, SUMMARY_FIGURES)]
    if facts:
        return desk.words["summary"].format(**values, facts="; ".join(facts))
    told = [lowered(desk.standard.sectors[s]) for s in sectors if s is not Sector.CHUNG]
    if told:
        return desk.words["summary_sectors"].format(**values, sectors=listing(told))
    return desk.words["summary_bare"].format(**values)


def _clause(desk: Desk, line: Line) -> str:
    """``thu ngân sách nhà nước năm 2019 đạt 143% kế hoạch``, ``kết nạp 40 đảng viên``, ``17/17 chỉ tiêu chủ yếu``."""
    if line.journey:
        line = replace(line, results=line.results[-1:], period=line.results[-1].value.period, journey=False)
    when = f" {period}" if (period := desk.when(line.period)) else ""
    where = f"{desk.place_name(line.place)} " if line.place else ""
    attained = () if level_first(desk, line) else line.attainments
    percents = [f for f in attained if f.value.amount.kind is Kind.PERCENT]
    counted = [f for f in (*attained, *line.results) if f.value.amount.kind in (Kind.FRACTION, Kind.COUNT)]
    share = _share(desk, line) if not attained else None
    if share is not None:
        return f"{where}{plain((share,))} {lowered(line.label)}{when}"
    if counted and not percents:
        told = lowered(plain(counted_phrase(desk, line.label, counted[0])))
        verb = f"{desk.words['reached']} " if told[:1].isdigit() and line.status in (Status.MET, Status.EXCEEDED) else ""
        return where + verb + told + when
    return f"{where}{lowered(line.label)}{when} {plain(_said(desk, line, (*percents, *attained)))}"


def _share(desk: Desk, line: Line) -> Figure | None:
    """The share of a label that names who reached something, ``94% hộ gia đình đạt …``; None for labels that are measures."""
    if len(line.results) != 1 or line.results[0].value.amount.kind is not Kind.PERCENT or line.changes:
        return None
    label = f" {key(line.label)} "
    measured = label.startswith(tuple(f" {word} " for word in desk.standard.measures))
    return None if measured or f" {desk.words['reached']} " not in label else desk.figure(line.results[0])


def _said(desk: Desk, line: Line, attained: Facts) -> Run:
    """The verb and the figure: ``đạt``, ``còn``, and ``là`` where the label has its verb already."""
    if attained:
        return attainment_run(desk, attained[0], line)
    if not line.results:
        return change_run(desk, line.label, line.changes[0])
    result = result_run(desk, line)
    if isinstance(result[0], str):
        return result
    if has_verb(desk, plain(result)):
        return result  # "ước đạt 55 triệu đồng" has its verb
    verb = "remaining" if line.direction == "down" or _remains(desk, line) else "reached"
    if f" {desk.words['reached']} " in f" {line.label.lower()} ":
        verb = "equals"
    return (f"{desk.words[verb]} ", *result)


def _remains(desk: Desk, line: Line) -> bool:
    """Whether the source says ``còn 0,4%``: what is left of something unwanted is not reached."""
    return desk.notes.before(line.results[0].value.quote, 6).strip().lower().endswith(desk.words["remaining"])


def plain(run: Run) -> str:
    """The words of a run."""
    return "".join(part.text if isinstance(part, Figure) else part for part in run)


def iso_date(desk: Desk) -> str | None:
    """The brief's date: the profile's, else the latest day of its sources."""
    days = [sheet.published or sheet.source.published for sheet in desk.dossier.sheets]
    return desk.dossier.display.date or max((day for day in days if day), default=None)


def date_text(desk: Desk) -> str:
    day = iso_date(desk)
    if day is None:
        return desk.words["no_date"]
    return desk.words["date_profile" if desk.dossier.display.date else "date"].format(date=date(day))


def term_text(desk: Desk) -> str:
    """The term in words, marked where it follows only from the calendar of congresses."""
    term = desk.dossier.term
    if term is None:
        return ""
    words = years(term.value).replace(" ", NBSP)
    return f"{words} ({desk.words['inferred']})" if term.origin.kind is OriginKind.INFERRED else words
