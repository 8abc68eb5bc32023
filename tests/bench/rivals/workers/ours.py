"""nhiemky's whole batch, from reading the articles to the finished folders, HTML and PDF: ``ours.py SOURCES OUT PROCESSES``.

The processes are warm: each has built briefs before the clock starts.  The measured build goes into an empty folder.
"""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from common import done, ready

from toolkit.batch import BuildOptions, build
from toolkit.pipeline import Making


def main() -> None:
    sources, out, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    paths = tuple(sorted(sources.glob("*.txt")))
    making = Making(formats=("html", "pdf"))
    with ProcessPoolExecutor(processes) as pool:
        executor = pool if processes > 1 else None
        warming = BuildOptions(paths[: 2 * processes], out / "warm", profiles=sources, making=making, jobs=processes)
        build(warming, executor=executor)
        shutil.rmtree(out / "warm")
        ready()
        report = build(BuildOptions(paths, out / "briefs", profiles=sources, making=making, jobs=processes), executor=executor)
        done()
    if report.failed or len(report.made) != len(paths):
        sys.exit(f"{len(report.made)} of {len(paths)} briefs: {report.failed[:2]}")
    for path in sorted((out / "briefs").rglob("brief.pdf")):
        path.rename(out / f"{path.parent.parent.name}-{path.parent.name}.pdf")


if __name__ == "__main__":
    main()
