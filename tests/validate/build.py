"""The documents that are judged: all briefs of ``seeds/`` in every style, appendix and all, and their comparison; as HTML and in
every kind of PDF."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Document(NamedTuple):
    """One file with its style, and its kind of PDF (``html`` for a page)."""

    style: str
    kind: str
    file: Path


def documents(output: Path, kinds: list[str], jobs: int = 2) -> list[Document]:
    """Everything built below ``output``: ``<style>/<kind>/<locality>.pdf`` and ``<style>/html/<locality>.html``."""
    from toolkit.styles import names

    with ProcessPoolExecutor(jobs) as pool:
        beside = pool.submit(_comparison, output, kinds)
        rounds = [(output, style, kinds) for style in names()]
        return [*(document for made in pool.map(_style, rounds) for document in made), *beside.result()]


def _comparison(output: Path, kinds: list[str]) -> list[Document]:
    """The five localities side by side."""
    from toolkit.batch import find_sources
    from toolkit.comparing import make_comparison
    from toolkit.pipeline import Making, load_profiles, read_facts, settle

    dossiers, _ = settle([read_facts(path) for path in find_sources([ROOT / "seeds"])], load_profiles(ROOT / "profiles"))
    made = []
    for kind in ["html", *kinds]:
        making = Making(formats=("html",)) if kind == "html" else Making(formats=("pdf",), pdf_variant=kind)
        (artifact,) = make_comparison(dossiers, making).artifacts
        file = output / "so-sanh" / kind / artifact.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(artifact.data)
        made.append(Document("so-sanh", kind, file))
    return made


def _style(given: tuple[Path, str, list[str]]) -> list[Document]:
    """All documents of one style."""
    from toolkit.batch import find_sources
    from toolkit.pipeline import compose_brief, facts_file, load_profiles, read_facts, settle
    from toolkit.render import render

    output, style, kinds = given
    profiles = load_profiles(ROOT / "profiles", (f"display.style={style}", "display.appendix=true"))
    dossiers, _ = settle([read_facts(path) for path in find_sources([ROOT / "seeds"])], profiles)
    made = []
    for dossier in dossiers:
        brief, facts = compose_brief(dossier), facts_file(dossier).data
        for kind in ["html", *kinds]:
            (artifact,) = render(
                brief, ("html" if kind == "html" else "pdf",), facts=facts, pdf_variant=None if kind == "html" else kind
            )
            file = output / style / kind / f"{dossier.folder.replace('/', '_')}{Path(artifact.name).suffix}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(artifact.data)
            made.append(Document(style, kind, file))
    return made
