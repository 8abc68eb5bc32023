"""What a user of WeasyPrint writes, ``HTML(string=page).write_pdf(…)``, warm: ``plain.py PAGES OUT PROCESSES VARIANT``."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from common import done, ready


def render(out: Path, variant: str, path: Path) -> None:
    from weasyprint import HTML

    data = HTML(string=path.read_text("utf-8")).write_pdf(pdf_variant=variant)
    (out / f"{path.stem}.pdf").write_bytes(data)


def main() -> None:
    pages, out, processes, variant = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    paths = sorted(pages.glob("*.html"))
    work = partial(render, out, variant)
    if processes == 1:
        work(paths[0])
        ready()
        for path in paths:
            work(path)
        done()
        return
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(work, paths[: 2 * processes]))
        ready()
        list(pool.map(work, paths))
        done()


if __name__ == "__main__":
    main()
