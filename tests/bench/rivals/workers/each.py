"""A command for each page, cold: ``each.py PAGES OUT COUNT COMMAND…``, in which IN and OUT stand for the files."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from common import done, ready


def main() -> None:
    pages, out, count, command = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    ready()
    for path in sorted(pages.glob("*.html"))[:count]:
        target = out / f"{path.stem}.pdf"
        call = [
            part.replace("IN", str(path)).replace("OUT", str(target)) if part in ("IN", "OUT", "--print-to-pdf=OUT") else part
            for part in command
        ]
        made = subprocess.run(call, capture_output=True, text=True, check=False)
        if made.returncode or not target.is_file():
            sys.exit(f"{call[0]} ended with {made.returncode}: {made.stderr[-600:]}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    done(used.ru_utime + used.ru_stime)


if __name__ == "__main__":
    main()
