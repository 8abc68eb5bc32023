"""``nhiemky query``: figures of a corpus, each with its sentence and place."""

from __future__ import annotations

import io
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from toolkit.cli.corpus import corpus_option
from toolkit.errors import UsageError
from toolkit.messages import say

if TYPE_CHECKING:
    from toolkit.corpus import Found, Query, Ranking, Row, Trend

NOTHING = 1
"""Exit code where nothing was found."""

ROLES = ("result", "plan", "attainment", "change")
KINDS = ("money", "percent", "count", "measure", "fraction", "ratio", "rank")
SECTORS = (
    *("kinh-te", "do-thi", "van-hoa-xa-hoi", "giao-duc-y-te", "quoc-phong-an-ninh", "chinh-quyen", "xay-dung-dang"),
    *("dan-van-doan-the", "chung"),
)
LEVELS = ("phường", "xã", "thị trấn", "đặc khu", "quận", "huyện", "thị xã", "thành phố", "tỉnh")


@click.command("query", help=say("help.query"))
@click.argument("words", nargs=-1)
@corpus_option
@click.option("--term", metavar="2020-2025", help=say("option.query_term"))
@click.option("--province", metavar="NAME", help=say("option.query_province"))
@click.option("--locality", metavar="NAME", help=say("option.query_locality"))
@click.option("--level", type=click.Choice(LEVELS), help=say("option.query_level"))
@click.option("--sector", type=click.Choice(SECTORS), help=say("option.query_sector"))
@click.option("--role", type=click.Choice(ROLES), help=say("option.query_role"))
@click.option("--kind", type=click.Choice(KINDS), help=say("option.query_kind"))
@click.option("--unit", metavar="UNIT", help=say("option.query_unit"))
@click.option("--period", metavar="YEAR", help=say("option.query_period"))
@click.option("--review/--no-review", default=None, help=say("option.query_review"))
@click.option(
    "--sort",
    "order",
    type=click.Choice(["place", "value", "-value"]),
    default="place",
    show_default=True,
    help=say("option.query_sort"),
)
@click.option("--limit", type=click.IntRange(min=1), help=say("option.query_limit"))
@click.option("--rank", "ranked", is_flag=True, help=say("option.query_rank"))
@click.option("--best", type=click.Choice(["high", "low"]), help=say("option.query_best"))
@click.option("--trend", "followed", is_flag=True, help=say("option.query_trend"))
@click.option("--indicators", "listed", is_flag=True, help=say("option.query_indicators"))
@click.option(
    "-f", "--format", "format_", type=click.Choice(["table", "csv", "json", "jsonl", "xlsx"]), default="table", show_default=True,
    help=say("option.query_format"),
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=say("option.query_output"))
def command(
    words: tuple[str, ...],
    corpus: Path,
    ranked: bool,
    best: str | None,
    followed: bool,
    listed: bool,
    format_: str,
    output: Path | None,
    **options: Any,
) -> int:
    """Figures, a ranking or a trend; 1 when nothing was found."""
    from toolkit.corpus import Query, query, rank, trend

    if listed:
        return _list_indicators()
    if output is not None and click.get_current_context().get_parameter_source("format_") is ParameterSource.DEFAULT:
        format_ = {".xlsx": "xlsx", ".json": "json", ".jsonl": "jsonl"}.get(output.suffix.lower(), "csv")
    if ranked and followed:
        raise UsageError("a question has one answer: --rank or --trend", remedy="leave one of them out")
    if best and not ranked:
        raise UsageError("--best says which end of a ranking is better", remedy="add --rank, or leave --best out")
    if format_ == "xlsx" and output is None:
        raise UsageError("a spreadsheet needs a file", remedy="name it with --output, as in --output so-lieu.xlsx")
    limit = options.pop("limit")
    wanted = Query(words, **options, limit=None if ranked or followed else limit)
    found = query(corpus, wanted)
    if not found.rows:
        _nothing(corpus, words)
        return NOTHING
    answer: Found | Ranking | Trend = found
    if ranked:
        answer = rank(found.rows, best, wanted.role)
    elif followed:
        answer = trend(found.rows, wanted.role)
    if format_ == "table" and output is None:
        _print(answer, limit)
    else:
        deliver(_formed(answer, wanted, format_, limit), output)
    _count(answer)
    return 0


def write(text: str) -> None:
    """Text to standard output with its line ends as they are: CSV has its own."""
    stream = getattr(sys.stdout, "buffer", None)
    if isinstance(stream, io.BufferedIOBase):
        sys.stdout.flush()
        stream.write(text.encode())
    else:
        sys.stdout.write(text)


def deliver(data: str | bytes, output: Path | None) -> None:
    """To a file, whole or not at all, or to standard output.  Raises ``DeliverError``."""
    if output is None:
        assert isinstance(data, str)
        write(data)
        return
    from toolkit.deliver import write_file

    write_file(output, data.encode() if isinstance(data, str) else data)


def role_name(role: str) -> str:
    """A role in the user's language."""
    return say(f"query.role_{role}")


# ---------------------------------------------------------------- for programs


def _formed(answer: Found | Ranking | Trend, wanted: Query, format_: str, limit: int | None) -> str | bytes:
    from toolkit.corpus.tables import to_csv, to_json, to_lines, to_object, values

    rows = _rows(answer)[:limit]
    if format_ in ("csv", "xlsx", "table"):
        flat = [{**more, **values(row)} for row, more in rows]
        if format_ != "xlsx":
            return to_csv(flat)
        from toolkit.corpus.sheet import to_xlsx

        return to_xlsx(flat, list(flat[0]) if flat else [], " ".join(wanted.words) or "nhiemky")
    objects = (to_object(row, **_plain(more)) for row, more in rows)
    if format_ == "jsonl":
        return "".join(line + "\n" for line in to_lines(objects))
    return to_json({"query": asdict(wanted), "counts": _counted(answer)}, objects) + "\n"


def _rows(answer: Found | Ranking | Trend) -> list[tuple[Row, dict[str, Any]]]:
    """Figures with what the answer adds to each."""
    from toolkit.corpus import Found, Ranking

    if isinstance(answer, Found):
        return [(row, {}) for row in answer.rows]
    if isinstance(answer, Ranking):
        return [(placed.row, {"rank": placed.rank}) for placed in answer.placed]
    return [(step.row, {"change": _digits(step.change)}) for line in answer.lines for step in line.steps]


def _digits(value: object) -> str | None:
    return None if value is None else format(value, "f")


def _plain(more: dict[str, Any]) -> dict[str, Any]:
    from decimal import Decimal

    from toolkit.contract import number_to_json

    return {name: number_to_json(Decimal(value)) if isinstance(value, str) else value for name, value in more.items()}


def _counted(answer: Found | Ranking | Trend) -> dict[str, Any]:
    from toolkit.corpus import Found, Ranking

    if isinstance(answer, Found):
        return {"figures": answer.total, "localities": answer.localities, **answer.counts}
    if isinstance(answer, Ranking):
        return {"ranked": len(answer.placed), "best": answer.best, "period": answer.period, "left_out": answer.reasons}
    return {"lines": len(answer.lines), "single": len(answer.single), "undated": len(answer.undated)}


# ---------------------------------------------------------------- for people


def _print(answer: Found | Ranking | Trend, limit: int | None) -> None:
    from toolkit.corpus import Found, Ranking

    if isinstance(answer, Found):
        for row in answer.rows[:limit]:
            click.echo(f"{place(row)}  {_term(row)}")
            click.echo(f"  {row.label}: {click.style(figure(row), bold=True)} ({_details(row)})")
            _stands(row)
    elif isinstance(answer, Ranking):
        click.echo(
            click.style(
                say("query.ranking", label=_label(answer), period=answer.period or "–", role=role_name(answer.role)), bold=True
            )
        )
        for placed in answer.placed[:limit]:
            click.echo(f"{placed.rank:>4}. {place(placed.row)}: {click.style(figure(placed.row), bold=True)}")
            _stands(placed.row)
    else:
        _print_trend(answer)


def _print_trend(answer: Trend) -> None:
    for line in answer.lines:
        click.echo(click.style(f"{answer.locality}: {line.label} ({role_name(line.role)})", bold=True))
        for step in line.steps:
            change = ""
            if step.change is not None:
                change = f"  ({_change(step.change, step.row)})"
            elif step.why:
                change = f"  ({say('query.no_change')}: {say(f'query.why_{step.why}')})"
            click.echo(f"  {step.row.when}: {click.style(figure(step.row), bold=True)}{change}")
            _stands(step.row)
    if not answer.lines:
        click.echo(say("query.no_trend"))


def _change(change: Any, row: Row) -> str:
    from dataclasses import replace

    from toolkit.model.amount import Bound
    from toolkit.model.wording import amount, number

    if change == 0:
        return say("query.unchanged")
    words = say("query.more" if change > 0 else "query.less")
    if row.kind == "percent":
        return f"{words} {number(abs(change))} {say('query.points')}"
    if row.kind in ("fraction", "rank"):
        return f"{words} {number(abs(change).normalize())}"
    return f"{words} {amount(replace(row.amount, value=abs(change), bound=Bound.EXACT))}"


def place(row: Row) -> str:
    """``phường Hạ Đình (Hà Nội)``."""
    name = f"{row.level or ''} {row.locality or '?'}".strip()
    return f"{name} ({row.province})" if row.province and row.province != row.locality else name


def _term(row: Row) -> str:
    term = row.year or row.term or "–"
    return f"{term} ({say('query.inferred')})" if row.term_inferred and not row.year else term


def figure(row: Row) -> str:
    """The source's own words for a figure; a value that a profile settled, as an office writes it."""
    return " ".join((row.quote or "").split()) if row.origin == "source" and row.quote else row.text


def _details(row: Row) -> str:
    parts = [role_name(row.role), row.period, row.place, row.indicator]
    parts += [say("query.not_exact")] if row.bound != "exact" else []
    parts += [say("query.settled", reason=row.reason)] if row.origin == "profile" else []
    parts += [say("query.look")] if row.review else []
    return ", ".join(part for part in parts if part)


def _stands(row: Row) -> None:
    words = " ".join((row.sentence or row.quote or "").split())
    click.echo(click.style(f"     {row.source}:{row.start}-{row.end} “{words}”", dim=True))


def _label(answer: Ranking) -> str:
    from toolkit.corpus.words import indicators

    entry = indicators().get(answer.indicator or "")
    return entry.label if entry else answer.label


def _count(answer: Found | Ranking | Trend) -> None:
    """What was found and what of it cannot be compared, on standard error."""
    from toolkit.corpus import Found, Ranking

    if isinstance(answer, Found):
        lines = [say("query.found", n=answer.total, places=answer.localities)]
        lines += [say("query.cut", n=len(answer.rows))] if len(answer.rows) < answer.total else []
        if answer.counts["units"] > 1:
            lines.append(say("query.units", n=answer.counts["units"]))
        lines += [say(f"query.{name}", n=n) for name, n in answer.counts.items() if n and name != "units"]
    elif isinstance(answer, Ranking):
        lines = [say("query.ranked", n=len(answer.placed), best=say(f"query.best_{answer.best}"))]
        lines += [say(f"query.left_{why.replace('-', '_')}", n=n) for why, n in answer.reasons.items()]
    else:
        lines = [say("query.followed", n=len(answer.lines))]
        lines += [say("query.single", n=len(answer.single))] if answer.single else []
        lines += [say("query.undated", n=len(answer.undated))] if answer.undated else []
    for line in lines:
        click.echo(line, err=True)


def _nothing(corpus: Path, words: tuple[str, ...]) -> None:
    from toolkit.corpus import suggestion

    near = suggestion(corpus, words) if words else None
    click.echo(say("query.none") + (say("cli.did_you_mean", name=near) if near else ""), err=True)


def _list_indicators() -> int:
    from toolkit.corpus.words import indicators

    for key, entry in indicators().items():
        click.echo(f"{key:<24} {entry.label}")
    return 0
