"""The one Jinja environment: strict about undefined names, escaping everything, sandboxed when a user's own templates take part.

A user's folder overrides the packaged templates file by file, so that changing one partial copies one file.  Whatever goes wrong in
a template becomes a ``TemplateError`` with the template's file and line and what to do.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import TemplateError
from toolkit.model.amount import Amount
from toolkit.model.brief import Figure, Run
from toolkit.workspace import packaged_templates

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=8)
def environment(templates: Path | None = None) -> Environment:
    """The environment over the packaged templates, overlaid by the folder ``templates``.  Raises ``TemplateError``."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if templates is not None and not templates.is_dir():
        raise TemplateError("there is no such folder of templates", where=str(templates), remedy="check --templates")
    folders = [folder for folder in (templates, packaged_templates()) if folder is not None]
    kind: type[jinja2.Environment] = jinja2.Environment if templates is None else ImmutableSandboxedEnvironment
    made = kind(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=_escapes,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        cache_size=200,
    )
    made.filters.update(FILTERS)
    made.tests["figure"] = lambda part: isinstance(part, Figure)
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
    import jinja2

    env = environment(templates)
    try:
        return env.get_template(name).render(context)
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError) as error:
        raise _fault(error, name) from error


def _fault(error: Exception, name: str) -> TemplateError:
    """What a template did wrong, where, and what to do, from whatever was raised."""
    import jinja2

    where, line = _template_line(error, name)
    remedy = "mend that line, or remove the file to have the packaged template again"
    match error:
        case jinja2.TemplateSyntaxError():
            where, line = error.filename or error.name or name, error.lineno
            what = f"the template does not parse: {error.message}"
        case jinja2.TemplateNotFound():
            what, remedy = f"the template {error.name!r} is not there", "check the name in include, import or extends"
        case jinja2.exceptions.SecurityError():
            what = f"the template does what no template may: {error}"
            remedy = "a template reads its data and places it, nothing else"
        case jinja2.UndefinedError():
            what = f"the template names something that is not there: {error.message}"
            remedy = "templates/README.md lists the names a template may use"
        case _:
            what = f"the template breaks while rendering: {type(error).__name__}: {error}"
    return TemplateError(what, where=f"{where}:{line}" if line else where, remedy=remedy)


def _template_line(error: Exception, name: str) -> tuple[str, int | None]:
    """File and line of the innermost template in a traceback that Jinja has rewritten."""
    calls = traceback.extract_tb(error.__traceback__)
    frames = [(call.filename, call.lineno) for call in calls if _is_template(call)]
    return frames[-1] if frames else (name, None)


def _is_template(call: traceback.FrameSummary) -> bool:
    """Jinja gives frames of templates the template's file and these names."""
    return call.name in ("top-level template code", "template") or call.name.startswith(("block ", "macro "))


# --- filters: what a template may do with the data beyond placing it; documented in templates/README.md ------------------------


def canonical(amount: Amount | None) -> str:
    """A figure's value for programs (the ``value`` of ``<data>``): ``51.2``, ``93.15/93.9``, ``11/12``."""
    if amount is None:
        return ""
    if amount.value is None:
        return f"{_plain(amount.low)}/{_plain(amount.high)}"
    return _plain(amount.value) if amount.of is None else f"{_plain(amount.value)}/{_plain(amount.of)}"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def words(run: Run) -> str:
    """The plain words of a run."""
    return "".join(part.text if isinstance(part, Figure) else part for part in run)


def without_unit(text: str, unit: str) -> str:
    """A figure's text without its unit at the end: the part that is set large."""
    return text[: -len(unit)].rstrip(" \u00a0") if unit and text.endswith(unit) else text


def percentage(value: float, scale: float) -> str:
    """A length on a drawing's scale as a number with one decimal, for SVG attributes."""
    return f"{min(max(value / scale, 0.0), 1.0) * 100:.1f}"


def batches(items: Sequence[Any], attribute: str) -> list[list[Any]]:
    """Neighbours that agree in one attribute, together, in their own order (``groupby`` of Jinja would sort them)."""
    groups: list[list[Any]] = []
    for item in items:
        if groups and getattr(groups[-1][-1], attribute) == getattr(item, attribute):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


FILTERS: Mapping[str, Callable[..., Any]] = {
    "canonical": canonical,
    "words": words,
    "without_unit": without_unit,
    "percentage": percentage,
    "batches": batches,
}
