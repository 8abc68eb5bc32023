"""The language of profiles: every key, its type and its meaning, as pydantic models.

The one definition: validation, the JSON Schema for editors and the key reference of ``profiles/README.md`` come from it.  Only what
a single value may look like is said here; what values mean together is checked in ``profile_rules``.  Wherever a list of the models
``OPERABLE`` stands, a mapping of operators (``append``, ``remove``, ...) may stand instead; the reader takes these apart before
validation.  Importing this module imports pydantic, so it is imported inside functions.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from toolkit.model.address import is_whole
from toolkit.model.context import Level, Report, Role, Sector
from toolkit.read.profile_text import ROMAN, from_roman, span_of, to_date


def _fault(message: str, remedy: str) -> PydanticCustomError:
    # "{{" keeps pydantic from reading braces of the text as fields of its own template.
    escaped = message.replace("{", "{{").replace("}", "}}")
    return PydanticCustomError("profile", escaped, {"remedy": remedy})


def _as_text(value: object) -> object:
    """A whole number is taken as the text it was written as (``year: 2022``)."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _term(value: str) -> str:
    span = span_of(value)
    if span is None:
        raise _fault(f"“{value}” is not a term of office", 'write two years, as in "2020-2025"')
    first, last = span
    if not 2 <= last - first <= 6:
        raise _fault(f"a term from {first} to {last} is not possible", "write its first and last year, as in 2020-2025")
    return f"{first}-{last}"


def _year(value: str) -> str:
    if not re.fullmatch(r"(?:19|20)\d\d", value):
        raise _fault(f"“{value}” is not a year", "write four digits, as in 2022")
    return value


def _period(value: str) -> str:
    if re.fullmatch(r"(?:19|20)\d\d", value):
        return value
    span = span_of(value)
    if span is None or span[0] >= span[1]:
        raise _fault(f"“{value}” is not a period", 'write a year (2022) or a span of years ("2020-2022")')
    return f"{span[0]}-{span[1]}"


def _when(value: str) -> str:
    return value if re.fullmatch(r"(?:19|20)\d\d", value) else _term(value)


def _date(value: str) -> str:
    found = to_date(value)
    if isinstance(found, date):
        return found.isoformat()
    raise _fault(f"“{value}” is not a day of the calendar", "write year-month-day, as in 2023-04-03, or day/month/year")


def _congress(value: object) -> object:
    number = value if isinstance(value, int) else from_roman(str(value))
    if isinstance(value, bool) or number is None or not 1 <= number <= 60:
        raise _fault(f"“{value}” is not the ordinal of a congress", "write a number (22) or a Roman numeral (XXII)")
    return number


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise _fault(f"“{value}” is not a colour", 'write "#" and six digits in quotes, as in "#9b1c1c"')
    return value.lower()


def _email(value: str) -> str:
    if not re.fullmatch(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:]{2,}", value):
        raise _fault(f"“{value}” is not an e-mail address", "write one address, as in vanphong@example.vn")
    return value


def _reason(value: str) -> str:
    if len(value.split()) < 2:
        raise _fault(f"“{value}” does not say why", "write in a few words why, for whoever reads the brief")
    return value


def _address(value: str) -> str:
    if not is_whole(value) or "?" in value or "#" in value:
        raise _fault(f"“{value}” is not a whole https address of a folder", "write it as in https://example.vn/ban-tom-tat/")
    return value


def _glob(value: str) -> str:
    if "**" in value:
        raise _fault("“**” is not understood here", "a pattern is compared from the end of a path: write ten-tep*.txt")
    if value.startswith("/") or "\\" in value:
        raise _fault(f"“{value}” is no path within the project", "write it from the end, with “/”, as in seeds/ha-dinh-*.txt")
    return value


Text = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]
Reason = Annotated[str, AfterValidator(_reason), Field(min_length=3)]
TermText = Annotated[str, BeforeValidator(_as_text), AfterValidator(_term), Field(json_schema_extra={"examples": ["2020-2025"]})]
YearText = Annotated[str, BeforeValidator(_as_text), AfterValidator(_year), WithJsonSchema({"type": ["string", "integer"]})]
WhenText = Annotated[str, BeforeValidator(_as_text), AfterValidator(_when), WithJsonSchema({"type": ["string", "integer"]})]
PeriodText = Annotated[str, BeforeValidator(_as_text), AfterValidator(_period), WithJsonSchema({"type": ["string", "integer"]})]
DateText = Annotated[str, AfterValidator(_date), Field(json_schema_extra={"examples": ["2023-04-03"]})]
Ordinal = Annotated[int, BeforeValidator(_congress), WithJsonSchema({"type": ["integer", "string"], "pattern": f"^({ROMAN})$"})]
Colour = Annotated[str, AfterValidator(_colour), Field(json_schema_extra={"pattern": "^#[0-9a-fA-F]{6}$"})]
Email = Annotated[str, AfterValidator(_email)]
Address = Annotated[str, AfterValidator(_address), Field(json_schema_extra={"pattern": "^https://"})]
Glob = Annotated[str, AfterValidator(_glob)]
Value = Annotated[str, BeforeValidator(_as_text), WithJsonSchema({"type": ["string", "integer"]})]


class Strict(BaseModel):
    """A block of keys: unknown ones are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, use_enum_values=False, populate_by_name=True)


class Given(Strict):
    """A value settled by a person, with its reason."""

    reason: Reason = Field(description="why, for whoever reads the brief")
    source: Text | None = Field(None, description="on what ground: a document, a page, a person")


class GivenTerm(Given):
    """A term of office, with the reason for it."""

    value: TermText = Field(description="first and last year")


class GivenYear(Given):
    """A year, with the reason for it."""

    value: YearText = Field(description="four digits")


class GivenReport(Given):
    """A kind of report, with the reason for it."""

    value: Report = Field(description="full-term, half-term, annual or other")


class GivenOrdinal(Given):
    """The ordinal of a congress, with the reason for it."""

    value: Ordinal = Field(description="a number (22) or a Roman numeral (XXII)")


class GivenDate(Given):
    """A day, with the reason for it."""

    value: DateText = Field(description="year-month-day, or day/month/year")


class GivenText(Given):
    """A text, with the reason for it."""

    value: Text = Field(description="the value itself, as the table of the profile says")


class Locality(Strict):
    """The administrative unit, as its time named it."""

    name: Text | None = Field(None, description="name without its level: Hạ Đình")
    level: Level | None = Field(None, description="phường, xã, thị trấn, đặc khu, quận, huyện, thị xã, thành phố or tỉnh")
    parents: list[Text] | None = Field(None, description="units above, nearest first, without their levels")
    predecessors: list[Text] | None = Field(None, description="units it was merged from; their sources join its brief")
    code: Text | None = Field(None, description="code of the unit, in quotes")
    reason: Reason | None = Field(None, description="why; required with parents, predecessors or code")
    source: Text | None = Field(None, description="on what ground")


class Contact(Strict):
    """Who answers questions about the brief."""

    name: Text | None = Field(None, description="office or person")
    address: Text | None = Field(None, description="postal address")
    phone: Text | None = Field(None, description="telephone, in quotes")
    email: Email | None = Field(None, description="e-mail address")
    web: Text | None = Field(None, description="web address")


class Signer(Strict):
    """Who signs the official forms."""

    authority: Text | None = Field(None, description="on whose behalf: T/M ĐẢNG ỦY")
    position: Text | None = Field(None, description="post: BÍ THƯ")
    name: Text | None = Field(None, description="full name")


class StateForm(Strict):
    """What the form of a People's Committee bears, where it is not the Party's."""

    issuer: Text | None = Field(None, description="body that issues it: ỦY BAN NHÂN DÂN PHƯỜNG HẠ ĐÌNH")
    parent_issuer: Text | None = Field(None, description="body above it")
    number: Text | None = Field(None, description="number and symbol: 15/BC-UBND")
    signer: Signer | None = Field(None, description="who signs")
    recipients: list[Text] | None = Field(None, description="lines of “Nơi nhận”")


class Display(Strict):
    """How the brief looks."""

    length: Literal["one-page", "standard", "full"] | None = Field(None, description="how much of it: one-page, standard or full")
    style: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] | None = Field(
        None, description="house style: an-pham, mot-trang, dang or nha-nuoc"
    )
    appendix: bool | None = Field(None, description="whether the table of all indicators is appended")
    sections: list[Text] | None = Field(None, description="ids of the sections, in order; sources always stay")
    titles: dict[str, Text] | None = Field(None, description="other titles of sections, by id")
    colour: Colour | None = Field(None, description='main colour, as "#9b1c1c"')
    logo: Text | None = Field(None, description="picture file (PNG or SVG), beside the profile")
    issuer: Text | None = Field(None, description="office that issues the official forms: ĐẢNG BỘ PHƯỜNG HẠ ĐÌNH")
    parent_issuer: Text | None = Field(None, description="office above it, first line of the official head")
    number: Text | None = Field(None, description="number and symbol of the document: 12-BC/ĐU")
    place: Text | None = Field(None, description="place before the date in the official forms")
    base_url: Address | None = Field(None, description="https address at which the output folder is published")
    contact: Contact | None = Field(None, description="who answers questions")
    signer: Signer | None = Field(None, description="who signs")
    recipients: list[Text] | None = Field(None, description="lines of “Nơi nhận”")
    draft: Text | None = Field(None, description="number of the draft: “Dự thảo lần 1” on the official forms")
    two_sided: bool | None = Field(None, description="whether an official form is printed on both sides, its margins changing")
    state: StateForm | None = Field(None, description="what the state form (nha-nuoc) bears: the keys above are the Party's")


class Selector(Strict):
    """Facts by what they are; every key given must agree."""

    id: Text | None = Field(None, description="id of the fact, as nhiemky extract prints it")
    label: Text | None = Field(None, description="its label")
    quote: Text | None = Field(None, description="the figure as its source writes it: 77.3 ha")
    sector: Sector | None = Field(None, description="its sector")
    period: PeriodText | None = Field(None, description="its year or span of years")
    role: Role | None = Field(None, description="result, plan, attainment or change")
    place: Text | None = Field(None, description="the unit it belongs to, when not the brief's own")


def _is_text(value: object) -> str:
    return "selector" if isinstance(value, dict) else "name"


Target = Annotated[Annotated[Text, Tag("name")] | Annotated[Selector, Tag("selector")], Discriminator(_is_text)]
"""A fact by its id, its label or its quote, or facts by a selector."""


class Fact(Strict):
    """One figure settled: exactly one of set, add, correct, hide says how."""

    set: Target | None = Field(None, description="the fact takes this value, whether a source gives it or not")
    add: Text | None = Field(None, description="label of a fact that no source gives")
    correct: Target | None = Field(None, description="the one fact that a source gives wrongly")
    hide: Target | None = Field(None, description="facts that the brief leaves out")
    value: Value | None = Field(None, description="the figure as an office writes it: 11 tỷ 708 triệu đồng, 143%, 12/13 chỉ tiêu")
    was: Value | None = Field(None, description="what the source said when this was written; another value there is reported")
    id: Text | None = Field(None, description="id of an added fact (else made from label, period and role)")
    label: Text | None = Field(None, description="label to print")
    role: Role | None = Field(None, description="result, plan, attainment or change")
    period: PeriodText | None = Field(None, description="year or span of years")
    sector: Sector | None = Field(None, description="sector")
    place: Text | None = Field(None, description="unit it belongs to, when not the brief's own")
    reason: Reason = Field(description="why, for whoever reads the brief")
    source: Text | None = Field(None, description="on what ground")


class Sentence(Strict):
    """A sentence kept or dropped, by its beginning."""

    keep: Text | None = Field(None, description="beginning of a sentence that must stay")
    drop: Text | None = Field(None, description="beginning of a sentence that must not be taken")
    reason: Reason = Field(description="why")


class Entry(Strict):
    """What all lists of entries have: exactly one of add, correct, hide, and the reason."""

    add: Text | None = Field(None, description="a new entry")
    correct: Text | None = Field(None, description="an entry to change: its name, number, or the beginning of its text")
    hide: Text | None = Field(None, description="an entry to leave out")
    reason: Reason = Field(description="why")
    source: Text | None = Field(None, description="on what ground")


class PersonEntry(Entry):
    """A person named in the brief."""

    name: Text | None = Field(None, description="corrected name")
    roles: list[Text] | None = Field(None, description="posts, the highest first")


class DocumentEntry(Entry):
    """An official document cited."""

    type: Text | None = Field(None, description="Nghị quyết, Chỉ thị, Quyết định, …")
    number: Text | None = Field(None, description="corrected number: 15-NQ/TW")
    date: DateText | None = Field(None, description="day of the document")
    issuer: Text | None = Field(None, description="who issued it")


class StatementEntry(Entry):
    """An award, limitation, lesson, task or initiative."""

    text: Text | None = Field(None, description="corrected text")
    sector: Sector | None = Field(None, description="its sector")


class Recipient(Strict):
    """One address of a distribution list."""

    email: Email = Field(description="e-mail address")
    name: Text | None = Field(None, description="full name")
    title: Text | None = Field(None, description="form of address and post, for the salutation: Đồng chí Bí thư")
    office: Text | None = Field(None, description="office")


class Profile(Strict):
    """A profile: what a person settles about the brief of a locality."""

    version: Literal[1] | None = Field(None, description="version of this language; 1")
    extends: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")] | None = Field(
        None, description="a layer below this one: name of a file in profiles/shared/, without .yaml"
    )
    for_: WhenText | None = Field(None, alias="for", description="term or year of a further document of the file (after ---)")
    locality: Locality | None = Field(None, description="the administrative unit")
    sources: list[Glob] | None = Field(None, description="files that belong to it, as patterns compared from the end of a path")
    term: GivenTerm | None = Field(None, description="term of office reported on")
    next_term: GivenTerm | None = Field(None, description="term planned for")
    year: GivenYear | None = Field(None, description="year of an annual report")
    report: GivenReport | None = Field(None, description="full-term, half-term, annual or other")
    congress: GivenOrdinal | None = Field(None, description="ordinal of the congress of the reported term: 22 or XXII")
    theme: GivenText | None = Field(None, description="theme or motto of the congress")
    date: GivenDate | None = Field(None, description="date that the brief bears")
    title: Text | None = Field(None, description="title of the brief")
    display: Display | None = Field(None, description="how the brief looks")
    highlight: list[Text] | None = Field(None, description="facts shown as large figures, by id or label, in order")
    facts: list[Fact] | None = Field(None, description="figures set, added, corrected, hidden")
    sentences: list[Sentence] | None = Field(None, description="sentences kept or dropped")
    wording: dict[str, Text] | None = Field(None, description="other words for parts of the standard brief, by their key")
    people: list[PersonEntry] | None = Field(None, description="people added, corrected, hidden")
    documents: list[DocumentEntry] | None = Field(None, description="documents added, corrected, hidden")
    awards: list[StatementEntry] | None = Field(None, description="awards added, corrected, hidden")
    limitations: list[StatementEntry] | None = Field(None, description="limitations added, corrected, hidden")
    lessons: list[StatementEntry] | None = Field(None, description="lessons added, corrected, hidden")
    next_tasks: list[StatementEntry] | None = Field(None, description="tasks added, corrected, hidden")
    initiatives: list[StatementEntry] | None = Field(None, description="initiatives added, corrected, hidden")
    distribution: dict[str, list[Recipient]] | None = Field(None, description="distribution lists: their names, then addresses")


OPERATORS = {
    "replace": "this list instead of the one below (what a plain list does, said aloud)",
    "remove": "take entries out, by id or by the text itself",
    "update": "change keys of entries, found by their id",
    "prepend": "put entries before",
    "append": "put entries after; one of the same id takes its place",
}
"""How a list changes the one of the layer below, in the order in which they are applied."""

OPERABLE = (Profile, Locality, Display)
"""Models whose lists take operators."""

OPERATIONS: dict[str, tuple[str, ...]] = {
    "Fact": ("set", "add", "correct", "hide"),
    "Sentence": ("keep", "drop"),
    "PersonEntry": ("add", "correct", "hide"),
    "DocumentEntry": ("add", "correct", "hide"),
    "StatementEntry": ("add", "correct", "hide"),
}
"""Entries of which exactly one key says what they do."""


def bare(annotation: Any) -> Any:
    """A field's type without ``None`` and without ``Annotated``."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    options = [one for one in get_args(annotation) if one is not type(None)]
    return bare(options[0]) if type(None) in get_args(annotation) and len(options) == 1 else annotation


@cache
def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Written key to bare type, for each field of a model."""
    return {info.alias or name: bare(info.annotation) for name, info in model.model_fields.items()}


@cache
def list_paths() -> dict[tuple[str, ...], Any]:
    """Paths at which a list or its operators may stand, with the type of the items; ``*`` is the name of a distribution list."""
    found: dict[tuple[str, ...], Any] = {("distribution", "*"): Recipient}
    for key, kind in fields_of(Profile).items():
        if get_origin(kind) is list:
            found[(key,)] = bare(get_args(kind)[0])
        elif kind in OPERABLE:
            inner = fields_of(kind).items()
            found |= {(key, name): bare(get_args(one)[0]) for name, one in inner if get_origin(one) is list}
    return found
