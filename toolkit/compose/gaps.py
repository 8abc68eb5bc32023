"""What is missing: worded and listed, never blank, never zero, never invented.

A field's gap stands in its place; a section's is named in one list near the end, so that a short brief is not half headings.  The
same gaps are reported as issues, for whoever checks briefs by program.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.compose.desk import Desk
from toolkit.compose.standard import SectionSpec
from toolkit.errors import Issue, Severity
from toolkit.model.brief import Item, Section
from toolkit.model.wording import capitalise


def missing_section(desk: Desk, section: Section, missing: Sequence[SectionSpec]) -> Section:
    """The section that lists what no source gives; empty when nothing is missing."""
    if not missing:
        return section
    what = capitalise(desk.words["missing_list"].format(what="; ".join(spec.missing for spec in missing)))
    return Section(section.id, section.title, section.kind, items=(Item(text=(what,), gap=True),))


def issues(desk: Desk, sections: Sequence[Section]) -> tuple[Issue, ...]:
    """One finding for each gap of the brief, and one for what the length did not hold."""
    filled = {section.id for section in sections if not section.gap}
    found = [_gap(desk, item.label, section.id) for section in sections for item in section.items if item.gap and item.label]
    asked = [spec for spec in desk.standard.sections if spec.required and spec.id not in desk.length.without]
    found += [_gap(desk, spec.title, spec.id) for spec in asked if spec.id not in filled]
    if desk.left_out:
        found.append(
            Issue(
                code="left-out-by-length",
                message=f"the length {desk.length.name!r} had no room for: {', '.join(dict.fromkeys(desk.left_out))}",
                severity=Severity.INFO,
                where=desk.dossier.folder,
                remedy="take the length 'full' to print everything",
            )
        )
    return tuple(found)


def _gap(desk: Desk, what: str, section: str) -> Issue:
    return Issue(
        code="brief-gap",
        message=f"no source and no profile gives: {what}",
        severity=Severity.INFO,
        where=f"{desk.dossier.folder}#{section}",
        remedy="add a source, or settle it in the profile",
    )
