"""The way from an article to a brief, step by step; the only module that knows all stages.

    read → clean → extract → summarise → merge → compose → render → audit → deliver

``read_facts`` goes from one source to its facts, ``make_brief`` from one locality's settled facts to finished files.  Between
them stands ``settle``, which sees all sources at once because sources find their locality and term together.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import DeliverError, Issue, RenderError, UsageError
from toolkit.model.amount import Amount
from toolkit.model.artifact import Artifact
from toolkit.model.brief import Brief, Published
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.model.place import Place
from toolkit.model.text import CleanText

if TYPE_CHECKING:
    from toolkit.merge import Group
    from toolkit.model.profile import ProfileSet
    from toolkit.summarise import Summary

STAGES = ("read", "clean", "extract", "summarise", "merge", "compose", "render", "audit", "deliver")


@dataclass
class Timings:
    """Seconds of wall time spent in each stage, added up over localities and processes; and what the greediest process took."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    memory: float = 0.0
    """Highest resident memory of one process that had a part, in MB; 0 where the system does not tell."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - start

    def add(self, other: Timings) -> None:
        for name, spent in other.seconds.items():
            self.seconds[name] += spent
        self.memory = max(self.memory, other.memory)

    def note_memory(self) -> None:
        """Look how much memory this process has taken at most since it began."""
        try:
            import resource
        except ImportError:  # Windows
            return
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.memory = max(self.memory, taken / (2**20 if sys.platform == "darwin" else 2**10))


def clean_source(path: Place, timings: Timings | None = None, data: bytes | None = None) -> CleanText:
    """One file read and repaired; ``data`` are its bytes, when they are here already.  Raises ``ReadError``."""
    from toolkit.clean import clean
    from toolkit.read import printable, read_bytes, read_source

    clock = timings or Timings()
    with clock.stage("read"):
        source = read_source(path) if data is None else read_bytes(data, printable(path))
    with clock.stage("clean"):
        return clean(source)


def facts_of(text: CleanText, timings: Timings | None = None) -> FactSheet:
    """All facts of one repaired text, its sentences ranked."""
    from toolkit.extract import extract
    from toolkit.summarise import rank

    clock = timings or Timings()
    with clock.stage("extract"):
        sheet = extract(text)
    with clock.stage("summarise"):
        return replace(sheet, sentences=rank(text, sheet.sentences))


def read_facts(path: Place, timings: Timings | None = None, data: bytes | None = None) -> FactSheet:
    """The facts of one file, or of its bytes: read, clean, extract, rank.  Raises ``ReadError``."""
    return facts_of(clean_source(path, timings, data), timings)


def read_amount(text: str) -> Amount | None:
    """The one amount that a short text is, or None when it is none or several: how a profile's values are read."""
    from toolkit.extract.quantities import read_quantities

    mentions = read_quantities(text)
    return mentions[0].amount if len(mentions) == 1 else None


def read_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts written in a short text: how the audit reads printed figures, by the extractor's own grammar."""
    from toolkit.extract.quantities import read_quantities

    return tuple(mention.amount for mention in read_quantities(text))


def load_profiles(folder: Path | None, settings: Sequence[str] = ()) -> ProfileSet:
    """All profiles of a folder, layered and checked.

    ``folder`` None means ``profiles/`` beside the caller, if there is one.  ``settings`` are ``key=value`` pairs laid over every
    profile.  Raises ``ProfileError`` with all faults of all files at once.
    """
    from toolkit.read.profiles import load_profiles as load

    return load(folder, settings=settings, read_amount=read_amount)


def settle(
    sheets: Sequence[FactSheet], profiles: ProfileSet, timings: Timings | None = None
) -> tuple[tuple[Dossier, ...], tuple[Issue, ...]]:
    """Group sources by locality and term, merge each group with its profile; what concerns no single brief comes beside."""
    from toolkit.merge import group, merge

    clock = timings or Timings()
    with clock.stage("merge"):
        dossiers = tuple(merge(one) for one in group(sheets, profiles))
    return dossiers, profiles.issues


def settle_group(one: Group, timings: Timings | None = None) -> Dossier:
    """The settled facts of one group of sources; what the batch does where ``settle`` would take all of them at once."""
    from toolkit.merge import merge

    with (timings or Timings()).stage("merge"):
        return merge(one)


def explain_figure(path: Path, at: int | str, profiles: ProfileSet, making: Making | None = None) -> str | None:
    """Everything known of one figure of a source: rule and lexicon entry, what was rejected, and its way into the brief.

    ``at`` is a source offset or the figure as written.  None when the text has no such place.  Raises ``ReadError``.
    """
    from toolkit.compose.trace import where_printed
    from toolkit.extract.explain import explain, find
    from toolkit.render.locate import locate

    text = clean_source(path)
    sheet = facts_of(text)
    offset = find(sheet, at) if isinstance(at, str) else at
    if offset is None or offset >= len(text.source.text):
        return None
    lines = [explain(text, sheet, offset)]
    for dossier in settle([sheet], profiles)[0]:
        lines += where_printed(compose_brief(dossier, making), dossier, offset, locate)
    return "\n".join(lines)


def scaffold_profiles(sheets: Sequence[FactSheet], folder: Path) -> Iterator[tuple[Path, str, bool]]:
    """A profile scaffold for each locality of ``sheets``: (path, text, True) when it was written.

    A file that exists is never changed: then the text is what it does not mention yet (empty: nothing), and the flag is False.
    The JSON Schema that the scaffold names for editors is put beside it when it is missing.
    """
    from toolkit.merge import group
    from toolkit.model.profile import NO_PROFILES
    from toolkit.read.profile_reference import SCHEMA_FILE, schema_text
    from toolkit.read.profile_scaffold import scaffold, scaffold_name

    by_name: dict[str, list[FactSheet]] = {}
    for one in group(sheets, NO_PROFILES):
        by_name.setdefault(scaffold_name(one.sheets), []).extend(one.sheets)
    for name, own in by_name.items():
        path = folder / name
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True)
            with path.open("x", encoding="utf-8") as file:
                text = scaffold(own)
                file.write(text)
            with suppress(FileExistsError), (folder / SCHEMA_FILE).open("x", encoding="utf-8") as file:
                file.write(schema_text())
            yield path, text, True
        except OSError as error:
            if isinstance(error, FileExistsError) and path.is_file():
                yield path, scaffold(own, path.read_text("utf-8")), False
                continue
            raise DeliverError(
                f"could not write: {error.strerror}", where=str(path), remedy="check the folder given by --profiles"
            ) from error


@dataclass(frozen=True)
class Making:
    """How briefs are made: the formats, what a run wants over the profile (None: the profile's word), the user's own templates.

    ``pdf_variant`` is a name of ``toolkit.render.variants``; None: accessible and archived at once (PDF/UA-1 and PDF/A-3a).
    ``base_url`` is the address where the output folder is published; empty: the profile's, else none.
    """

    formats: tuple[str, ...] = ("html", "pdf")
    length: str | None = None
    style: str | None = None
    appendix: bool | None = None
    templates: Path | None = None
    pdf_variant: str | None = None
    base_url: str = ""


@dataclass(frozen=True)
class Made:
    """A finished brief: its composed form, its files, and how many printed numbers the audit traced."""

    brief: Brief
    artifacts: tuple[Artifact, ...]
    audited: int


STEPS = 12
"""How often a brief is composed shorter before it is given up that it keeps to the pages of its style."""


def wished(dossier: Dossier, making: Making) -> Dossier:
    """The dossier as one run wants it shown: options of the call stand above the profile.  Raises ``UsageError``."""
    from toolkit.styles import style

    shown = dossier.display
    house = style(making.style or shown.style)
    if house.compares:
        raise UsageError(f"the style {house.id} is for several localities or terms at once", remedy="use `nhiemky compare`")
    if house.length and making.length not in (None, house.length):
        raise UsageError(
            f"the style {house.id} has one length, {house.length}", remedy="leave --length out, or choose another style"
        )
    appendix = shown.appendix if making.appendix is None else making.appendix
    return replace(
        dossier, display=replace(shown, style=house.id, length=house.length or making.length or shown.length, appendix=appendix)
    )


def compose_brief(dossier: Dossier, making: Making | None = None, timings: Timings | None = None, *, step: int = 0) -> Brief:
    """The brief of one locality and term, its sentences chosen, before any rendering; each ``step`` makes it a little shorter."""
    from toolkit.compose import compose, digest_budget, figures_shown, length_of, sentences_barred
    from toolkit.summarise import digest

    clock = timings or Timings()
    dossier = wished(dossier, making or Making())
    display = dossier.display
    with clock.stage("compose"):
        shown, barred = figures_shown(dossier, length_of(dossier, step=step)), sentences_barred(dossier)
    with clock.stage("summarise"):
        budget = digest_budget(dossier, step=step)
        chosen = digest(dossier.sheets, budget=budget, keep=display.keep, drop=(*display.drop, *barred), told=shown)
    with clock.stage("compose"):
        return compose(dossier, chosen, step=step)


def fitted_brief(dossier: Dossier, making: Making, timings: Timings | None = None) -> Brief:
    """The longest brief that keeps to the pages its style promises; one composition where it promises none."""
    from toolkit.render.fit import overrun

    clock = timings or Timings()
    for step in range(STEPS):
        brief = compose_brief(dossier, making, clock, step=step)
        with clock.stage("render"):
            if not overrun(brief, making.templates):
                return brief
    raise RenderError(
        "the brief does not fit the pages of its style",
        where=dossier.folder,
        remedy="choose the style an-pham, or leave sections out with display.sections",
    )


def make_brief(dossier: Dossier, making: Making | None = None, timings: Timings | None = None) -> Made:
    """Compose, render and audit one brief.

    Raises ``TemplateError`` or ``RenderError`` when it cannot be rendered, ``AuditError`` when a printed number cannot be traced.
    """
    making = making or Making()
    clock = timings or Timings()
    return finish_brief(fitted_brief(dossier, making, clock), dossier, making, clock)


def finish_brief(brief: Brief, dossier: Dossier, making: Making, timings: Timings | None = None) -> Made:
    """Render and audit a brief that is composed already; raises what ``make_brief`` raises."""
    from toolkit.audit import audit
    from toolkit.render import render

    clock = timings or Timings()
    facts = facts_file(dossier)
    brief = replace(brief, published=_published(dossier, making))
    with clock.stage("render"):
        # Only the page that a PDF is printed of tells its quotations from other numbers, so it is made unasked for the audit.
        formats = ("html", *making.formats) if "pdf" in making.formats else making.formats
        artifacts = render(brief, formats, templates=making.templates, facts=facts.data, pdf_variant=making.pdf_variant)
    with clock.stage("audit"):
        audited = audit(brief, dossier, artifacts, read_amounts)
    wanted = (a for a in artifacts if "html" in making.formats or a.name != "brief.html")
    return Made(brief, (*wanted, facts), audited)


def _published(dossier: Dossier, making: Making) -> Published:
    """Where the files that are made can be fetched, by the address that the call or the profile gives."""
    from toolkit.model.address import published

    given = making.base_url or dossier.display.extra.get("base_url")
    files = tuple(f"brief.{name}" for name in ("html", "pdf") if name in making.formats)
    return published(str(given or ""), dossier.folder, files)


def facts_file(dossier: Dossier) -> Artifact:
    """``facts.json``: the contract's object of every source of the brief, what was settled, and by whom."""
    from toolkit.contract import dossier_to_json

    data = json.dumps(dossier_to_json(dossier), ensure_ascii=False, indent=1) + "\n"
    return Artifact("facts.json", "application/json", data.encode())


def whole_brief(made: Made, dossier: Dossier) -> tuple[Artifact, ...]:
    """All files of a finished brief, the manifest last."""
    from toolkit.deliver import with_manifest

    brief = made.brief
    about = {
        "locality": dossier.locality.name,
        "term": dossier.term.value if dossier.term else None,
        "year": dossier.year,
        "report": dossier.report,
        "title": brief.title,
        "place": brief.place_text,
        "kicker": brief.kicker,
        "parents": dossier.locality.parents,
        "headline": brief.headline,
        "summary": brief.summary,
        "date": brief.date,
        "date_text": brief.date_text,
        "published_at": brief.published.base or None,
        "sources": [{"path": s.source.path, "sha256": s.source.sha256} for s in dossier.sheets],
        "audited_numbers": made.audited,
    }
    return with_manifest(made.artifacts, about)


# ---------------------------------------------------------------- the general summariser


def summarise_texts(texts: Sequence[CleanText], budget: int, *, explain: bool = False) -> Summary:
    """The sentences of several texts that together say most within ``budget`` syllables, in reading order."""
    from toolkit.summarise import summarise

    return summarise(texts, budget, explain=explain)


def summarise_files(paths: Sequence[Path], budget: int, *, explain: bool = False) -> Summary:
    """``summarise_texts`` over files of any type that can be read.  Raises ``ReadError``."""
    return summarise_texts([clean_source(path) for path in paths], budget, explain=explain)


def summarise_batch(lines: Iterable[str]) -> Iterator[str]:
    """JSON Lines in, JSON Lines out, one set of documents a line (see ``toolkit.summarise.run_batch``).

    Plain UTF-8 text is taken as it stands, which is quicker than repairing it and loses nothing here; all other types are read
    and cleaned like sources.
    """
    from toolkit.clean.sentences import split
    from toolkit.summarise import run_batch

    def read(path: str) -> CleanText | str:
        if path.lower().endswith(".txt"):
            try:
                return Path(path).read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                pass  # the reader knows other encodings, and says what to do about the rest
        return clean_source(Path(path))

    return run_batch(lines, read, split)
