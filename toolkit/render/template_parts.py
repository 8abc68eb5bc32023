"""Blocks and macros of the templates: which there are, which a user's folder changes, and the small file that changes one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.render.environment import environment
from toolkit.render.overlay import PACKAGED, Overlay, extras, is_macros
from toolkit.render.template_calls import signature

if TYPE_CHECKING:
    from jinja2 import nodes

_TAG = re.compile(r"{#.*?#}|{%[-+]?\s*(\w+)\s*(\w*).*?%}", re.DOTALL)


@dataclass(frozen=True)
class Parts:
    """What of a template can be changed by itself: its blocks, those of the pages above it included, and its macros."""

    blocks: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()
    """Names; ``signatures`` has them with their arguments."""
    signatures: tuple[str, ...] = ()


def parts(name: str) -> Parts:
    """Blocks and macros of a packaged template; of a style sheet or a script none."""
    from jinja2 import nodes

    if not name.endswith(".html"):
        return Parts()
    blocks = dict.fromkeys(node.name for one in _chain(name) for node in _tree(one).find_all(nodes.Block))
    tree = _tree(name)
    macros = [node for node in tree.body if isinstance(node, nodes.Macro)]
    return Parts(tuple(blocks), tuple(node.name for node in macros), tuple(map(signature, macros)))


def small_file(name: str, blocks: Sequence[str] = (), macros: Sequence[str] = ()) -> str:
    """A user's file that changes some blocks or macros of a packaged template, with their packaged text to begin from.

    Raises ``UsageError`` with the nearest name for what the template does not have.
    """
    known = parts(name)
    for kind, wanted, there in (("block", blocks, known.blocks), ("macro", macros, known.macros)):
        for one in wanted:
            if one not in there:
                raise UsageError(f"{name} has no {kind} {one!r}", remedy=_nearest(one, there, kind))
    texts = [_passage(name, "macro", one) for one in macros]
    texts += [next(text for page in _chain(name) if (text := _passage(page, "block", one))) for one in blocks]
    head = [f'{{% extends "{PACKAGED}{name}" %}}'] if blocks else []
    return "\n\n".join([*head, *texts]) + "\n"


def changed(name: str, folder: Path) -> list[tuple[Path, tuple[str, ...], tuple[str, ...]]]:
    """Files of a user's folder that change a packaged template: each with the blocks and macros it holds; none: the whole.

    Raises ``TemplateError`` when there is no such folder; a file that does not parse counts as the whole.
    """
    import jinja2
    from jinja2 import nodes

    env = environment(folder)
    assert isinstance(env.loader, Overlay)
    if env.loader.own is None:
        return []
    found: list[tuple[Path, tuple[str, ...], tuple[str, ...]]] = []
    for path in (env.loader.own / one for one in (name, *extras(name))):
        if not path.is_file():
            continue
        try:
            tree = env.parse(path.read_text("utf-8-sig"))
        except (jinja2.TemplateSyntaxError, UnicodeDecodeError, OSError):
            found.append((path, (), ()))
            continue
        above = next(iter(tree.find_all(nodes.Extends)), None)
        blocks = tuple(node.name for node in tree.find_all(nodes.Block)) if above is not None else ()
        macros = tuple(node.name for node in tree.body if isinstance(node, nodes.Macro)) if is_macros(name) else ()
        found.append((path, blocks, macros))
    return found


def _tree(name: str) -> nodes.Template:
    env = environment()
    assert env.loader is not None
    return env.parse(env.loader.get_source(env, name)[0])


def _chain(name: str) -> Iterator[str]:
    """A page and those that it extends, from the innermost."""
    from jinja2 import nodes

    yield name
    above: Any = next(iter(_tree(name).find_all(nodes.Extends)), None)
    if above is not None and isinstance(above.template, nodes.Const):
        yield from _chain(above.template.value)


def _passage(name: str, kind: str, wanted: str) -> str:
    """The text of a block or macro as it is written, from its tag to its end tag; empty where there is none."""
    env = environment()
    assert env.loader is not None
    source = env.loader.get_source(env, name)[0]
    start, depth = -1, 0
    for tag in _TAG.finditer(source):
        if start < 0 and tag[1] == kind and tag[2] == wanted:
            start, depth = tag.start(), 1
        elif start >= 0 and tag[1] in (kind, f"end{kind}"):
            depth += 1 if tag[1] == kind else -1
            if depth == 0:
                return source[start : tag.end()]
    return ""


def _nearest(name: str, known: Sequence[str], kind: str) -> str:
    from rapidfuzz import process

    near = process.extractOne(name, known, score_cutoff=50) if known else None
    return f"did you mean {near[0]}?" if near else f"`nhiemky template list --blocks` shows every {kind}"
