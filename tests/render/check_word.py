"""Word briefs of seeds/ through LibreOffice: every one opens, no word of a figure or quotation is lost, the PDF has every number.

    python tests/render/check_word.py [--keep FOLDER] [--style NAME]

All house styles, with and without the appendix.  The PDF of an official form is measured as well: margins, sizes, rules, places.

Needs LibreOffice Writer (Debian, Ubuntu: apt install --no-install-recommends libreoffice-writer), so it is no part of `make test`;
`make check-word` runs it.  ``--keep`` leaves the documents and their PDFs in a folder, to be looked at.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import form_geometry
from geometry import measure

from toolkit.audit.numbers import tokens
from toolkit.audit.word import read_word
from toolkit.batch import BuildOptions, build
from toolkit.pipeline import Making
from toolkit.styles import names, style

ROOT = Path(__file__).parents[2]
_SPACES = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")
_AT_A_TIME = 180
"""Seconds for one call of LibreOffice, which takes all documents of a style."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when all documents came through whole, 1 when one did not, 2 without LibreOffice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--style", choices=names(), action="append")
    options = parser.parse_args(arguments)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed: apt install --no-install-recommends libreoffice-writer", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        made, faults = 0, []
        for name in options.style or names():
            documents, failed = _make(folder / name, name)
            made, faults = made + len(documents), faults + failed + _check(office, documents, name)
    print("\n".join(faults) or f"{made} Word documents: opened by LibreOffice, nothing lost, the official forms in form")
    return 1 if faults else 0


def _make(folder: Path, name: str) -> tuple[list[Path], list[str]]:
    """All seeds in one style, with the appendix and without; documents of one folder, and what failed."""
    documents, faults = [], []
    for appendix in (False,) if style(name).exact else (False, True):
        with tempfile.TemporaryDirectory() as scratch:
            making = Making(formats=("docx",), style=name, appendix=appendix)
            options = BuildOptions((ROOT / "seeds",), output=Path(scratch), profiles=ROOT / "profiles", making=making)
            faults += [f"{name}: {outcome.name}: {outcome.error}" for outcome in build(options).failed]
            for document in sorted(Path(scratch).rglob("brief.docx")):
                place = "-".join(document.parent.relative_to(scratch).parts)
                documents.append(folder / f"{place}{'-phu-luc' if appendix else ''}.docx")
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(document, documents[-1])
    return documents, faults


def _check(office: str, documents: Sequence[Path], name: str) -> list[str]:
    """What LibreOffice lost of the documents of one style."""
    with tempfile.TemporaryDirectory() as profile:
        for kind in ("pdf", "txt:Text (encoded):UTF8"):
            command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind, "--outdir"]
            command += [str(documents[0].parent), *map(str, documents)]
            subprocess.run(command, capture_output=True, timeout=_AT_A_TIME, check=False)
    return [fault for document in documents for fault in _lost(document, name)]


def _lost(document: Path, name: str) -> list[str]:
    missing = [one for one in (document.with_suffix(".pdf"), document.with_suffix(".txt")) if not one.is_file()]
    if missing:
        return [f"LibreOffice did not make {one}" for one in missing]
    page = read_word(document.read_bytes())
    read = _squash(document.with_suffix(".txt").read_text("utf-8-sig"))
    wanted = dict.fromkeys((*(figure.text for figure in page.figures), *(quotation.text for quotation in page.quotations)))
    faults = [f"not read: {words!r}" for words in wanted if _squash(words) not in read]
    sheets = measure(document.with_suffix(".pdf").read_bytes())
    # Words come out of a PDF in odd orders where a face lends single letters to another; numbers come out whole.
    printed = set(tokens("\n".join(sheet.text for sheet in sheets)))
    faults += [f"not printed: {shown.text!r}" for shown in page.figures if not set(tokens(shown.text)) <= printed]
    if style(name).official:
        faults += form_geometry.faults(sheets, name)
    if style(name).exact and len(sheets) > 1:
        faults.append(f"{len(sheets)} pages instead of one")
    smallest = min(line.size for sheet in sheets for line in sheet.lines)
    if smallest < style(name).smallest - 0.1:
        faults.append(f"a line of {smallest} pt")
    return [f"{name}/{document.name}: {fault}" for fault in faults]


def _squash(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFC", text))


if __name__ == "__main__":
    sys.exit(main())
