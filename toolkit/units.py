"""The units of a build's work: a source to read, a locality to make; at home on this machine, or with all their data on the way.

A process of this machine opens its source and writes its brief itself.  A unit for somewhere else (a cluster; a source or an output
in a store) carries the bytes of its source, the user's templates and the logo, and brings the finished files back: its worker needs
neither the files of this machine nor the store's credentials, nothing but the same nhiemky.  What comes out is the same, byte for
byte: a source is told by the path that it has here.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from toolkit.cache import digest
from toolkit.deliver import write_whole
from toolkit.errors import FaultsError, Issue, ReadError, TemplateError, ToolkitError
from toolkit.incremental import Written, own_state, stamps_of
from toolkit.merge import Group, card
from toolkit.model.artifact import Artifact
from toolkit.model.dossier import Dossier
from toolkit.model.fact import FactSheet
from toolkit.model.place import Place
from toolkit.pipeline import Making, Timings, make_brief, read_facts, settle_group, whole_brief
from toolkit.read import MAX_BYTES, fetch


@dataclass(frozen=True)
class Baggage:
    """What a unit needs on another machine: the state that its nhiemky must have, the user's templates, the profile's logo."""

    state: bytes
    templates: Mapping[str, bytes] = field(default_factory=dict)
    """The files of the user's folder by their names in it."""
    folder: str = ""
    """What that folder is called here: errors name it so."""
    logo: str = ""
    """The picture as a ``data:`` address."""


@dataclass(frozen=True)
class Reading:
    """One source to read: where it is, and its bytes when they travel."""

    place: Place
    data: bytes | None = None
    content: bytes | None = None
    """The digest that its facts are to be kept by."""
    baggage: Baggage | None = None


@dataclass(frozen=True)
class Read:
    """A source that was read: its card, all its facts as bytes, the time it took."""

    card: FactSheet
    packed: bytes
    spent: Timings


@dataclass(frozen=True)
class Job:
    """One locality to make: its group of cards, the facts of its sources (or the sources, when the cache lost them), and how."""

    group: Group
    making: Making
    why: tuple[str, ...]
    output: Place | None
    """Where the worker writes the brief; None: the files come back."""
    weight: float = 0
    """How much there is to do: the bytes of its sources."""
    facts: tuple[bytes, ...] = ()
    sources: tuple[Reading, ...] = ()
    baggage: Baggage | None = None


@dataclass(frozen=True)
class Finished:
    """A brief that was made: its folder, the files where they were written, or else themselves with the manifest last."""

    folder: str
    files: tuple[Place, ...]
    artifacts: tuple[Artifact, ...]
    issues: tuple[Issue, ...]
    audited: int
    spent: Timings
    left: Mapping[str, Written] = field(default_factory=dict)
    """The files as they lie there now, by their names in the folder."""


# ---------------------------------------------------------------- where the work is done


def read_unit(unit: Reading) -> Read:
    """A source's facts.  Raises ``ReadError``."""
    with _at_work(unit.baggage):
        timings = Timings()
        with timings.stage("read"):
            data = fetch(unit.place, MAX_BYTES) if unit.data is None else unit.data
        if unit.content not in (None, digest(data)):
            raise ReadError("the file changed while it was read", where=str(unit.place), remedy="run again")
        sheet = read_facts(unit.place, timings, data)
        packed = pickle.dumps(sheet, protocol=5)
        timings.note_memory()
        return Read(card(sheet), packed, timings)


def read_whole(unit: Reading) -> FactSheet:
    return read_facts(unit.place, None, unit.data)


def make_unit(unit: Job) -> Finished:
    """A locality's brief, written or brought back.  Raises what ``make_brief`` and ``write_whole`` raise."""
    with _at_work(unit.baggage):
        timings = Timings()
        sheets = [pickle.loads(packed) for packed in unit.facts]  # noqa: S301 - made by this run, or sealed by this user
        sheets += [read_facts(one.place, timings, one.data) for one in unit.sources]
        dossier = settle_group(unit.group.filled({sheet.source.path: sheet for sheet in sheets}), timings)
        making = unit.making
        if unit.baggage is not None:
            dossier, making = _unpacked(dossier, making, unit.baggage)
        made = make_brief(dossier, making, timings)
        with timings.stage("deliver"):
            artifacts = whole_brief(made, dossier)
            timings.note_memory()
            done = Finished(dossier.folder, (), artifacts, made.brief.issues, made.audited, timings)
            if unit.output is None:
                return done
            place = unit.output / dossier.folder
            files = write_whole(place, artifacts)[:-1]
            return replace(done, files=files, artifacts=(), left=left_in(place, artifacts))


def left_in(place: Place, artifacts: Sequence[Artifact]) -> dict[str, Written]:
    """The files of a brief as they lie there, just written."""
    found = stamps_of(place, [artifact.name for artifact in artifacts])
    there = ((artifact, found[artifact.name]) for artifact in artifacts)
    return {artifact.name: Written(stamp, digest(artifact.data)) for artifact, stamp in there if stamp is not None}


# ---------------------------------------------------------------- baggage


def packed(making: Making) -> Baggage:
    """The baggage of every unit of a run.  Raises ``TemplateError`` when the user's templates cannot be taken along."""
    if making.templates is None:
        return Baggage(own_state())
    return Baggage(own_state(), _files_of(making.templates), str(making.templates))


def with_logo(baggage: Baggage, group: Group) -> Baggage:
    """The baggage of one brief.  Raises ``RenderError`` when the logo of its profile cannot be used."""
    from toolkit.render.logo import data_uri

    logo = group.profile.display.get("logo") if group.profile else None
    return replace(baggage, logo=data_uri(str(logo), group.folder)) if logo else baggage


def _files_of(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise TemplateError("there is no such folder of templates", where=str(folder), remedy="check --templates")
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and "/." not in f"/{name}" and not name.endswith(".md"):
            if not path.resolve().is_relative_to(folder.resolve()):
                raise TemplateError(
                    f"the template {name!r} leads out of its folder",
                    where=str(folder),
                    remedy="put a copy there; links out of the folder are not followed",
                )
            found[name] = path.read_bytes()
    return found


def _unpacked(dossier: Dossier, making: Making, baggage: Baggage) -> tuple[Dossier, Making]:
    if baggage.folder:
        making = replace(making, templates=Path(_laid_out(tuple(baggage.templates.items())).name))
    if baggage.logo:
        shown = dossier.display
        dossier = replace(dossier, display=replace(shown, extra={**shown.extra, "logo": baggage.logo}))
    return dossier, making


@lru_cache(maxsize=4)
def _laid_out(files: tuple[tuple[str, bytes], ...]) -> TemporaryDirectory[str]:
    """A folder of this machine that holds the user's templates, until this process ends."""
    made: TemporaryDirectory[str] = TemporaryDirectory(prefix="nhiemky-")
    for name, data in files:
        path = Path(made.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return made


_ALONE = threading.Lock()
"""The engines of PDF and text layout know nothing of threads, which an executor may well have: one unit at a time a process."""


@contextmanager
def _at_work(baggage: Baggage | None) -> Iterator[None]:
    """Around the work of a unit that came from elsewhere: alone, by the same nhiemky, its errors told as at home."""
    if baggage is None:
        yield
        return
    with _ALONE:
        if own_state() != baggage.state:
            raise ToolkitError(
                "this worker has another version of nhiemky or of its libraries than the machine that gave it work",
                remedy="install the same versions on all machines, then start the workers again",
            )
        try:
            yield
        except ToolkitError as error:
            if baggage.folder:
                _told_as_at_home(error, baggage)
            raise


def _told_as_at_home(error: ToolkitError, baggage: Baggage) -> None:
    """Names of the laid out templates as the user knows them."""
    here = _laid_out(tuple(baggage.templates.items())).name

    def home(text: str) -> str:
        return text.replace(here, baggage.folder)

    error.what, error.where, error.remedy = home(error.what), home(error.where), home(error.remedy)
    if isinstance(error, FaultsError):
        error.issues = tuple(replace(one, where=home(one.where), message=home(one.message)) for one in error.issues)
