"""The environment of a user's own templates: they read their data and place it, and cannot do anything else to the machine.

Jinja's sandbox keeps them from Python (``__class__``, ``str.format``, changing lists); this one also counts what they spend
(``budget``), wherever a few words could keep a machine busy: loops, calls, filters, products, widths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.render.budget import CALL, NUMBER, printed, sized, spend
from toolkit.render.overlay import inside

_PERCENT_WIDTH = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?:\d*\.)?(?:\*|\d{5})")
_FORMAT_WIDTH = re.compile(r"\{[^{}]*:[^{}]*(?:\{|\d{5})")
"""In a format: a width of five digits, or one that comes from elsewhere."""

_ANY_NUMBER = frozenset(("default", "sum", "min", "max", "int", "float", "sync_do_sum", "percent"))
"""Filters whose arguments are values, not lengths."""


class NoTextError(TypeError):
    """Something is printed that would show as Python writes it: a figure, a run, a list, nothing."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a budget."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def guard(self) -> None:
        """Have all filters that there are count what they do, and nothing printed but text and numbers."""
        self.finalize = self.printable
        self.filters.update({name: _guarded(function) for name, function in self.filters.items()})

    def join_path(self, template: str, parent: str) -> str:
        """The name under which an included template is looked for."""
        return inside(template, parent)

    # ------------------------------------------------------------ loops

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        """Code of a template whose loops and joined texts are counted; the tree that was read is this one's own."""
        for loop in source.find_all(nodes.For):
            loop.iter = self._wrapped("rounds", loop.iter)
        for parent in [source, *source.find_all(nodes.Node)]:
            _replace(parent, nodes.Concat, lambda node: self._wrapped("bounded", node))
        return super()._generate(source, *rest, **more)

    def _wrapped(self, name: str, node: Any) -> nodes.Expr:
        call = nodes.EnvironmentAttribute(name, lineno=node.lineno)
        made = nodes.Call(call, [node], [], None, None, lineno=node.lineno)
        made.set_environment(self)
        return made

    @staticmethod
    def rounds(items: Any) -> Any:
        """What a loop goes over, its rounds counted."""
        if isinstance(items, Sized):
            spend(len(items))
            return items
        return _each(items) if isinstance(items, Iterable) else items

    @staticmethod
    def bounded(text: Any) -> Any:
        """A text that was joined of others."""
        sized(len(text))
        return text

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """The output of a page, a block or a macro."""
        kept, length = [], 0
        for part in parts:
            kept.append(part)
            length += len(part)
            # What templates print is counted as it is printed, where the line is known; this is for what they hold themselves.
            sized(length // 2)
        return "".join(kept)

    # ------------------------------------------------------------ what is printed, calls, operators

    @staticmethod
    def printable(value: Any) -> Any:
        """What stands between ``{{ }}``, unless a reader would see Python of it."""
        if value is None or not isinstance(value, str | int | float | Decimal | Undefined):
            raise NoTextError("nothing (None)" if value is None else type(value).__name__)
        if isinstance(value, str):
            printed(len(value))
        return value

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja calls it
        spend(CALL)
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str | bytes | int | Sequence):
            _reasonable(getattr(__obj, "__name__", ""), owner, (*args, *kwargs.values()))
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        spend()
        if operator == "*":
            for one, other in ((left, right), (right, left)):
                if isinstance(one, Sequence) and isinstance(other, int):
                    sized(len(one) * other)
        elif operator == "**" and not (isinstance(right, int | float) and abs(right) <= 100 and abs(left) <= NUMBER):
            raise SecurityError("a power of large numbers")
        elif operator == "%" and isinstance(left, str) and _PERCENT_WIDTH.search(left):
            raise SecurityError("a format with a large width")
        elif operator == "+" and isinstance(left, Sized) and isinstance(right, Sized):
            sized(len(left) + len(right))
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Any:
        """``"…".format``: Jinja's careful one, without large widths."""
        made = super().wrap_str_format(value)
        if made is not None and _FORMAT_WIDTH.search(str(value.__self__)):
            raise SecurityError("a format with a large width")
        return made

    def get_template(self, *args: Any, **kwargs: Any) -> Any:
        """An include or import is a step, too."""
        spend()
        return super().get_template(*args, **kwargs)


def _each(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        spend()
        yield item


def _replace(parent: nodes.Node, kind: type[nodes.Node], change: Callable[[Any], nodes.Node]) -> None:
    """Change the children of one kind."""
    for name, value in parent.iter_fields():
        if isinstance(value, kind):
            setattr(parent, name, change(value))
        elif isinstance(value, list):
            value[:] = [change(item) if isinstance(item, kind) else item for item in value]


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that counts what it is given and made; what Jinja noted on it (``pass_context``) stays."""
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def counting(*args: Any, **kwargs: Any) -> Any:
        value = args[first] if len(args) > first else None
        spend(1 + (len(value) if isinstance(value, Sized) and not isinstance(value, str) else 0))
        _reasonable(getattr(function, "__name__", ""), value, (*args[first + 1 :], *kwargs.values()))
        made = function(*args, **kwargs)
        if isinstance(made, str):
            sized(len(made))
        elif isinstance(made, Sized):
            spend(len(made))
        return made

    return counting


def _reasonable(name: str, value: Any, arguments: Sequence[Any]) -> None:
    """Refuse what would be made too long: widths and numbers of pieces, joining by and replacing with long texts."""
    name = name.removeprefix("do_")
    if name not in _ANY_NUMBER and any(isinstance(given, int) and abs(given) > NUMBER for given in arguments):
        raise SecurityError(f"a number above {NUMBER} for {name!r}")
    if name == "format" and _PERCENT_WIDTH.search(str(value)):
        raise SecurityError("a format with a large width")
    if name in ("replace", "join", "translate", "indent") and isinstance(value, Sized):
        sized(len(value) * max((len(given) for given in arguments if isinstance(given, Sized)), default=0))
