"""``nhiemky compare``: several localities, or several terms of one, side by side in one document."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from toolkit.cli.build import print_table, print_timings, progress_shown, wanted_formats
from toolkit.cli.corpus import corpus_option
from toolkit.cli.options import PLACE
from toolkit.errors import UsageError
from toolkit.messages import say
from toolkit.model.context import Level
from toolkit.workspace import OUTPUT, SOURCES

if TYPE_CHECKING:
    from toolkit.batch import BuildOptions
    from toolkit.comparing import Named
    from toolkit.model.place import Place

FORMATS = ("html", "pdf", "xlsx", "csv")


@click.command("compare", help=say("help.compare"))
@click.argument("sources", nargs=-1, type=PLACE)
@click.option("-f", "--format", "formats", multiple=True, default=FORMATS, show_default=True, help=say("option.compare_formats"))
@click.option("-o", "--output", type=PLACE, default=OUTPUT, show_default=True, help=say("option.output"))
@click.option("--query", "words", metavar="WORDS", help=say("option.compare_query"))
@click.option("--term", metavar="2020-2025", help=say("option.compare_term"))
@click.option("--province", metavar="NAME", help=say("option.compare_province"))
@click.option("--level", type=click.Choice([level.value for level in Level]), help=say("option.compare_level"))
@corpus_option
@click.option("--title", metavar="TEXT", help=say("option.compare_title"))
@click.option("--name", metavar="NAME", help=say("option.compare_name"))
@click.option("--style", metavar="NAME", default="so-sanh", show_default=True, help=say("option.compare_style"))
@click.option("--length", type=click.Choice(["one-page", "standard", "full"]), help=say("option.length"))
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help=say("option.set"))
@click.option(
    "-p", "--profiles", type=click.Path(path_type=Path, file_okay=False), help=say("option.profiles") + " [default: profiles/]"
)
@click.option("--templates", type=click.Path(path_type=Path, file_okay=False), help=say("option.templates"))
@click.option("--pdf-variant", metavar="NAME", help=say("option.pdf_variant"))
@click.option("-j", "--jobs", type=click.IntRange(min=1), help=say("option.jobs"))
@click.option("--strict", is_flag=True, help=say("option.strict"))
@click.option("--timings", is_flag=True, help=say("option.timings"))
def command(
    sources: tuple[Place, ...],
    formats: tuple[str, ...],
    output: Place,
    words: str | None,
    term: str | None,
    province: str | None,
    level: str | None,
    corpus: Path,
    title: str | None,
    name: str | None,
    style: str,
    length: str | None,
    settings: tuple[str, ...],
    profiles: Path | None,
    templates: Path | None,
    pdf_variant: str | None,
    jobs: int | None,
    strict: bool,
    timings: bool,
) -> int:
    """One call of ``comparing.compare``."""
    from toolkit.batch import BuildOptions
    from toolkit.comparing import Named
    from toolkit.pipeline import Making
    from toolkit.styles import style as known

    house = known(style.strip().lower())
    if not house.compares:
        raise UsageError(
            f"the style {house.id} is of one brief, not of a comparison", remedy="use `nhiemky build`, or leave --style out"
        )
    asked = click.get_current_context().get_parameter_source("corpus") is ParameterSource.COMMANDLINE
    if words or term or province or level or asked:
        if sources:
            raise UsageError(
                "articles were named and asked for from the corpus",
                remedy="leave the articles out, or --corpus, --query, --term, --province and --level",
            )
        from toolkit.corpus import Query, articles

        sources = articles(corpus, Query(tuple((words or "").split()), term, province, level=level))
    making = Making(formats=formats, length=length, style=house.id, templates=templates, pdf_variant=pdf_variant)
    options = BuildOptions(sources or (SOURCES,), output, profiles, settings, making, jobs, strict)
    return run(options, Named(title, name), timings=timings)


def run(options: BuildOptions, named: Named, *, timings: bool) -> int:
    """Check the wishes, compare, print what became of it; also what ``nhiemky build --style so-sanh`` does."""
    from toolkit.batch import RunReport
    from toolkit.comparing import compare
    from toolkit.model.vietnamese import slug
    from toolkit.render.comparison import FORMATS as KNOWN

    making = options.making
    formats = wanted_formats(making.formats, KNOWN)
    if making.appendix:
        raise UsageError(
            "a comparison has no appendix", remedy="leave --appendix out: its table holds all indicators with --length full"
        )
    if named.name is not None and slug(named.name) != named.name:
        raise UsageError(f"{named.name!r} is no folder name", remedy=f"write --name {slug(named.name) or 'so-sanh-1'}")
    if making.templates is not None:
        from toolkit.render.template_check import require_sound

        require_sound(making.templates)
    variant = making.pdf_variant
    if variant is not None:
        from toolkit.render.variants import variant as known

        variant = known(variant).name
    start = time.perf_counter()
    with progress_shown() as progress:
        outcomes, spent = compare(
            replace(options, making=replace(making, formats=formats, pdf_variant=variant)), named, progress=progress
        )
    report = RunReport(outcomes, (), spent)
    print_table(report, options.output)
    if timings:
        print_timings(spent, time.perf_counter() - start)
    return report.exit_code(strict=options.strict)
