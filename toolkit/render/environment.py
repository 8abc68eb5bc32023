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
        autoescape=True,
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


def render_template(name: str, context: Mapping[str, Any], templates: Path | None = None) -> str:
    """The template ``name`` filled with ``context``.  Raises ``TemplateError`` with file and line of whatever is wrong."""
    env = environment(templates)
    from toolkit.render.template_fault import CAUGHT, fault

    try:
        with counted():
            return env.get_template(name).render(context)
    except CAUGHT as error:
        raise fault(error, env, name, context) from error
