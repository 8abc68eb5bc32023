"""typst for the layout alone: the contents of each page in an equivalent template: ``typst_layout.py PAGES OUT FONTS``.

The pages are turned into typst's markup before the clock starts, so this is less than what a user of typst would have to do.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst
from common import done, ready
from typst_markup import markup


def main() -> None:
    pages, out, fonts = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    paths = []
    for path in sorted(pages.glob("*.html")):
        source = out / f"{path.stem}.typ"
        source.write_text(markup(path.read_text("utf-8")), "utf-8")
        paths.append(source)

    def render(source: Path) -> None:
        typst.compile(source, output=source.with_suffix(".pdf"), font_paths=[fonts], pdf_standards=["a-3a", "ua-1"])

    render(paths[0])
    ready()
    for source in paths:
        render(source)
    done()


if __name__ == "__main__":
    main()
