"""One template read statement by statement: what each name and path in it is, and which of them are not there.

``template_check`` leads from page to page and collects the faults; this module knows the language, one method a node of Jinja's
syntax tree (``_for`` and the like for statements, ``_type_…`` for expressions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.render.filters import FILTERS
from toolkit.render.template_types import (
    MISSING,
    Keys,
    Loop,
    Macro,
    Module,
    attribute,
    called,
    item,
    loops_over,
    names,
    no_text,
    union,
)

if TYPE_CHECKING:
    from jinja2 import nodes

    from toolkit.render.template_check import Walk

_KEEPS = frozenset(("list", "sort", "reverse", "unique", "selectattr", "rejectattr", "select", "reject"))
_TO_ITEM = frozenset(("first", "last", "max", "min", "random"))
_OURS = (name for name in FILTERS if name != "batches")
_TO_TEXT = frozenset(("lower", "upper", "capitalize", "title", "trim", "replace", "join", "escape", "e", "string", *_OURS))
_ATTRIBUTE_FIRST = frozenset(("selectattr", "rejectattr", "batches", "groupby"))

Scope = dict[str, Any]
"""Names and their types at one place of a template."""


class Reader:
    """Statements and expressions of one template, in one scope of names."""

    def __init__(self, walk: Walk, template: str, scope: Scope, blocks: Mapping[str, tuple[str, Any]]) -> None:
        self.walk, self.template, self.scope, self.blocks = walk, template, scope, blocks

    def fault(self, line: int, code: str, message: str, remedy: str = "") -> None:
        self.walk.fault(self.template, line, code, message, remedy)

    def inner(self, **more: Any) -> Reader:
        return Reader(self.walk, self.template, {**self.scope, **more}, self.blocks)

    def all(self, body: Iterable[Any]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: Any) -> None:
        handler = getattr(self, f"_{type(node).__name__.lower()}", None)
        if handler is not None:
            handler(node)
        else:
            self._rest(node)

    def _rest(self, node: Any) -> None:
        from jinja2 import nodes

        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.type(child)
            else:
                self.statement(child)

    def _for(self, node: Any) -> None:
        held = loops_over(self.type(node.iter))
        self.all(node.else_)
        given = targets(node.target)
        inner = self.inner(loop=Loop(), **{name: held if len(given) == 1 else Any for name in given})
        if node.test is not None:
            inner.type(node.test)
        inner.all(node.body)

    def _assign(self, node: Any) -> None:
        value = self.type(node.node)
        self.statement(node.target)
        given = targets(node.target)
        for name in given:
            self.scope[name] = value if len(given) == 1 and self.scope.get(name, value) == value else Any

    def _nsref(self, node: Any) -> None:
        if self.scope.get(node.name, Any) is not Any:
            remedy = "a template reads its data and places it, nothing else"
            message = f"the template does what no template may: it changes {node.name!r}"
            self.fault(node.lineno, "template-forbidden", message, remedy)

    def _assignblock(self, node: Any) -> None:
        self.inner().all(node.body)
        self.scope.update(dict.fromkeys(targets(node.target), str))

    def _with(self, node: Any) -> None:
        values = [self.type(value) for value in node.values]
        self.inner(**{t.name: v for t, v in zip(node.targets, values, strict=True)}).all(node.body)

    def _output(self, node: Any) -> None:
        for part in node.nodes:
            held = self.type(part)
            if no_text(held):
                remedy = "print a part of it, or a run by the macro run"
                message = f"{_path(part) or 'this'} is no text but {called(held)}"
                self.fault(part.lineno, "template-no-text", message, remedy)

    def _macro(self, node: Any) -> None:
        for default in node.defaults:
            self.type(default)
        made = self.scope[node.name] = Macro(self.template, node.name)
        # Read once without its callers too: filters and names that no argument brings are wrong in any case.
        self.walk.defined(made, self.scope)
        self.walk.macro(made, (), {})

    def _callblock(self, node: Any) -> None:
        self.type(node.call)
        self.inner(**{argument.name: Any for argument in node.args}).all(node.body)

    def _block(self, node: Any) -> None:
        self.walk.placed(node.name)
        owner, block = self.blocks.get(node.name, (self.template, node))
        Reader(self.walk, owner, {**self.scope, "super": Any}, self.blocks).all(block.body)
        if block is not node:
            self.inner(super=Any).all(node.body)

    def _include(self, node: Any) -> None:
        if name := self.constant_template(node.template, node.lineno, may_miss=node.ignore_missing):
            self.walk.include(name, self.scope if node.with_context else {})

    def _import(self, node: Any) -> None:
        name = self.constant_template(node.template, node.lineno)
        self.scope[node.target] = self.walk.module(name, self._seen_by(node)) if name else Any

    def _fromimport(self, node: Any) -> None:
        name = self.constant_template(node.template, node.lineno)
        exports = dict(self.walk.module(name, self._seen_by(node)).exports) if name else {}
        for wanted in node.names:
            there, here = wanted if isinstance(wanted, tuple) else (wanted, wanted)
            if name and self.walk.tree(name) is not None and there not in exports:
                self.fault(node.lineno, "template-unknown-macro", f"{name} has no macro {there!r}" + nearest(there, exports))
            self.scope[here] = exports.get(there, Any)

    def _seen_by(self, node: Any) -> Scope:
        """What an imported template sees of this one: nothing, unless it is imported ``with context``."""
        return self.scope if node.with_context else {}

    def constant_template(self, node: Any, line: int, *, may_miss: bool = False) -> str | None:
        """The name of a template that is written out and is there."""
        from jinja2 import nodes

        if not isinstance(node, nodes.Const) or not isinstance(node.value, str):
            self.type(node)
            return None
        if node.value in self.walk.all:
            return self.walk.env.join_path(node.value, self.template)
        if not may_miss:
            self.fault(
                line,
                "template-not-there",
                f"the template {node.value!r} is not there" + nearest(node.value, self.walk.all),
                "check the name in include, import or extends",
            )
        return None

    # ------------------------------------------------------------ expressions

    def type(self, node: Any) -> Any:
        """The type of an expression; faults on the way are noted."""
        handler = getattr(self, f"_type_{type(node).__name__.lower()}", None)
        if handler is not None:
            return handler(node)
        self._rest(node)
        return Any

    def _type_const(self, node: Any) -> Any:
        return type(node.value) if node.value is not None else Any

    def _type_templatedata(self, _node: Any) -> Any:
        return str

    def _type_name(self, node: Any) -> Any:
        if node.name in self.scope:
            return self.scope[node.name]
        if node.name not in self.walk.env.globals and node.name not in (*self.walk.maybe(self.template), "self", "super"):
            known = [*self.scope, *self.walk.env.globals]
            self.fault(node.lineno, "template-unknown-name", f"there is no name {node.name!r} here" + nearest(node.name, known))
        return Any

    def _type_getattr(self, node: Any) -> Any:
        return self._member(self.type(node.node), node.attr, node)

    def _type_getitem(self, node: Any) -> Any:
        from jinja2 import nodes

        held, index = self.type(node.node), self.type(node.arg)
        if isinstance(node.arg, nodes.Slice):
            return held
        constant = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(held, Keys) and isinstance(constant, str):
            return self._member(held, constant, node)
        return item(held, constant) if index is not Any or constant is None else Any

    def _member(self, held: Any, name: str, node: Any) -> Any:
        if name.startswith("_"):
            remedy = "a template reads its data and places it, nothing else"
            self.fault(node.lineno, "template-forbidden", f"the template does what no template may: {name!r}", remedy)
            return Any
        made = attribute(held, name)
        if made is MISSING:
            path = _path(node.node)
            what = path if path and isinstance(held, Keys | Module | Loop) else f"{path} ({called(held)})" if path else called(held)
            self.fault(node.lineno, "template-unknown-path", f"{what} has no {name!r}" + nearest(name, names(held)))
            return Any
        return made

    def _type_call(self, node: Any) -> Any:
        target = self.type(node.node)
        given = [self.type(argument) for argument in node.args]
        named = {argument.key: self.type(argument.value) for argument in node.kwargs}
        for extra in (node.dyn_args, node.dyn_kwargs):
            if extra is not None:
                self.type(extra)
        if isinstance(target, Macro):
            self.walk.called(self.template, node, target)
            self.walk.macro(target, given, named)
            return str
        return Any

    def _type_filter(self, node: Any) -> Any:
        if node.name not in self.walk.env.filters:
            self._unknown(node, "filter", self.walk.env.filters)
        from jinja2 import nodes

        if node.name in ("default", "d") and isinstance(node.node, nodes.Name) and node.node.name not in self.scope:
            return Any
        held = self.type(node.node) if node.node is not None else str
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self.type(argument)
        self._attribute_of_items(node, held)
        return _filtered(node.name, held)

    def _attribute_of_items(self, node: Any, held: Any) -> None:
        """``selectattr("period")`` and ``map(attribute="label")`` name an attribute in words."""
        from jinja2 import nodes

        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        first = node.args[:1] if node.name in _ATTRIBUTE_FIRST else []
        for argument in (*first, *named):
            if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                for part in argument.value.split(".")[:1]:
                    if attribute(item(held), part) is MISSING:
                        message = f"{_path(node.node) or called(held)} holds {called(item(held))}, which has no {part!r}"
                        self.fault(node.lineno, "template-unknown-path", message + nearest(part, names(item(held))))

    def _type_test(self, node: Any) -> Any:
        if node.name not in self.walk.env.tests:
            self._unknown(node, "test", self.walk.env.tests)
        if node.name not in ("defined", "undefined"):
            self.type(node.node)
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self.type(argument)
        return bool

    def _unknown(self, node: Any, kind: str, known: Iterable[str]) -> None:
        self.fault(node.lineno, f"template-unknown-{kind}", f"there is no {kind} {node.name!r}" + nearest(node.name, known))

    def _type_condexpr(self, node: Any) -> Any:
        self.type(node.test)
        return union([self.type(node.expr1), *([self.type(node.expr2)] if node.expr2 is not None else [])])

    def _type_or(self, node: Any) -> Any:
        return union((self.type(node.left), self.type(node.right)))

    def _type_concat(self, node: Any) -> Any:
        self._rest(node)
        return str


def _filtered(name: str, held: Any) -> Any:
    """What a filter makes of a value, where it is known."""
    if name in _KEEPS:
        return list[item(held)]  # type: ignore[misc]
    if name in _TO_ITEM:
        return item(held)
    if name == "batches":
        return list[list[item(held)]]  # type: ignore[misc]
    return str if name in _TO_TEXT else int if name in ("length", "count", "int") else Any


def _path(node: Any) -> str:
    """``brief.key_figures`` of nodes that are names and attributes; else empty."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return f"{before}.{node.attr}" if before else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        before = _path(node.node)
        return f"{before}[{node.arg.value!r}]" if before else ""
    return ""


def targets(node: nodes.Node) -> list[str]:
    """Names that an assignment or a loop sets."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return [node.name]
    return (
        [name for child in node.iter_child_nodes() for name in targets(child)] if isinstance(node, nodes.Tuple | nodes.List) else []
    )


def nearest(name: str, known: Iterable[str]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=55)
    return f"; the nearest: {near[0]}" if near else ""
