"""Good documents broken on purpose: a validator that does not see the defect proves nothing about the others."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pages
import pdfs
from build import Document
from tools import Missing, Tools

FLAVOURS = ("ua1", "3a")


def prove(tools: Tools, found: list[Document], folder: Path) -> int:
    """Breaks the first PDF of the default kind and the first page in many ways; gives how many defects nobody saw."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf = next(document.file for document in found if document.kind == "ua-1+a-3a")
    page = next(document.file for document in found if document.kind == "html")
    unseen = [*_pdf_defects(tools, pdf, folder), *_page_defects(tools, page, folder)]
    print(*(f"not seen: {name}" for name in unseen), sep="\n" if unseen else "")
    return len(unseen)


def _pdf_defects(tools: Tools, good: Path, folder: Path) -> list[str]:
    made = subprocess.run(
        [str(tools.python), str(tools.defects), str(good), str(folder)], capture_output=True, text=True, check=False
    )
    files = sorted(folder.glob("*.pdf"))
    if made.returncode or not files:
        raise Missing(f"no files could be broken: {made.stderr[-600:]}")
    sound, carried = pdfs.each(tools, files)
    verdicts = (pdfs.vera(tools, FLAVOURS, files), pdfs.outloud(tools, files), sound, carried)
    seen = [file for file in files if any(verdict[file] for verdict in verdicts)]
    print(f"\n{len(seen)} of {len(files)} broken PDFs were seen")
    return [file.name for file in files if file not in seen]


PAGE_DEFECTS: dict[str, Callable[[str], str]] = {
    "no-language": lambda page: page.replace('<html lang="vi">', "<html>"),
    "no-title": lambda page: re.sub(r"<title>.*?</title>", "", page, count=1),
    "pale": lambda page: page.replace("</head>", "<style>p { color: #ccc !important; background: #fff !important }</style></head>"),
    "pale-in-the-dark": lambda page: page.replace(
        "</head>", "<style>@media (prefers-color-scheme: dark) { p { color: #333 !important } }</style></head>"
    ),
    "wide": lambda page: page.replace("</main>", '<p style="width: 1400px">a</p></main>'),
    "wide-on-a-phone": lambda page: page.replace("</main>", '<p style="width: 350px">a</p></main>'),
    "fetches": lambda page: page.replace("</main>", '<img src="https://example.org/a.png" alt="a"></main>'),
    "image-without-words": lambda page: page.replace("</main>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>'),
    "element-in-the-wrong-place": lambda page: page.replace("<main>", "<main><li>a</li>"),
    "script-that-fails": lambda page: page.replace("</main>", "</main><script>none.of()</script>"),
}


def _page_defects(tools: Tools, good: Path, folder: Path) -> list[str]:
    page = good.read_text("utf-8")
    files = []
    for name, spoil in PAGE_DEFECTS.items():
        file = folder / f"{name}.html"
        file.write_text(spoil(page), "utf-8")
        files.append(file)
    verdicts = (pages.nu(tools, files), pages.browser(tools, files, pages.ALL_VIEWS))
    seen = [file for file in files if any(verdict[file] for verdict in verdicts)]
    print(f"{len(seen)} of {len(files)} broken pages were seen")
    return [file.name for file in files if file not in seen]
