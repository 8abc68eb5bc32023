"""Every brief of ``seeds/`` in every style and every kind of PDF before independent validators (`make validate`).

    python tests/validate/documents.py [--quick] [--prove] [--home DIR] [--shared DIR] [--keep DIR] [FILE...]

``--quick`` takes the default kind of PDF and two views of each page; ``--prove`` breaks good files on purpose and fails when a
defect goes unseen; ``FILE...`` are judged instead of the briefs (as PDF/UA-1 and PDF/A-3a, unless ``--as`` names another kind).
Prints a table.  Ends with 0 when nothing was found, 1 when something was, 2 when a tool is missing: then nothing was proved.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pages
import pdfs
from broken import prove
from build import Document, documents
from tools import Missing, Tools, provide

from toolkit.render.variants import DEFAULT, VARIANTS

ROOT = Path(__file__).parents[2]
COLUMNS = ("veraPDF", "outloud", "qpdf", "fonts", "Nu", "axe, widths")
Verdicts = dict[str, dict[Path, list[str]]]


def judge(tools: Tools, found: list[Document], views: str) -> Verdicts:
    """The faults of every document by validator; PDF and HTML are judged side by side."""
    with ThreadPoolExecutor(2) as pool:
        of_pages = pool.submit(_judge_pages, tools, [d.file for d in found if d.kind == "html"], views)
        verdicts = _judge_pdfs(tools, [d for d in found if d.kind != "html"])
        return verdicts | of_pages.result()


def _judge_pdfs(tools: Tools, found: list[Document]) -> Verdicts:
    by_kind: dict[str, list[Path]] = defaultdict(list)
    for document in found:
        by_kind[document.kind].append(document.file)
    verdicts: Verdicts = {name: {} for name in COLUMNS[:4]}
    for kind, files in by_kind.items():
        asked = VARIANTS[kind]
        if asked.flavours:
            verdicts["veraPDF"] |= pdfs.vera(tools, asked.flavours, files)
        if "ua1" in asked.flavours:
            verdicts["outloud"] |= pdfs.outloud(tools, files)
        sound, carried = pdfs.each(tools, files)
        verdicts["qpdf"] |= sound
        verdicts["fonts"] |= carried
    return verdicts


def _judge_pages(tools: Tools, files: list[Path], views: str) -> Verdicts:
    if not files:
        return {"Nu": {}, "axe, widths": {}}
    return {"Nu": pages.nu(tools, files), "axe, widths": pages.browser(tools, files, views)}


def table(found: list[Document], verdicts: Verdicts) -> int:
    """Prints a row for each style and kind, then every fault; gives the number of faults."""
    rows: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for document in found:
        rows[document.style, document.kind].append(document.file)
    print(f"{'style':<12}{'kind':<12}{'files':>6}{'largest':>10}  " + "".join(f"{name:<13}" for name in COLUMNS))
    for (style, kind), files in rows.items():
        largest = max(file.stat().st_size for file in files) / 1000
        cells = [_cell(verdicts[name], files) for name in COLUMNS]
        print(f"{style:<12}{kind:<12}{len(files):>6}{largest:>7.0f} kB  " + "".join(f"{cell:<13}" for cell in cells).rstrip())
    faults = [f"{file}: {fault}" for of in verdicts.values() for file, told in of.items() for fault in told]
    print(*(["", *faults] if faults else []), sep="\n")
    return len(faults)


def _cell(verdict: dict[Path, list[str]], files: list[Path]) -> str:
    told = [verdict[file] for file in files if file in verdict]
    if not told:
        return "–"
    bad = sum(map(bool, told))
    return f"{bad} of {len(told)} bad" if bad else "ok"


def given_files(files: list[Path], kind: str) -> list[Document]:
    """Files named by the user."""
    return [Document("given", "html" if file.suffix.lower() in (".html", ".htm") else kind, file) for file in files]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--prove", action="store_true")
    parser.add_argument("--as", dest="kind", choices=list(VARIANTS), default=DEFAULT)
    parser.add_argument("--home", type=Path, default=ROOT / ".validate")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--keep", type=Path, help="leave the documents in this folder")
    given = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as temporary:
        try:
            tools = provide(given.home.absolute(), given.shared)
            kinds = [DEFAULT] if given.quick else list(VARIANTS)
            output = given.keep or Path(temporary)
            found = given_files(given.files, given.kind) if given.files else documents(output, kinds)
            faults = table(found, judge(tools, found, pages.QUICK_VIEWS if given.quick else pages.ALL_VIEWS))
            if given.prove:
                faults += prove(tools, found, Path(temporary) / "broken")
        except Missing as missing:
            print(f"nothing was proved: {missing}", file=sys.stderr)
            return 2
    print(f"{faults} fault(s) in {len(found)} document(s), {time.perf_counter() - start:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
