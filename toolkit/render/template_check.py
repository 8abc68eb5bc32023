"""A user's templates held against the data they may use, before anything is rendered; all faults at once.

The templates are parsed by the environment that renders them and walked from their entries: an include sees the names of the place
that includes it, a macro is read with the types it is called with, a block with those of its page.  So ``row.labl`` deep inside a
macro is found, with file, line and the nearest name that is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.errors import Issue, Severity, TemplateError
from toolkit.render.docx_reference import check_references, is_word
from toolkit.render.environment import environment
from toolkit.render.template_calls import macro_node, misfits
from toolkit.render.template_entries import Entry, entry
from toolkit.render.template_reader import Reader, Scope, nearest, targets
from toolkit.render.template_types import Macro, Module


def check_templates(folder: Path | None) -> tuple[Issue, ...]:
    """All faults of the templates of ``folder`` (None: the packaged ones), in order of file and line; warnings for unused files.

    Raises ``TemplateError`` when there is no such folder.
    """
    walk = Walk(folder)
    for name in walk.all:
        if kind := entry(name):
            walk.page(name, kind)
    return (*walk.findings(), *check_references(folder))


def require_sound(folder: Path) -> None:
    """Raise one ``TemplateError`` with all faults of a folder of templates, before any brief is rendered with them."""
    issues = tuple(issue for issue in check_templates(folder) if issue.severity is Severity.ERROR)
    if issues:
        raise TemplateError(
            f"{len(issues)} fault(s) in templates",
            where=issues[0].where if len(issues) == 1 else str(folder),
            remedy="`nhiemky template check --templates FOLDER` lists them again once mended",
            issues=issues,
        )


class Walk:
    """One check: what was read, what is known of it, what is wrong."""

    def __init__(self, folder: Path | None) -> None:
        from toolkit.render.overlay import Overlay

        self.env = environment(folder)
        assert isinstance(self.env.loader, Overlay)
        self.files = self.env.loader
        self.all = tuple(self.files.list_templates())
        self._trees: dict[str, Any] = {}
        self._told: dict[str, str] = {}
        self._done: set[object] = set()
        self._maybe: dict[str, frozenset[str]] = {}
        self._placed: set[str] = set()
        self._entry = ""
        self._scopes: dict[Macro, Scope] = {}
        self._macros: dict[Macro, Any] = {}
        self._found: dict[tuple[str, int, str], Issue] = {}

    # ------------------------------------------------------------ templates

    def tree(self, name: str) -> Any:
        """The parsed template, or None when it does not parse (that is a fault) or is not there."""
        import jinja2

        from toolkit.render.template_fault import not_there, syntax

        if name not in self._trees:
            self._trees[name] = None
            try:
                source, file, _ = self.files.get_source(self.env, name)
                self._told[name] = file
                self._trees[name] = self.env.parse(source, name, file)
                self._maybe[name] = frozenset(_tested_for_being(self._trees[name]))
            except jinja2.TemplateSyntaxError as error:
                self._told[name] = error.filename or name
                message, remedy = syntax(error)
                self.fault(name, error.lineno, "template-syntax", message, remedy)
            except jinja2.TemplateNotFound as error:
                self._told[name] = str(self.files.own / name) if self.files.own else name
                message, remedy = not_there(error)
                self.fault(name, 1, "template-not-there", message, remedy)
        return self._trees[name]

    def page(self, name: str, kind: Entry) -> None:
        """A page from its beginning, with the blocks of what it extends."""
        blocks: dict[str, tuple[str, Any]] = {}
        self._placed.clear()
        self._entry = kind.path
        self._page(name, blocks, dict(kind.given()), ())
        for block, (owner, node) in blocks.items():
            if block not in self._placed and self.parsed(name):
                message = f"no page above has a block {block!r}, so this one is never printed"
                self.fault(owner, node.lineno, "template-unknown-block", message + nearest(block, self._placed))

    def _page(self, name: str, blocks: dict[str, tuple[str, Any]], scope: Scope, chain: tuple[str, ...]) -> None:
        from jinja2 import nodes

        tree = self.tree(name)
        if tree is None or name in chain:
            return
        for block in tree.find_all(nodes.Block):
            blocks.setdefault(block.name, (name, block))
        extends = next(iter(tree.find_all(nodes.Extends)), None)
        body = [node for node in tree.body if extends is None or not isinstance(node, nodes.Output | nodes.Block | nodes.Extends)]
        reader = Reader(self, name, scope, blocks)
        reader.all(body)
        if extends is not None and (parent := reader.constant_template(extends.template, extends.lineno)):
            self._page(parent, blocks, scope, (*chain, name))

    def placed(self, block: str) -> None:
        """A page has this block."""
        self._placed.add(block)

    def parsed(self, name: str) -> bool:
        """Whether a page and all that it extends could be read, so that its blocks are known."""
        from jinja2 import nodes

        tree = self.tree(name)
        extends = next(iter(tree.find_all(nodes.Extends)), None) if tree is not None else None
        if extends is None or not isinstance(extends.template, nodes.Const):
            return tree is not None and extends is None
        return extends.template.value in self.all and extends.template.value != name and self.parsed(extends.template.value)

    def include(self, name: str, scope: Scope) -> None:
        tree = self.tree(name)
        if tree is not None and self._first(name, scope):
            Reader(self, name, dict(scope), {}).all(tree.body)

    def module(self, name: str, seen: Scope) -> Module:
        """What a template exports: its macros and its own names.  ``seen`` are the names it is given, none as a rule."""
        from jinja2 import nodes

        tree = self.tree(name)
        if tree is None:
            return Module(())
        exports: dict[str, Any] = {node.name: Macro(name, node.name) for node in tree.body if isinstance(node, nodes.Macro)}
        for node in tree.body:
            if isinstance(node, nodes.Assign | nodes.AssignBlock):
                exports.update(dict.fromkeys(targets(node.target), Any))
        if self._first(f"module {name}", seen):
            counts = [n for n in tree.body if not isinstance(n, nodes.Macro) or n is self._macro_node(Macro(name, n.name))]
            Reader(self, name, {**seen, **exports}, {}).all(counts)
        return Module(tuple(exports.items()))

    def defined(self, macro: Macro, scope: Scope) -> None:
        """A macro was read; it sees the names that stand around it, those that come later included."""
        self._scopes[macro] = scope

    def macro(self, macro: Macro, given: Sequence[Any], named: Mapping[str, Any]) -> None:
        """The body of a macro with the types of one call."""
        node = self._macro_node(macro)
        if node is None or macro not in self._scopes or not self._first(macro, {"given": given, "named": named}):
            return
        parameters = [argument.name for argument in node.args]
        scope: Scope = {**self._scopes[macro], "caller": Any, "varargs": Any, "kwargs": Any}
        scope.update(dict.fromkeys(parameters, Any))
        scope.update(zip(parameters, given, strict=False))
        scope.update({k: v for k, v in named.items() if k in parameters})
        Reader(self, macro.template, scope, {}).all(node.body)

    def called(self, template: str, call: Any, macro: Macro) -> None:
        """One call of a macro: whether it takes what it is given.  Told where the user can mend it."""
        node = self._macro_node(macro)
        if node is None:
            return
        at, here = self._place(macro.template, node.lineno), self._place(template, call.lineno)
        changed = self.files.is_own(at[0]) and not self.files.is_own(here[0])
        for kind, what in misfits(node, call):
            told = _misfit(kind, what, [argument.name for argument in node.args])
            message = f"the macro {macro.name!r} {told}; it is called so in {here[0]}:{here[1]}"
            if not changed:
                message = f"the macro {macro.name!r} {told}; it is in {at[0]}:{at[1]}"
            name, line = (macro.template, node.lineno) if changed else (template, call.lineno)
            self.fault(name, line, "template-macro-arguments", message, "give the macro and its calls the same arguments")

    def _macro_node(self, macro: Macro) -> Any:
        if macro not in self._macros:
            tree = self.tree(macro.template)
            self._macros[macro] = macro_node(tree, macro.name) if tree is not None else None
        return self._macros[macro]

    def _first(self, what: object, scope: Mapping[str, Any]) -> bool:
        """Whether this is read with these names for the first time; the second time would find the same."""
        key = (self._entry, what, tuple(sorted((k, repr(v)) for k, v in scope.items())))
        if key in self._done:
            return False
        self._done.add(key)
        return True

    def maybe(self, name: str) -> frozenset[str]:
        """Names that a template asks about itself before it uses them (``is defined``)."""
        return self._maybe.get(name, frozenset())

    # ------------------------------------------------------------ faults

    def fault(self, name: str, line: int, code: str, message: str, remedy: str = "") -> None:
        file, line = self._place(name, line)
        remedy = remedy or "templates/README.md lists the names a template may use"
        self._found.setdefault((file, line, message), Issue(code, message, Severity.ERROR, f"{file}:{line}", remedy))

    def _place(self, name: str, line: int) -> tuple[str, int]:
        """File and line of a template's line as a person finds them."""
        return self.files.place(self._told.get(name, name), line)

    def findings(self) -> tuple[Issue, ...]:
        """All faults in order of file and line, then what of the user's folder is never used."""
        found = [self._found[key] for key in sorted(self._found)]
        if self.files.own is None:
            return tuple(found)
        used = {file for name, tree in self._trees.items() if tree is not None for file in self.files.files(name)}
        for name in self.all:
            path = self.files.own / name
            if name not in self._trees and path.is_file() and path not in used and not is_word(name):
                remedy = "give it the path of the packaged template that it replaces" + nearest(name, self._trees)
                found.append(Issue("template-unused", "no page uses this template", Severity.WARNING, str(path), remedy))
        return (*found, *self._idle_macros())

    def _idle_macros(self) -> list[Issue]:
        """Macros of the user that take no packaged one's place and that nobody calls: a name mistyped, as a rule."""
        from jinja2 import nodes

        found = []
        trees = {name: tree for name, tree in self._trees.items() if tree is not None}
        mentioned = {name for tree in trees.values() for name in _mentioned(tree)}
        for name, tree in trees.items():
            macros = [node for node in tree.body if isinstance(node, nodes.Macro)]
            for node in macros:
                file, line = self._place(name, node.lineno)
                if self.files.is_own(file) and node.name not in mentioned and sum(m.name == node.name for m in macros) == 1:
                    known = [other.name for other in macros if other is not node]
                    message = f"nothing calls the macro {node.name!r}" + nearest(node.name, known)
                    remedy = "give it the name of the macro that it replaces, or call it"
                    found.append(Issue("template-unused", message, Severity.WARNING, f"{file}:{line}", remedy))
        return found


def _misfit(kind: str, what: str, takes: Sequence[str]) -> str:
    if kind == "missing":
        return f"needs the argument {what!r}"
    if kind == "unknown":
        return f"takes no argument {what!r}" + nearest(what, takes)
    most, given = what.split("/")
    return f"takes {most} argument(s), not {given}"


def _mentioned(tree: Any) -> Iterable[str]:
    """Names that a template uses, as its own or of another."""
    from jinja2 import nodes

    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.FromImport)):
        if isinstance(node, nodes.FromImport):
            yield from (wanted[0] if isinstance(wanted, tuple) else wanted for wanted in node.names)
        elif isinstance(node, nodes.Getattr):
            yield node.attr
        elif node.ctx == "load":
            yield node.name


def _tested_for_being(tree: Any) -> Iterable[str]:
    from jinja2 import nodes

    for test in tree.find_all(nodes.Test):
        if test.name in ("defined", "undefined") and isinstance(test.node, nodes.Name):
            yield test.node.name
