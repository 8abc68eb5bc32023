"""Reads profiles: files of a folder in, checked and layered ``Profile`` values out, all faults of all files at once.

    profiles/ha-dinh.yaml             a locality's profile; its name is the folder of the brief
    profiles/ha-dinh/2015-2020.yaml   the layer for one term (or year); a further document (after ---) with for: does the same
    profiles/shared/ha-noi.yaml       a layer that others lie on (extends: ha-noi)

Layers, lowest first: package defaults, shared ones, the locality, the term, ``--set key=value``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.errors import Issue, UsageError
from toolkit.lexicon import DATA
from toolkit.model.amount import Amount
from toolkit.model.profile import Mark, Profile, ProfileSet
from toolkit.model.vietnamese import slug
from toolkit.read.profile_build import Builder
from toolkit.read.profile_check import check_document
from toolkit.read.profile_faults import did_you_mean, profile_error, to_issue
from toolkit.read.profile_layers import is_list, lay
from toolkit.read.profile_places import unknown_places
from toolkit.read.profile_rules import Setting, check_rules
from toolkit.read.profile_yaml import Fault, Node, read_documents
from toolkit.read.profile_yaml import Path as TreePath
from toolkit.workspace import PROFILES

__all__ = ["load_profiles", "parse_profile", "profile_schema"]

ReadAmount = Callable[[str], Amount | None]

SHARED = "shared"
SUFFIXES = (".yaml", ".yml")
PICTURES = (".png", ".svg", ".jpg", ".jpeg")
DEFAULTS = "defaults"
_UNREADABLE = ("profile-type", "profile-unknown-operator")
"""Codes of faults after which the meaning of a document cannot be asked for."""
COMMAND_LINE = "--set"


def load_profiles(folder: Path | None, settings: Sequence[str] = (), read_amount: ReadAmount | None = None) -> ProfileSet:
    """All profiles of a folder, layered and checked.

    ``folder`` None means ``profiles/`` here, if there is one.  ``settings`` are ``key=value`` pairs, the highest layer of every
    profile.  ``read_amount`` reads figures (``toolkit.pipeline.read_amount``); without it they are not checked and rules have no
    amounts.  Raises ``ProfileError`` with all faults of all files, ``UsageError`` when a folder that was named is not there.
    """
    given = profile_folder(folder)
    return load_some(given, profile_files(given), settings, read_amount)


def profile_folder(folder: Path | None) -> Path:
    """The folder meant by ``--profiles``; raises ``UsageError`` when one was named that is not there."""
    if folder is not None and not folder.is_dir():
        raise UsageError("there is no such folder of profiles", where=str(folder), remedy="check --profiles")
    return folder if folder is not None else PROFILES


def load_some(folder: Path, paths: Iterable[Path], settings: Sequence[str], read_amount: ReadAmount | None) -> ProfileSet:
    """The profiles of some files of a folder, which must be all that lie on or under each other (see ``locality_of``)."""
    loading = _Loading(read_amount)
    for path in paths:
        loading.read(path, folder)
    return loading.finish(settings)


def locality_of(path: Path, folder: Path) -> str | None:
    """The locality whose profile a file is part of; None for a shared layer, which may lie under any of them."""
    parts = path.relative_to(folder).with_suffix("").parts
    return None if parts[0] == SHARED and len(parts) > 1 else slug(parts[0])


def parse_profile(text: str, name: str, read_amount: ReadAmount | None = None, settings: Sequence[str] = ()) -> Profile:
    """One profile from its text; ``name`` is its file name (``profiles/ha-dinh.yaml``), which need not exist.

    Raises ``ProfileError`` with all faults.  A profile that extends a shared one needs ``load_profiles``.
    """
    loading = _Loading(read_amount)
    loading.add(text, name, Path(name).stem, None, shared=False)
    return loading.finish(settings).profiles[0]


def profile_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a profile document, for editors and other validators."""
    from toolkit.read.profile_schema import profile_schema as published  # imports pydantic

    return published()


def profile_files(folder: Path) -> list[Path]:
    """All files of a folder of profiles, a locality's own before those of its terms; none when it is not there."""
    found = [path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file()]
    # Without the suffix a locality stands before its own folder of terms.
    found.sort(key=lambda path: path.relative_to(folder).with_suffix("").parts)
    return [path for path in found if not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)]


@dataclass
class _Layer:
    """One document: its tree, where it stands, and what it is for."""

    tree: Node
    file: str
    slug: str
    when: str | None = None
    shared: bool = False
    later: bool = False


@dataclass
class _Loading:
    """What has been read of a folder so far."""

    read_amount: ReadAmount | None
    layers: list[_Layer] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    findings: list[Issue] = field(default_factory=list)
    shared: dict[str, _Layer] = field(default_factory=dict)
    bases: dict[str, _Layer] = field(default_factory=dict)

    # --- reading

    def read(self, path: Path, folder: Path) -> None:
        """One file of the folder, by where it stands there."""
        shown = path.as_posix()
        parts = path.relative_to(folder).with_suffix("").parts
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            what = f"the file is not UTF-8 (byte {error.start + 1})"
            self.refuse(shown, "profile-encoding", what, "save it as UTF-8")
            return
        except OSError as error:
            self.refuse(shown, "profile-unreadable", f"the file cannot be read: {error.strerror}", "check its permissions")
            return
        known = len(self.layers)
        if len(parts) == 1:
            self.add(text, shown, parts[0], None, shared=False)
        elif len(parts) == 2 and parts[0] == SHARED:
            self.add(text, shown, parts[1], None, shared=True)
        elif len(parts) == 2:
            self.add(text, shown, parts[0], parts[1], shared=False)
        else:
            what = "profiles lie at most one folder deep"
            self.refuse(shown, "profile-place", what, "move it to profiles/<locality>/<term>.yaml or profiles/shared/")
        for layer in self.layers[known:]:
            self.logo(layer, path.parent)

    def logo(self, layer: _Layer, folder: Path) -> None:
        """A logo is a picture beside the profile that names it."""
        node = layer.tree.get("display", "logo")
        if node is None or not isinstance(node.value, str):
            return
        if Path(node.value).suffix.lower() not in PICTURES:
            what, remedy = f"“{node.value}” is no picture that can be printed", f"write a file of type {', '.join(PICTURES)}"
            self.fault(layer, node, "profile-value", ("display", "logo"), what, remedy)
        elif not (folder / node.value).is_file():
            what, remedy = f"there is no file “{node.value}” beside this profile", "put it there, or mend the name"
            self.fault(layer, node, "profile-value", ("display", "logo"), what, remedy)

    def refuse(self, file: str, code: str, what: str, remedy: str) -> None:
        self.issues.append(to_issue(Fault(code, Mark(file, 1, 1), (), what, remedy), ""))

    def add(self, text: str, file: str, name: str, when: str | None, *, shared: bool) -> None:
        """The documents of one file."""
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self.texts[file] = text
        documents, faults = read_documents(text, file, file)
        if when is not None and documents:
            faults += self.term_file(documents, file, when)
        for i, tree in enumerate(documents):
            layer = _Layer(tree, file, slug(name), when, shared, later=i > 0 and when is None)
            found = self.checked(layer, {fault.path for fault in faults})
            if layer.later and isinstance(tree.value, dict) and tree.get("for") is not None:
                layer.when = _normal_when(str(tree.value["for"].value))
            faults += found
            self.layers.append(layer)
        self.issues += [to_issue(fault, text) for fault in faults]

    def term_file(self, documents: Sequence[Node], file: str, when: str) -> list[Fault]:
        from toolkit.read.profile_text import span_of

        faults = []
        if span_of(when) is None and not (when.isdigit() and len(when) == 4):
            what = f"“{when}” is no term and no year"
            faults.append(Fault("profile-place", Mark(file, 1, 1), (), what, "call the file 2015-2020.yaml or 2022.yaml"))
        if len(documents) > 1:
            what = "the profile of one term is one document"
            faults.append(Fault("profile-place", documents[1].mark, (), what, "put the other document into a file of its own"))
        return faults

    def checked(self, layer: _Layer, known: set[TreePath]) -> list[Fault]:
        """The faults of one document: of its form, and of its meaning as far as its form allows; one for each value.

        ``known`` are the paths at which its YAML is already at fault.
        """
        faults = [fault for fault in check_document(layer.tree) if fault.path not in known]
        if not isinstance(layer.tree.value, dict) or any(fault.code in _UNREADABLE for fault in faults):
            return faults
        unclear = {fault.path[:-1] for fault in faults if fault.code == "profile-unknown-key"}
        seen = known | {fault.path for fault in faults} | unclear
        rules = check_rules(layer.tree, Setting(layer.shared, layer.later, self.read_amount))
        return faults + [fault for fault in rules if fault.path not in seen]

    # --- layering

    def finish(self, settings: Sequence[str]) -> ProfileSet:
        """All layers put together; raises when anything was wrong."""
        self.check_names()
        top = self.command_line(settings)
        if self.issues:
            raise profile_error(self.issues)
        trees = [(layer, self.merged(self.stack(layer), None if layer.shared else top)) for layer in self.layers]
        if self.issues:
            raise profile_error(self.issues)
        profiles = [self.profile(layer, tree) for layer, tree in trees if not layer.shared]
        self.findings += unknown_places(profiles, self.texts)
        unique = {(one.where, one.message): one for one in self.findings}
        return ProfileSet(tuple(profiles), tuple(unique.values()), self.fallback(top))

    def fallback(self, top: Node | None) -> Profile | None:
        """The command line's settings alone, for localities that have no profile."""
        if top is None:
            return None
        builder = Builder(self.texts, self.read_amount)
        layers = (DEFAULTS, COMMAND_LINE)
        return builder.profile(self.merged([], top), name=COMMAND_LINE, file=COMMAND_LINE, slug="", when=None, layers=layers)

    def check_names(self) -> None:
        """Two files for one locality and term, and ``extends`` of what is not there or of itself."""
        seen: dict[tuple[str, str | None, bool], str] = {}
        self.shared = {layer.slug: layer for layer in self.layers if layer.shared}
        self.bases = {layer.slug: layer for layer in self.layers if not layer.shared and layer.when is None}
        for layer in self.layers:
            if layer.later and layer.when is None:
                continue  # its term is not known, and that is already a fault
            key = (layer.slug, layer.when, layer.shared)
            if key in seen:
                what = f"there is already a profile for {layer.slug}{' ' + layer.when if layer.when else ''}: {seen[key]}"
                self.fault(layer, layer.tree, "profile-twice", (), what, "put both into one file")
            seen.setdefault(key, layer.file)
            self.check_extends(layer, self.shared)

    def check_extends(self, layer: _Layer, shared: Mapping[str, _Layer]) -> None:
        node = layer.tree.get("extends") if isinstance(layer.tree.value, dict) else None
        if node is None:
            return
        name = slug(str(node.value))
        if name not in shared:
            known = ", ".join(sorted(shared))
            remedy = did_you_mean(name, list(shared)) if shared else "write it as profiles/shared/<name>.yaml"
            what = f"there is no shared profile “{node.value}”" + (f" (there are: {known})" if known else "")
            self.fault(layer, node, "profile-unknown-layer", ("extends",), what, remedy)
            return
        chain, step = [layer.slug] if layer.shared else [], shared[name]
        while step.slug not in chain:
            chain.append(step.slug)
            above = step.tree.get("extends") if isinstance(step.tree.value, dict) else None
            if above is None or slug(str(above.value)) not in shared:
                return
            step = shared[slug(str(above.value))]
        what = f"profiles extend each other in a circle: {' → '.join([*chain, step.slug])}"
        self.fault(layer, node, "profile-circle", ("extends",), what, "take one extends out")

    def fault(self, layer: _Layer, node: Node, code: str, path: TreePath, what: str, remedy: str) -> None:
        self.issues.append(to_issue(Fault(code, node.mark, path, what, remedy), self.texts.get(layer.file, "")))

    def stack(self, layer: _Layer) -> list[_Layer]:
        """The layers under one, lowest first, and itself."""
        below: list[_Layer] = []
        base = self.bases.get(layer.slug)
        if layer.when is not None and base is not None:
            below = self.stack(base)
        node = layer.tree.get("extends")
        if node is not None:
            below = [*below, *self.stack(self.shared[slug(str(node.value))])]
        return [*below, layer]

    def profile(self, layer: _Layer, tree: Node) -> Profile:
        files = dict.fromkeys(one.file for one in self.stack(layer))
        layers = (DEFAULTS, *files, *([COMMAND_LINE] if tree.layer == COMMAND_LINE else []))
        name = f"{layer.slug}/{layer.when}" if layer.when else layer.slug
        builder = Builder(self.texts, self.read_amount)
        built = builder.profile(tree, name=name, file=layer.file, slug=layer.slug, when=layer.when, layers=layers)
        # What a locality's profile claims is not claimed again by the layer of one term.
        own = tuple(str(item.value) for item in _own_sources(layer)) if layer.when is not None else built.sources
        return replace(built, sources=own)

    def merged(self, stack: Sequence[_Layer], top: Node | None = None) -> Node:
        trees = [_defaults(), *(layer.tree for layer in stack), *([top] if top is not None else [])]
        tree, faults, findings = lay(trees)
        if any(_updates(layer.tree) for layer in stack):
            # An update is checked once it is part of its entry.
            faults += check_document(tree) or check_rules(tree, Setting(read_amount=self.read_amount))
        self.issues += [to_issue(fault, self.texts.get(fault.mark.file, "")) for fault in faults]
        self.findings += findings
        return tree

    # --- the command line

    def command_line(self, settings: Sequence[str]) -> Node | None:
        """The layer of ``--set key=value`` pairs, checked like any other."""
        if not settings:
            return None
        top = Node({}, Mark(COMMAND_LINE), layer=COMMAND_LINE)
        for setting in settings:
            self.set(top, setting)
        found = check_document(top) or check_rules(top, Setting(read_amount=self.read_amount))
        self.issues += [to_issue(fault, "") for fault in found]
        return top

    def set(self, top: Node, setting: str) -> None:
        key, equals, written = setting.partition("=")
        shown = f"{COMMAND_LINE} {setting}"
        path = key.strip().split(".")
        if not equals or not all(path) or not written.strip():
            what = f"“{setting}” is not key=value"
            self.refuse(shown, "profile-setting", what, "write --set display.length=full")
            return
        documents, faults = read_documents(written, shown, COMMAND_LINE)
        self.issues += [to_issue(replace(fault, mark=Mark(shown)), "") for fault in faults]
        if not documents:
            return
        self.texts[shown] = written
        block = top
        for part in path[:-1]:
            block.keys.setdefault(part, Mark(shown))
            block = block.value.setdefault(part, Node({}, Mark(shown), layer=COMMAND_LINE))
            if not isinstance(block.value, dict):
                self.refuse(shown, "profile-setting", f"“{part}” is already a value", "set each key once")
                return
        node = _unmarked(documents[0], Mark(shown))
        block.value[path[-1]] = _with_reason(path, node)
        block.keys[path[-1]] = Mark(shown)


def _normal_when(written: str) -> str:
    from toolkit.read.profile_text import span_of

    span = span_of(written)
    return f"{span[0]}-{span[1]}" if span else written


def _own_sources(layer: _Layer) -> list[Node]:
    node = layer.tree.get("sources")
    if node is None:
        return []
    if isinstance(node.value, list):
        return list(node.value)
    named = [node.get(name) for name in ("replace", "prepend", "append")]
    return [item for child in named if child is not None for item in child.value]


def _updates(tree: Node) -> bool:
    """Whether a document changes entries of the layers below key by key."""
    lists = [node for node in tree.value.values() if isinstance(node.value, dict)]
    nested = [node for block in lists for node in block.value.values() if isinstance(node.value, dict)]
    return any("update" in node.value for node in (*lists, *nested))


def _unmarked(node: Node, mark: Mark) -> Node:
    """A value of the command line: it has no line, its place is the option itself."""
    value: Any = node.value
    if isinstance(value, dict):
        value = {key: _unmarked(child, mark) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_unmarked(child, mark) for child in value]
    return replace(node, value=value, mark=mark, keys=dict.fromkeys(node.keys, mark))


def _with_reason(path: list[str], node: Node) -> Node:
    """``--set term=2020-2025``: a value that needs a reason says that it was set on the command line."""
    from toolkit.read.profile_keys import Given, Profile, fields_of

    kind = fields_of(Profile).get(path[0]) if len(path) == 1 else None
    given = isinstance(kind, type) and issubclass(kind, Given) and not isinstance(node.value, dict)
    if not given or is_list(tuple(path)):
        return node
    reason = Node("đặt trên dòng lệnh (--set)", node.mark, layer=COMMAND_LINE)
    return Node({"value": node, "reason": reason}, node.mark, layer=COMMAND_LINE, keys={"value": node.mark, "reason": node.mark})


@cache
def _defaults() -> Node:
    path = DATA / "profile-defaults.yaml"
    documents, _ = read_documents(path.read_text("utf-8"), "toolkit/data/profile-defaults.yaml", DEFAULTS)
    return documents[0]
