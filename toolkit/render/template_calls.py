"""A call of a macro held against what the macro takes."""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import nodes


def macro_node(tree: nodes.Template, name: str) -> nodes.Macro | None:
    """The macro of a name that counts: the last one written at the top of its file, else wherever it is."""
    from jinja2 import nodes

    everywhere = [node for node in tree.find_all(nodes.Macro) if node.name == name]
    at_top = [node for node in everywhere if any(node is one for one in tree.body)]
    return next(reversed(at_top or everywhere), None)


def signature(macro: nodes.Macro) -> str:
    """``fig(figure, class="")``: a macro as its first line writes it."""
    from jinja2 import nodes

    defaults = [f"={dumps(node.value, ensure_ascii=False)}" if isinstance(node, nodes.Const) else "=…" for node in macro.defaults]
    ends = [""] * (len(macro.args) - len(defaults)) + defaults
    return f"{macro.name}({', '.join(argument.name + end for argument, end in zip(macro.args, ends, strict=True))})"


def misfits(macro: nodes.Macro, call: nodes.Call) -> Iterable[tuple[str, str]]:
    """What does not fit, as (what is wrong, the argument): ``unknown``, ``missing``, or ``many`` with both numbers."""
    from jinja2 import nodes

    if call.dyn_args is not None or call.dyn_kwargs is not None:
        return
    takes = [argument.name for argument in macro.args]
    mentioned = {node.name for node in macro.find_all(nodes.Name)}
    if len(call.args) > len(takes) and "varargs" not in mentioned:
        yield "many", f"{len(takes)}/{len(call.args)}"
    named = [argument.key for argument in call.kwargs]
    if "kwargs" not in mentioned:
        yield from (("unknown", name) for name in named if name not in (*takes, "caller"))
    asked = {
        test.node.name
        for test in macro.find_all(nodes.Test)
        if test.name in ("defined", "undefined") and isinstance(test.node, nodes.Name)
    }
    needed = takes[len(call.args) : len(takes) - len(macro.defaults)]
    yield from (("missing", name) for name in needed if name not in (*named, *asked))
