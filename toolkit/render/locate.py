"""Where in the templates something is printed: the line of an expression, in the user's folder or in the packaged one."""

from __future__ import annotations

from pathlib import Path

from toolkit.workspace import packaged_templates


def locate(template: str, expression: str, templates: Path | None = None) -> str:
    """``file:line`` of the first line of ``template`` that holds ``expression``; the template's name alone when none does.

    A user's folder is looked into first, as the renderer does.
    """
    for folder in (templates, packaged_templates()):
        path = folder / template if folder else None
        if path and path.is_file():
            lines = path.read_text("utf-8").splitlines()
            line = next((number for number, text in enumerate(lines, 1) if expression in text), None)
            return f"{template}:{line}" if line else template
    return template
