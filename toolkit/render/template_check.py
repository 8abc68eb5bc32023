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
from toolkit.render.environment import environment
from toolkit.render.template_reader import Reader, Scope, nearest, targets
from toolkit.render.template_types import Macro, Module, context, entry_context

STYLE = "styles/print.css"
ENTRIES = ("brief/", "newsletter/", "embed/", "index/", STYLE)
"""Where rendering begins: every page in these folders and the style sheet of the PDF."""

PARTS = frozenset(("newsletter/rows.html",))
"""Files of these folders that are no pages: they are read where a page includes them."""


def check_templates(folder: Path | None) -> tuple[Issue, ...]:
    """All faults of the templates of ``folder`` (None: the packaged ones), in order of file and line; warnings for unused files.

    Raises ``TemplateError`` when there is no such folder.
    """
    walk = Walk(folder)
    for name in walk.all:
        if name.startswith(ENTRIES) and name not in PARTS:
            walk.page(name)
    return walk.findings(folder)


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
        self.env = environment(folder)
        self.all = tuple(name for name in self.env.list_templates() if not name.endswith(".md") and "/." not in f"/{name}")
        self._trees: dict[str, Any] = {}
        self._files: dict[str, str] = {}
        self._done: set[object] = set()
        self._maybe: dict[str, frozenset[str]] = {}
        self._placed: set[str] = set()
        self._found: dict[tuple[str, int, str], Issue] = {}

    # ------------------------------------------------------------ templates

    def tree(self, name: str) -> Any:
        """The parsed template, or None when it does not parse (that is a fault) or is not there."""
        import jinja2

        if name not in self._trees:
            self._trees[name] = None
            try:
                source, file, _ = self.env.loader.get_source(self.env, name)  # type: ignore[union-attr]
                self._files[name] = file or name
                self._trees[name] = self.env.parse(source, name, file)
            except jinja2.TemplateSyntaxError as error:
                self.fault(name, error.lineno, "template-syntax", f"the template does not parse: {error.message}")
            except UnicodeDecodeError:
                self._files[name] = name
                self.fault(name, 1, "template-syntax", "the template is not UTF-8 text", "save it as UTF-8")
            if self._trees[name] is not None:
                self._maybe[name] = frozenset(_tested_for_being(self._trees[name]))
        return self._trees[name]

    def page(self, name: str) -> None:
        """A page from its beginning, with the blocks of what it extends."""
        blocks: dict[str, tuple[str, Any]] = {}
        self._placed.clear()
        self._page(name, blocks, dict(entry_context(name)), ())
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
        key = (name, tuple(sorted((k, repr(v)) for k, v in scope.items())))
        if tree is not None and key not in self._done:
            self._done.add(key)
            Reader(self, name, dict(scope), {}).all(tree.body)

    def module(self, name: str) -> Module:
        """What a template exports: its macros and its own names."""
        from jinja2 import nodes

        tree = self.tree(name)
        if tree is None:
            return Module(())
        exports: dict[str, Any] = {node.name: Macro(name, node.name) for node in tree.body if isinstance(node, nodes.Macro)}
        for node in tree.body:
            if isinstance(node, nodes.Assign | nodes.AssignBlock):
                exports.update(dict.fromkeys(targets(node.target), Any))
        if name not in self._done:
            self._done.add(name)
            Reader(self, name, dict(context()), {}).all(tree.body)
        return Module(tuple(exports.items()))

    def macro(self, macro: Macro, given: Sequence[Any], named: Mapping[str, Any]) -> None:
        """The body of a macro with the types of one call."""
        from jinja2 import nodes

        tree = self.tree(macro.template)
        node = next((n for n in tree.find_all(nodes.Macro) if n.name == macro.name), None) if tree is not None else None
        key = (macro, repr(given), repr(named))
        if node is None or key in self._done:
            return
        self._done.add(key)
        parameters = [argument.name for argument in node.args]
        scope: Scope = {**context(), **self._own_names(macro.template), "caller": Any, "varargs": Any, "kwargs": Any}
        scope.update(dict.fromkeys(parameters, Any))
        scope.update(zip(parameters, given, strict=False))
        scope.update({k: v for k, v in named.items() if k in parameters})
        Reader(self, macro.template, scope, {}).all(node.body)

    def _own_names(self, name: str) -> Scope:
        """Names at the top of a template, which its macros see."""
        from jinja2 import nodes

        found: Scope = {}
        for node in self.tree(name).body:
            if isinstance(node, nodes.Macro):
                found[node.name] = Macro(name, node.name)
            elif isinstance(node, nodes.Assign | nodes.AssignBlock):
                found.update(dict.fromkeys(targets(node.target), Any))
            elif isinstance(node, nodes.FromImport | nodes.Import):
                Reader(self, name, found, {}).statement(node)
        return found

    def maybe(self, name: str) -> frozenset[str]:
        """Names that a template asks about itself before it uses them (``is defined``)."""
        return self._maybe.get(name, frozenset())

    # ------------------------------------------------------------ faults

    def fault(self, name: str, line: int, code: str, message: str, remedy: str = "") -> None:
        where = f"{self._files.get(name, name)}:{line}"
        remedy = remedy or "templates/README.md lists the names a template may use"
        self._found.setdefault((self._files.get(name, name), line, message), Issue(code, message, Severity.ERROR, where, remedy))

    def findings(self, folder: Path | None) -> tuple[Issue, ...]:
        found = [self._found[key] for key in sorted(self._found)]
        if folder is None:
            return tuple(found)
        for name in self.all:
            if name not in self._trees and (folder / name).is_file():
                remedy = "give it the path of the packaged template that it replaces" + nearest(name, self._trees)
                found.append(Issue("template-unused", "no page uses this template", Severity.WARNING, str(folder / name), remedy))
        return tuple(found)


def _tested_for_being(tree: Any) -> Iterable[str]:
    from jinja2 import nodes

    for test in tree.find_all(nodes.Test):
        if test.name in ("defined", "undefined") and isinstance(test.node, nodes.Name):
            yield test.node.name
