"""``nhiemky diff``: what changed between two sets of facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.corpus import corpus_option
from toolkit.messages import say

if TYPE_CHECKING:
    from toolkit.corpus.diff import Difference, Other
    from toolkit.corpus.pairing import Side
    from toolkit.corpus.rows import Built

DIFFERENT = 1
"""Exit code where there is a difference, as that of diff(1)."""


@click.command("diff", help=say("help.diff"))
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help=say("option.diff_format")
)
@corpus_option
def command(old: str, new: str, format_: str, corpus: Path) -> int:
    """0 when both sides say the same, 1 when not."""
    from toolkit.corpus.diff import SCHEMA, matched, to_object

    found = matched(_sets(old, corpus), _sets(new, corpus))
    if format_ == "json":
        click.echo(json.dumps({"schema": SCHEMA, "differences": list(map(to_object, found))}, ensure_ascii=False, indent=1))
    else:
        for one in found:
            _print(one)
    return DIFFERENT if any(one.any for one in found) else 0


def _sets(name: str, corpus: Path) -> list[tuple[str, Built]]:
    """Named sets of facts: of a folder of briefs, a facts file, an article, or of a corpus."""
    from toolkit.corpus.diff import joined
    from toolkit.corpus.objects import FACTS_FILE, given, read_object
    from toolkit.corpus.read import stored
    from toolkit.corpus.rows import take_apart
    from toolkit.errors import ReadError, UsageError

    path = Path(name)
    if not path.exists():
        if not corpus.exists():
            raise UsageError(
                f"there is no file, folder or brief of a corpus named {name!r}",
                remedy="check the name; a brief of a corpus is named as ha-dinh/2015-2020, and its corpus by --corpus",
            )
        return [(name, joined([take_apart(data, origin) for origin, data in stored(corpus, name.rstrip("/"))]))]
    if path.is_file() and path.suffix.lower() not in (".json", ".jsonl", ".ndjson"):
        from toolkit.contract import to_line
        from toolkit.pipeline import read_facts

        return [(name, take_apart(read_object(to_line(read_facts(path)).encode(), name), name))]
    sets: list[tuple[str, Built]] = []
    for one in given([path]):
        if isinstance(one, ReadError):
            raise one
        built = take_apart(one.read(), one.origin)
        if path.is_dir():
            called = str(Path(one.origin).parent.relative_to(path).as_posix()).removesuffix(FACTS_FILE)
        else:
            called = name if one.whole else next(iter(built.articles), (one.origin, ""))[0]
        sets.append((called if called != "." else name, built))
    return _apart(sets)


def _apart(sets: list[tuple[str, Built]]) -> list[tuple[str, Built]]:
    """Sets with names of their own: two terms told by one article, or one article added twice, are still two sets."""
    many = {called for called, count in Counter(called for called, _ in sets).items() if count > 1}
    told = [(f"{called} {built.build['folder']}" if called in many else called, built) for called, built in sets]
    seen: Counter[str] = Counter()
    found = []
    for called, built in told:
        seen[called] += 1
        found.append((f"{called} ({seen[called]})" if seen[called] > 1 else called, built))
    return found


def _print(one: Difference) -> None:
    from toolkit.corpus.diff import figure

    if not one.any:
        click.echo(say("diff.same", old=one.old, new=one.new, n=one.same))
        return
    click.echo(click.style(f"{one.old or '∅'} → {one.new or '∅'}", bold=True))
    for head in one.head:
        click.echo(f"  ~ {say(f'diff.{head.what}')}: {head.old or '–'} → {head.new or '–'}")
    for pair in one.changed:
        click.echo(click.style(f"  ~ {_what(pair.new)}: {figure(pair.old)} → {figure(pair.new)}", fg="yellow"))
        _stands("-", pair.old)
        _stands("+", pair.new)
    for mark, sides, colour in (("+", one.added, "green"), ("-", one.removed, "red")):
        for side in sides:
            click.echo(click.style(f"  {mark} {_what(side)}: {figure(side)}", fg=colour))
            _stands(" ", side)
    for pair in one.reworded:
        click.echo(f"  = {_what(pair.new)}: {figure(pair.new)} ({say('diff.reworded')})")
        _stands("-", pair.old)
        _stands("+", pair.new)
    for line in _others(one.others):
        click.echo(line)
    click.echo(
        say(
            "diff.total",
            changed=len(one.changed),
            added=len(one.added),
            removed=len(one.removed),
            reworded=len(one.reworded),
            others=len(one.others),
            same=one.same,
        )
    )


def _what(side: Side) -> str:
    from toolkit.cli.query import role_name

    return f"{side.label} ({', '.join(part for part in (role_name(side.role), side.period) if part)})"


def _stands(mark: str, side: Side) -> None:
    words = " ".join((side.sentence or side.quote).split())
    click.echo(f"      {mark} {side.source}:{side.start}-{side.end} “{words}”")


def _others(others: tuple[Other, ...]) -> Iterator[str]:
    for one in others:
        what = say(f"diff.{one.what}")
        if one.old is None:
            yield f"  + {what}: {one.new}"
        elif one.new is None:
            yield f"  - {what}: {one.old}"
        else:
            yield f"  ~ {what}: {one.old} → {one.new}"
