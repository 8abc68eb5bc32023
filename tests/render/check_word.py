"""Word briefs of seeds/ through LibreOffice: every one opens, no word of a figure or quotation is lost, the PDF has every number.

    python tests/render/check_word.py [--keep FOLDER]

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

import pypdfium2

from toolkit.audit.numbers import tokens
from toolkit.audit.word import read_word
from toolkit.batch import BuildOptions, build
from toolkit.pipeline import Making

ROOT = Path(__file__).parents[2]
_SPACES = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when all documents came through whole, 1 when one did not, 2 without LibreOffice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed: apt install --no-install-recommends libreoffice-writer", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        making = Making(formats=("docx",))
        report = build(BuildOptions((ROOT / "seeds",), output=folder, profiles=ROOT / "profiles", making=making))
        faults = [f"{outcome.name}: {outcome.error}" for outcome in report.failed]
        for document in sorted(folder.rglob("brief.docx")):
            faults += _check(office, document)
    print("\n".join(faults) or f"{len(report.made)} Word documents: opened by LibreOffice, nothing lost")
    return 1 if faults else 0


def _check(office: str, document: Path) -> list[str]:
    """What LibreOffice lost of one document."""
    page = read_word(document.read_bytes())
    with tempfile.TemporaryDirectory() as profile:
        for kind in ("pdf", "txt:Text (encoded):UTF8"):
            command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind, "--outdir"]
            subprocess.run([*command, str(document.parent), str(document)], capture_output=True, timeout=180, check=False)
    lost = [name for name in (document.with_suffix(".pdf"), document.with_suffix(".txt")) if not name.is_file()]
    if lost:
        return [f"LibreOffice did not make {name}" for name in lost]
    read = _squash(document.with_suffix(".txt").read_text("utf-8-sig"))
    wanted = dict.fromkeys((*(figure.text for figure in page.figures), *(quotation.text for quotation in page.quotations)))
    faults = [f"{document}: not read: {words!r}" for words in wanted if _squash(words) not in read]
    # Words come out of a PDF in odd orders where a face lends single letters to another; numbers come out whole.
    printed = set(tokens(_text(document.with_suffix(".pdf"))))
    return faults + [f"{document}: not printed: {shown.text!r}" for shown in page.figures if not set(tokens(shown.text)) <= printed]


def _text(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _squash(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFC", text))


if __name__ == "__main__":
    sys.exit(main())
