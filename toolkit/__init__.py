"""nhiemky as a library: the same steps that the command line runs.

    from pathlib import Path
    from toolkit import load_profiles, make_brief, read_facts, settle

    sheet = read_facts(Path("seeds/ha-dinh-2020.txt"))            # one source: its facts, every one with its place
    dossiers, issues = settle([sheet], load_profiles(None))       # sources grouped by locality and term, merged with profiles
    made = make_brief(dossiers[0])                                # composed, rendered to HTML and PDF, audited
    made.artifacts[0].data                                        # the bytes of brief.html

Names are imported when they are first used, so that ``import toolkit`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.batch import BuildOptions, build, findings
    from toolkit.contract import from_json, to_json
    from toolkit.errors import Issue, ToolkitError
    from toolkit.pipeline import (
        Making,
        clean_source,
        compose_brief,
        facts_of,
        load_profiles,
        make_brief,
        read_facts,
        settle,
        summarise_texts,
    )

_HOMES = {
    "BuildOptions": "toolkit.batch",
    "build": "toolkit.batch",
    "findings": "toolkit.batch",
    "from_json": "toolkit.contract",
    "to_json": "toolkit.contract",
    "Issue": "toolkit.errors",
    "ToolkitError": "toolkit.errors",
    "Making": "toolkit.pipeline",
    "clean_source": "toolkit.pipeline",
    "compose_brief": "toolkit.pipeline",
    "facts_of": "toolkit.pipeline",
    "load_profiles": "toolkit.pipeline",
    "make_brief": "toolkit.pipeline",
    "read_facts": "toolkit.pipeline",
    "settle": "toolkit.pipeline",
    "summarise_texts": "toolkit.pipeline",
}

__all__ = [
    "BuildOptions",
    "Issue",
    "Making",
    "ToolkitError",
    "build",
    "clean_source",
    "compose_brief",
    "facts_of",
    "findings",
    "from_json",
    "load_profiles",
    "make_brief",
    "read_facts",
    "settle",
    "summarise_texts",
    "to_json",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
