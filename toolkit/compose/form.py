"""What an official form bears around a brief's text: head, number, place and date, signature, recipients.

A profile says what only its office knows; what follows from the locality is worded from ``data/forms.yaml``.  A number, a day, a
signer that nobody gave stay open, as on a paper before it is signed: they are never invented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit.compose import headline
from toolkit.compose.desk import Desk
from toolkit.compose.places import parents_text
from toolkit.errors import Issue, Severity
from toolkit.lexicon import load
from toolkit.model.brief import Figure, Form, IndicatorRow, Item, Section, SectorPart
from toolkit.model.context import Level
from toolkit.model.wording import NBSP, date, lowered, roman
from toolkit.styles import FormKind, HouseStyle

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)[–-]((?:19|20)\d\d)(?!\d)")

TOGETHER = 30
"""Characters of a name that fit into a line of the head; longer ones break where they must."""

_LEVELS = tuple(level.value for level in Level)


def form(desk: Desk, style: HouseStyle) -> Form | None:
    """The form of an official style; None for a publication."""
    if not style.official:
        return None
    rules, both = load("forms")[style.form.value], load("forms")["both"]
    given = _given(desk, style)
    level = desk.dossier.locality.level
    own = level.value if level else ""
    signer = given.get("signer")
    signer = signer if isinstance(signer, Mapping) else {}
    number = _text(given, "number")
    body = rules["bodies"].get(own, rules["body"])
    return Form(
        head=tuple(rules["head"]),
        parent=_body(_text(given, "parent_issuer").upper() or _parent(desk, rules, both), both["breaks"]),
        issuer=_body(_text(given, "issuer").upper() or _issuer(desk, rules), both["breaks"]),
        number=rules["number"].format(number=number) if number else _open(rules["blank_number"].format(body=body)),
        place_date=_place_date(desk, given, both),
        type=rules["type"],
        abstract=_abstract(desk, rules),
        authority=_text(signer, "authority").upper() or rules["authorities"].get(own, rules["authority"]),
        position=_text(signer, "position").upper(),
        signer=_text(signer, "name"),
        recipients_title=both["recipients_title"],
        recipients=_recipients(given, rules),
        draft=both["draft"].format(draft=_text(given, "draft")) if _text(given, "draft") else "",
        two_sided=bool(given.get("two_sided")),
        annex=both["annex"],
    )


def _given(desk: Desk, style: HouseStyle) -> Mapping[str, Any]:
    """What the profile says for this form: its plain keys are the Party's, ``display.state`` is the state's."""
    extra = desk.dossier.display.extra
    if style.form is not FormKind.STATE:
        return extra
    own = extra.get("state")
    shared: dict[str, Any] = {key: extra[key] for key in ("place", "draft", "two_sided") if key in extra}
    return {**shared, **own} if isinstance(own, Mapping) else shared


def _text(given: Mapping[str, Any], key: str) -> str:
    value = given.get(key)
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _body(name: str, breaks: Sequence[str]) -> str:
    """The name of a body that breaks where a person would: ``ỦY BAN NHÂN DÂN / PHƯỜNG HẠ ĐÌNH``."""
    what = next((one for one in breaks if name.startswith(one + " ")), "")
    rest = name[len(what) + 1 :]
    return f"{what} {rest.replace(' ', NBSP)}" if what and len(rest) <= TOGETHER else name


def _issuer(desk: Desk, rules: Mapping[str, Any]) -> str:
    locality = desk.dossier.locality
    if not locality.level or not locality.name:
        return ""
    return str(rules["issuers"][locality.level.value].format(name=locality.name.upper()))


def _parent(desk: Desk, rules: Mapping[str, Any], both: Mapping[str, Any]) -> str:
    """The body of the nearest unit above, where its level is known."""
    parents = parents_text(desk.dossier.locality, (sheet.source.text for sheet in desk.dossier.sheets))
    if not parents:
        return ""
    level = next((one for one in _LEVELS if parents[0].lower().startswith(one + " ")), "")
    name = parents[0][len(level) :].strip()
    if not level and len(parents) == 1:
        level = both["city"] if name in desk.standard.top_level else both["province"]
    pattern = rules["parents"].get(level)
    return str(pattern.format(name=name.upper())) if pattern else ""


def _place_date(desk: Desk, given: Mapping[str, Any], both: Mapping[str, Any]) -> str:
    """Place and day of the document; the day of a source is not the document's."""
    place = _text(given, "place") or desk.dossier.locality.name
    day = desk.dossier.display.date
    return str(both["date"].format(place=place, date=date(day))) if day else _open(both["blank_date"].format(place=place))


def _open(text: str) -> str:
    """Room to write by hand: runs of spaces that no renderer folds."""
    return re.sub(" {2,}", lambda found: NBSP * len(found[0]), text)


def _abstract(desk: Desk, rules: Mapping[str, Any]) -> str:
    own = desk.dossier.display.title
    text = own or rules["abstract"].format(headline=lowered(headline.headline(desk)))
    return _spaced(lowered(text) if rules["lower"] else text, rules["years"])


def _recipients(given: Mapping[str, Any], rules: Mapping[str, Any]) -> tuple[str, ...]:
    """One line each, ended by a semicolon, the last by a full stop."""
    wanted = given.get("recipients")
    lines = [str(one) for one in wanted] if isinstance(wanted, list | tuple) and wanted else list(rules["recipients"])
    bare = [" ".join(line.split()).lstrip("-– ").rstrip(" .;,") for line in lines]
    return tuple(f"{line}{'.' if i == len(bare) - 1 else ';'}" for i, line in enumerate(bare))


def as_form(sections: tuple[Section, ...], style: HouseStyle) -> tuple[Section, ...]:
    """The sections as an official report has them: titles in capitals with their numbers, spans of years spaced, notes annexed."""
    if not style.official:
        return sections
    rules, both = load("forms")[style.form.value], load("forms")["both"]
    made, count = [], 0
    for section in sections:
        annexed = section.id in both["annexed"]
        count += not annexed
        made.append(
            replace(
                section,
                number="" if annexed else rules["section"].format(roman=roman(count)),
                title=section.title.upper(),
                annexed=annexed,
                items=_ended(_one_line_each(section.items) if section.kind == "fields" else section.items, rules["years"]),
                rows=tuple(_row(row, rules["years"]) for row in section.rows),
                parts=tuple(_part(part, i, rules) for i, part in enumerate(section.parts, start=1)),
            )
        )
    return tuple(made)


def _one_line_each(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Fields with all their values behind the label: in a report a value on a line of its own would pass for a field."""
    made: list[Item] = []
    for item in items:
        if item.label or not made:
            made.append(item)
            continue
        before = made[-1]
        notes = tuple(sorted({*before.notes, *item.notes}))
        made[-1] = replace(before, text=(*before.text, "; ", *item.text), notes=notes, settled=before.settled or item.settled)
    return tuple(made)


def _item(item: Item, years: str) -> Item:
    """Words of our own take the form's way of writing years; a source's words stay."""
    if item.quote_of or item.verbatim:
        return item
    return replace(item, text=tuple(_spaced(part, years) if isinstance(part, str) else part for part in item.text))


def _row(row: IndicatorRow, years: str) -> IndicatorRow:
    return replace(row, period=_spaced(row.period, years))


def _part(part: SectorPart, number: int, rules: Mapping[str, Any]) -> SectorPart:
    return replace(part, number=rules["part"].format(n=number), figures=_ended(part.figures, rules["years"]))


def _ended(items: tuple[Item, ...], years: str) -> tuple[Item, ...]:
    """Entries of a list, ended by semicolons and the last by a full stop where they have no end of their own."""
    made = []
    for i, item in enumerate(items, start=1):
        text = _item(item, years).text
        last = text[-1] if text else ""
        ended = (last.text if isinstance(last, Figure) else last).rstrip().endswith((".", ";", "!", "?", "…", ":", ".”"))
        made.append(replace(item, text=text if ended or not text else (*text, "." if i == len(items) else ";")))
    return tuple(made)


def _spaced(text: str, years: str) -> str:
    return _YEARS.sub(lambda found: found[1] + years.replace(" ", NBSP) + found[2], text)


def issues(desk: Desk, made: Form | None) -> tuple[Issue, ...]:
    """What an office still has to give before it can sign."""
    if made is None:
        return ()
    lacking = [
        key
        for key, value in (
            ("parent_issuer", made.parent),
            ("issuer", made.issuer),
            ("signer.position", made.position),
            ("signer.name", made.signer),
        )
        if not value
    ]
    if not lacking:
        return ()
    return (
        Issue(
            code="form-open",
            message=f"the official form has no: {', '.join(lacking)}",
            severity=Severity.INFO,
            where=desk.dossier.folder,
            remedy="give it under display in the profile",
        ),
    )
