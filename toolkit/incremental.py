"""What a build may keep: the facts of sources that did not change, checked profiles, and whole briefs that would come out the same.

    sources → cards (facts are kept by content) → groups → what each brief depends on → stale or kept, and why

A brief depends on the bytes of its sources, on what grouping decided, on what its profile says (not on its distribution lists),
on its style's templates with all that they call, on fonts, logo and options, and on the package itself.  Nothing is decided by
the clock: a file that was only touched is read once more, its content is the same, and its brief is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from toolkit.cache import Cache, Stamp, digest, stamp_of
from toolkit.deliver.folder import MANIFEST
from toolkit.errors import Issue
from toolkit.merge import Group
from toolkit.model.fact import FactSheet
from toolkit.model.place import Place, Url
from toolkit.model.profile import Profile, ProfileSet
from toolkit.pipeline import Making, read_amount
from toolkit.styles import style
from toolkit.workspace import PACKAGE, packaged_templates

FACTS, CARD, PROFILE, BUILT = "facts", "card", "profile", "built"
"""Kinds of values in the cache."""

FACTS_CODE = ("read", "clean", "extract", "summarise", "gazetteer", "model", "data", "lexicon.py", "pipeline.py", "errors.py")
"""Parts of the package that the facts of a source depend on."""

WORDS_ALONE = (
    "messages.yaml",
    "errors.yaml",
    "profile-messages.yaml",
    "brief.yaml",
    "forms.yaml",
    "styles.yaml",
    "comparison.yaml",
)
"""Data files that have no part in facts."""

LIBRARIES = (
    *("lxml", "pypdfium2", "pillow", "python-docx", "underthesea", "underthesea-core", "pyyaml", "pydantic", "rapidfuzz"),
    *("trafilatura", "htmldate", "justext", "courlan", "lxml-html-clean", "charset-normalizer", "dateparser", "python-dateutil"),
    *(
        "jinja2",
        "css-inline",
        "weasyprint",
        "pydyf",
        "tinyhtml5",
        "tinycss2",
        "cssselect2",
        "pyphen",
        "fonttools",
        "zopfli",
        "brotli",
    ),
    *("fontpkg-be-vietnam-pro", "fontpkg-source-serif-4"),
)
"""All whose other version may read a source otherwise, or make other files of it: what is asked for, and what that brings along."""


class Written(NamedTuple):
    """A file of a brief as it was left: its stamp, and the digest of its bytes; a tuple, since thousands are unpickled each run."""

    stamp: Stamp
    content: bytes


@dataclass(frozen=True)
class Built:
    """What is kept of a finished brief: what it was made of, by name; its files as they were left; what was found on the way."""

    folder: str
    inputs: Mapping[str, bytes]
    outputs: Mapping[str, Written]
    issues: tuple[Issue, ...]
    audited: int


class Ground:
    """The state of everything that briefs depend on besides their sources and profiles; looked at once a run."""

    def __init__(self, cache: Cache, making: Making) -> None:
        self.cache, self.making = cache, making
        self._looks: dict[str, Mapping[str, bytes]] = {}
        self.said: dict[str, bytes] = {}
        """What each profile says about briefs, as digests by its name; filled when profiles are loaded."""
        self._watched: dict[Path, Stamp | None] = {}
        for path in _folders_of(making.templates):
            self._watched[path] = _stamp(path)

    def watched(self, files: Sequence[Path]) -> dict[Path, bytes]:
        """The contents of files that are read once more when briefs are made; ``steady`` tells whether they were others then."""
        for path in files:
            self._watched.setdefault(path, _stamp(path))
        return self.cache.contents(files)

    def steady(self) -> bool:
        """Whether no watched file was touched since it was looked at.  One that was changed and changed back says nothing of what
        briefs were made of in between, so they must not be kept under what it says now."""
        return all(_stamp(path) == stamp for path, stamp in self._watched.items())

    @cached_property
    def _package(self) -> Mapping[str, bytes]:
        """Contents of the package's own files, and the versions of the libraries that have a part in what comes out."""
        from importlib.metadata import PackageNotFoundError, version

        files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        found = {path.relative_to(PACKAGE).as_posix(): told for path, told in self.cache.contents(files).items()}
        found["=python"] = f"{sys.version_info.major}.{sys.version_info.minor}".encode()
        for library in LIBRARIES:
            try:
                found[f"={library}"] = version(library).encode()
            except PackageNotFoundError:
                found[f"={library}"] = b"-"
        return found

    @cached_property
    def code(self) -> bytes:
        """Changes with anything in the package, its templates apart: those are looked at style by style."""
        return digest(*(item for item in sorted(self._package.items()) if not item[0].startswith("templates/")))

    @cached_property
    def facts_code(self) -> bytes:
        """Changes with whatever has a part in the facts of a source."""
        kept = [
            item
            for item in sorted(self._package.items())
            if item[0].startswith("=") or (item[0].split("/")[0] in FACTS_CODE and item[0].rsplit("/", 1)[-1] not in WORDS_ALONE)
        ]
        return digest(*kept)

    def facts_key(self, path: Place, content: bytes) -> bytes:
        """The name of a source's facts: a sheet holds the path that its source was read from."""
        return digest(self.facts_code, str(path), content)

    def look(self, name: str) -> Mapping[str, bytes]:
        """What a house style looks like: its templates and its fonts."""
        if name not in self._looks:
            from toolkit.render.closure import font_files, template_files

            house = style(name)
            files = self.watched(template_files(house, self.making.formats, self.making.templates))
            templates = digest(*((path.name, told) for path, told in sorted(files.items())))
            self._looks[name] = {"templates": templates, "fonts": digest(*(str(path) for path in font_files(house)))}
        return self._looks[name]

    def inputs(self, group: Group, keys: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """All that a brief depends on, by name; ``keys`` are those of the facts of its sources, by path."""
        profile = group.profile or Profile()
        shown = profile.display
        name = self.making.style or str(shown.get("style", "")) or style_of_none()
        logo = Path(str(shown["logo"])) if shown.get("logo") else None
        return {
            "package": self.code,
            "options": digest(repr(replace(self.making, templates=None))),
            **self.look(name),
            "grouping": digest(repr((group.locality, group.when, group.issues, sorted(group.placed.items())))),
            "profile": self.said.get(profile.name) or profile_digest(profile),
            "logo": self.watched([logo]).get(logo, b"-") if logo else b"",
            **{f"source {sheet.source.path}": keys.get(sheet.source.path, b"") for sheet in group.sheets},
        }


@cache
def own_state() -> bytes:
    """What nhiemky and its libraries are in this process: where it is the same, the same unit gives the same bytes."""
    with Cache(None) as nothing:
        files = [path for path in packaged_templates().rglob("*") if path.is_file()]
        templates = {path.relative_to(packaged_templates()).as_posix(): told for path, told in nothing.contents(files).items()}
        return digest(Ground(nothing, Making()).code, *sorted(templates.items()))


def profile_digest(profile: Profile) -> bytes:
    """A name for what a profile says about a brief; its distribution lists have no part in that."""
    kept = tuple(leaf for leaf in profile.leaves if not leaf.path.startswith("distribution"))
    return digest(repr(replace(profile, distribution={}, leaves=kept)))


def style_of_none() -> str:
    """The style of a brief for which no profile says one."""
    from toolkit.model.dossier import Display

    return Display().style


def why(before: Built | None, inputs: Mapping[str, bytes], stamps: Mapping[str, Stamp | None]) -> tuple[str, ...]:
    """What makes a brief stale, as codes that the command line words: empty when it would come out the same.

    ``new``; ``changed:NAME`` of an input, ``gone:NAME`` and ``joined:NAME`` of a source; ``output:FILE`` that is missing or not as
    it was left.
    """
    if before is None:
        return ("new",)
    reasons = [f"changed:{name}" for name, told in inputs.items() if name in before.inputs and before.inputs[name] != told]
    reasons += [f"joined:{name}" for name in inputs if name not in before.inputs]
    reasons += [f"gone:{name}" for name in before.inputs if name not in inputs]
    reasons += [f"output:{name}" for name, left in before.outputs.items() if stamps.get(name) != left.stamp]
    return tuple(reasons)


def restamped(before: Built, folder: Path) -> Built | None:
    """A brief whose files bear other times but the same bytes (copied, restored, written by two runs at once); None otherwise."""
    stamps = stamps_of(folder, before.outputs)  # before their bytes: a file that changes meanwhile will be looked at again
    try:
        same = all(digest((folder / name).read_bytes()) == left.content for name, left in before.outputs.items())
    except OSError:
        return None
    outputs = {name: Written(stamp, before.outputs[name].content) for name, stamp in stamps.items() if stamp is not None}
    return replace(before, outputs=outputs) if same and len(outputs) == len(before.outputs) else None


_NO_OTHER_FACTS = ("new", "fresh", "output:", "changed:options", "changed:templates", "changed:fonts", "changed:logo")
_BRIEF_FILES = ("brief.*", "embed*.html", "oembed.json", "newsletter/*")


def outdated(folder: Path, written: Iterable[str], reasons: Iterable[str]) -> list[Path]:
    """Files of a brief that tell what it said before: of formats that an earlier run made, and this one did not make again.

    ``written`` are the names of the files of this run, ``reasons`` why it made them (see ``why``).
    """
    if all(code.startswith(_NO_OTHER_FACTS) for code in reasons):
        return []
    names = set(written)
    there = (path for pattern in _BRIEF_FILES for path in sorted(folder.glob(pattern)) if path.is_file())
    return [path for path in there if path.relative_to(folder).as_posix() not in names]


def forsaken(output: Path, before: Iterable[Built], folders: Container[str], sources: Set[str]) -> list[Path]:
    """Folders of earlier briefs, all of whose ``sources`` were read again and make the briefs of other ``folders`` now."""
    found = []
    for built in before:
        own = {name.removeprefix("source ") for name in built.inputs if name.startswith("source ")}
        if built.folder not in folders and own and own <= sources and (output / built.folder / MANIFEST).is_file():
            found.append(output / built.folder)
    return sorted(found)


def kept_profiles(cache: Cache, ground: Ground, folder: Path | None, settings: Sequence[str]) -> ProfileSet:
    """All profiles of a folder; those of localities none of whose files changed come from the cache.

    Raises ``ProfileError`` with all faults of those that changed; others were sound when they were kept.
    """
    from toolkit.read.profiles import load_some, locality_of, profile_files, profile_folder

    given = profile_folder(folder)
    files = profile_files(given)
    stamps = {path: _stamp(path) for path in files}
    contents = cache.contents(files)
    owners: dict[str, list[Path]] = {}
    shared = [path for path in files if locality_of(path, given) is None]
    for path in files:
        if (owner := locality_of(path, given)) is not None:
            owners.setdefault(owner, []).append(path)
    below = (ground.facts_code, ground.code, tuple(settings), *((str(path), contents.get(path, b"?")) for path in shared))
    keys = {owner: digest(*below, *((str(path), contents.get(path, b"?")) for path in own)) for owner, own in owners.items()}
    kept = cache.get(PROFILE, keys.values())
    stale = [owner for owner, key in keys.items() if key not in kept]
    fresh = load_some(given, [*shared, *(path for owner in stale for path in owners[owner])], settings, read_amount)
    made: dict[str, list[Profile]] = {}
    for profile in fresh.profiles:
        made.setdefault(profile.slug, []).append(profile)
    names = {str(path): owner for owner, own in owners.items() for path in own}
    findings: dict[str, list[Issue]] = {}
    for issue in fresh.issues:
        findings.setdefault(names.get(issue.where.rsplit(":", 2)[0], ""), []).append(issue)
    new = {
        keys[owner]: (tuple((one, profile_digest(one)) for one in made.get(owner, ())), tuple(findings.get(owner, ())))
        for owner in stale
    }
    if all(_stamp(path) == stamp for path, stamp in stamps.items()):  # else they may not be what their contents say
        cache.put(PROFILE, new)
    cache.prune(PROFILE, keys.values(), 2 * len(keys) + 100)
    profiles: list[Profile] = []
    issues: list[Issue] = list(findings.get("", ()))
    for key in keys.values():
        some, found = new[key] if key in new else kept[key]
        profiles += [profile for profile, _ in some]
        ground.said.update((profile.name, told) for profile, told in some)
        issues += found
    return ProfileSet(tuple(profiles), tuple(dict.fromkeys(issues)), fresh.fallback)


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path.stat())
    except OSError:
        return None


def _folders_of(templates: Path | None) -> list[Path]:
    """The user's folder of templates and all below it: their stamps change with every file that comes or goes."""
    return [] if templates is None else [templates, *(path for path in templates.rglob("*") if path.is_dir())]


def cards(cache: Cache, keys: Mapping[Place, bytes]) -> dict[Place, FactSheet]:
    """The cards of sources whose facts are kept."""
    found = cache.get(CARD, keys.values())
    return {path: found[key] for path, key in keys.items() if key in found}


def stamps_of(folder: Place, names: Iterable[str]) -> dict[str, Stamp | None]:
    """The stamps of files as they lie there; None for those that do not."""
    if isinstance(folder, Url):
        from toolkit.remote import stamps

        there = stamps(folder)
        return {name: there.get(name) for name in names}
    found: dict[str, Stamp | None] = {}
    for name in names:
        found[name] = _stamp(folder / name)
    return found
