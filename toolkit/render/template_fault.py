"""What went wrong inside a rendering: the template's file and line, the piece of data it was at, and what to do.

Jinja rewrites tracebacks so that their frames are lines of templates with the template's variables.  The innermost one is the
place.  Its line may hold several expressions: each is evaluated again by itself with those variables, and the smallest that fails
in the same way is the one; the names in it lead to the data (``data_path``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

import jinja2
from jinja2 import nodes

from toolkit.errors import TemplateError
from toolkit.render.budget import OverspentError, counted
from toolkit.render.data_path import Path, Places, shown, written
from toolkit.render.overlay import LeadsOutError, NotTextError, Overlay
from toolkit.render.sandbox import NoTextError

CAUGHT = (
    jinja2.TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError, MemoryError,
    OverspentError,
)  # fmt: skip
"""What a template can raise."""

_GONE_IN = (jinja2.TemplateSyntaxError, jinja2.TemplateNotFound, RecursionError, MemoryError, OverspentError)
"""Faults of the template alone, whatever the data."""


def fault(error: Exception, env: jinja2.Environment, name: str, context: Mapping[str, Any]) -> TemplateError:
    """What a template did wrong, where, with which data, and what to do, from whatever was raised."""
    frames = list(_frames(error.__traceback__))
    file, line = (frames[-1][0].f_code.co_filename, frames[-1][1]) if frames else (_file(env, name), 0)
    remedy = "mend that line, or remove the file to have the packaged template again"
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename or error.name or name, error.lineno
        what, remedy = syntax(error)
    elif isinstance(error, jinja2.TemplateNotFound):
        what, remedy = not_there(error)
    elif isinstance(error, jinja2.exceptions.SecurityError):
        what, remedy = f"the template does what no template may: {error}", "a template reads its data and places it, nothing else"
    elif isinstance(error, jinja2.UndefinedError):
        what = f"the template names something that is not there: {error.message}"
        remedy = "templates/README.md lists the names a template may use"
    elif isinstance(error, NoTextError):
        what, remedy = f"the template prints what is no text: {error}", "print a part of it, or a run by the macro run"
    elif isinstance(error, RecursionError | MemoryError | OverspentError):
        what = f"the template does not come to an end: {_endless(error)}"
        remedy = "look there for a loop, a macro or an include that calls itself, or that goes through too much"
    else:
        what = f"the template breaks while rendering: {type(error).__name__}: {error}"
    if frames and not isinstance(error, _GONE_IN) and (data := _data(error, env, frames, context)):
        what += f"; the data: {data}"
    return TemplateError(what, where=_where(env, file, line), remedy=remedy)


def syntax(error: jinja2.TemplateSyntaxError) -> tuple[str, str]:
    """What is wrong with a text that is no template, and what to do."""
    if isinstance(error, NotTextError):
        return "the template is not UTF-8 text", "save it as UTF-8"
    return f"the template does not parse: {error.message}", "mend that line, or remove the file to have the packaged template again"


def not_there(error: jinja2.TemplateNotFound) -> tuple[str, str]:
    """What to do about a template that cannot be had."""
    if isinstance(error, LeadsOutError):
        return f"the template {error.name!r} leads out of its folder", "put a copy there; links out of the folder are not followed"
    return f"the template {error.name!r} is not there", "check the name in include, import or extends"


def _endless(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it calls itself again and again"
    return "it takes more memory than there is" if isinstance(error, MemoryError) else str(error)


def _file(env: jinja2.Environment, name: str) -> str:
    """The file of a template; its name where it has none."""
    files = env.loader.files(name) if isinstance(env.loader, Overlay) else ()
    return str(files[-1]) if files else name


def _where(env: jinja2.Environment, file: str, line: int) -> str:
    if isinstance(env.loader, Overlay):
        file, line = env.loader.place(file, line)
    return f"{file}:{line}" if line else file


def _frames(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    """Frames that Jinja made of a template's, the outermost first, each with its line."""
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


# ------------------------------------------------------------ the data


def _data(error: Exception, env: jinja2.Environment, frames: list[tuple[FrameType, int]], context: Mapping[str, Any]) -> str:
    """The pieces of data in the expression that fails, as paths; empty when they cannot be told."""
    frame, line = frames[-1]
    places = Places(context)
    around = _around(frames, places, context)
    told: dict[str, None] = {}
    for node in _failing(error, env, frame, line):
        for piece in _pieces(node):
            if text := _told(piece, env, frame.f_locals, places, around):
                told[text] = None
    if not told and around and around[-1][1:]:
        told[written(around[-1])] = None
    return ", ".join(list(told)[:3])


def _around(frames: list[tuple[FrameType, int]], places: Places, context: Mapping[str, Any]) -> list[Path]:
    """Places of what the variables of all frames hold, from the outermost to the innermost."""
    found: list[Path] = []
    for frame, _ in frames:
        own = [value for name, value in frame.f_locals.items() if context.get(name) is not value]
        # What stands in one place first: which row it is tells which of its figures is meant.
        own = sorted((value for value in own if not isinstance(value, str | int | float)), key=places.count)
        known: list[Path] = []
        for value in own:
            if path := places.find(value, [*found, *known]):
                known.append(path)
        found += sorted(known, key=len)
    return found


def _failing(error: Exception, env: jinja2.Environment, frame: FrameType, line: int) -> list[nodes.Node]:
    """The smallest expressions of a line that fail alone as the whole did."""
    tree = _tree(env, frame.f_code.co_filename)
    every = tree.find_all(nodes.Expr) if tree is not None else ()
    here = [node for node in every if node.lineno == line and getattr(node, "ctx", "load") == "load"]
    failing = [node for node in here if _fails(node, error, env, frame.f_locals)]
    return [node for node in failing if not any(other in failing for other in node.find_all(nodes.Expr))]


def _tree(env: jinja2.Environment, file: str) -> nodes.Template | None:
    """The syntax tree of a template by the file that Jinja tells."""
    assert env.loader is not None
    for name in env.list_templates():
        try:
            source, found, _ = env.loader.get_source(env, name)
            if found == file:
                return env.parse(source, name, found)
        except jinja2.TemplateError:
            continue
    return None


def _fails(node: nodes.Node, error: Exception, env: jinja2.Environment, values: Mapping[str, Any]) -> bool:
    try:
        _evaluate(node, env, values)
    except type(error) as again:
        return str(again) == str(error)
    except CAUGHT:
        return False
    return False


_RESULT = "result_of_one_expression"


def _evaluate(node: nodes.Node, env: jinja2.Environment, values: Mapping[str, Any]) -> Any:
    """The value of an expression with a template's variables, as the environment would compute it.  Raises what it raises."""
    result = nodes.Assign(nodes.Name(_RESULT, "store", lineno=1), node, lineno=1)
    printed = nodes.Output([nodes.Name(_RESULT, "load", lineno=1)], lineno=1)
    tree = nodes.Template([result, printed], lineno=1)
    tree.set_environment(env)
    code = compile(env._generate(tree, None, None), "<expression>", "exec")
    template = jinja2.Template.from_code(env, code, {**env.globals})
    held = template.new_context(dict(values))
    with counted():
        for _ in template.root_render_func(held):
            pass
    return held.vars.get(_RESULT)


def _pieces(node: nodes.Node) -> Iterator[nodes.Node]:
    """The longest paths of names in an expression: ``row.label`` of ``row.label | number``."""
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        yield node
    else:
        for child in node.iter_child_nodes():
            yield from _pieces(child)


def _told(node: nodes.Node, env: jinja2.Environment, values: Mapping[str, Any], places: Places, around: list[Path]) -> str:
    """A path of names as a path of the data, with the value at its end where that is a plain one."""
    steps: list[str | int] = []
    root = node
    while isinstance(root, nodes.Getattr | nodes.Getitem):
        step = root.attr if isinstance(root, nodes.Getattr) else _index(root.arg, env, values)
        if step is None:
            return ""
        steps.insert(0, step)
        root = root.node
    if not isinstance(root, nodes.Name):
        return ""
    held = values.get(root.name)
    path = places.find(held, around) if held is not None and not isinstance(held, jinja2.Undefined) else None
    if path is None:
        return ""
    value = held
    for step in steps:
        value = value[step] if isinstance(step, int) and isinstance(value, tuple | list) and step < len(value) else getattr(
            value, str(step), None
        )  # fmt: skip
    return written((*path, *steps)) + (f" ({words})" if (words := shown(value)) else "")


def _index(node: nodes.Node, env: jinja2.Environment, values: Mapping[str, Any]) -> str | int | None:
    try:
        found = _evaluate(node, env, values)
    except CAUGHT:
        return None
    return found if isinstance(found, str | int) else None
