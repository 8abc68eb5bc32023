"""The one Jinja environment: strict about undefined names, escaping everything, sandboxed when a user's own templates take part.

A user's folder is laid over the packaged templates (``overlay``), so that changing one partial, block or macro copies just that.
Whatever goes wrong in a template becomes a ``TemplateError`` with the template's file and line, the data and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import TemplateError
from toolkit.model.brief import Figure
from toolkit.render.budget import counted
from toolkit.render.filters import FILTERS
from toolkit.workspace import packaged_templates

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=8)
def environment(templates: Path | None = None) -> Environment:
    """The environment over the packaged templates, overlaid by the folder ``templates``.  Raises ``TemplateError``."""
    import jinja2

    from toolkit.render.overlay import Overlay
    from toolkit.render.sandbox import Sandbox

    if templates is not None and not templates.is_dir():
        raise TemplateError("there is no such folder of templates", where=str(templates), remedy="check --templates")
    kind: type[jinja2.Environment] = jinja2.Environment if templates is None else Sandbox
    made = kind(
        loader=Overlay(packaged_templates(), templates),
        undefined=jinja2.StrictUndefined,
        autoescape=_escapes,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        cache_size=200,
    )
    made.filters.update(FILTERS)
    made.tests["figure"] = lambda part: isinstance(part, Figure)
    # The same brief gives the same bytes: nothing that a template can reach throws dice.
    del made.filters["random"], made.globals["lipsum"]
    if isinstance(made, Sandbox):
        made.guard()
    return made


def _escapes(name: str | None) -> bool:
    """Everything is escaped but the templates of plain text, which no browser reads."""
    return name is None or not name.endswith(".txt")


@lru_cache(maxsize=8)
def _line_template(source: str) -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False).from_string(source)


def render_line(source: str, context: Mapping[str, Any], where: str) -> str:
    """A template that stands in a setting (a subject, a salutation) as plain text, sandboxed.

    Whoever places the result in HTML escapes it there.  Raises ``TemplateError``; ``where`` names the setting.
    """
    import jinja2

    try:
        return str(_line_template(source).render(context))
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError) as error:
        what = f"the template breaks while rendering: {type(error).__name__}: {error}"
        raise TemplateError(what, where=where, remedy="templates/README.md lists the names a template may use") from error


def render_template(name: str, context: Mapping[str, Any], templates: Path | None = None) -> str:
    """The template ``name`` filled with ``context``.  Raises ``TemplateError`` with file and line of whatever is wrong."""
    env = environment(templates)
    from toolkit.render.template_fault import CAUGHT, fault

    try:
        with counted():
            return env.get_template(name).render(context)
    except CAUGHT as error:
        raise fault(error, env, name, context) from error
