"""``python -m tests.bench.making OUT --count 3321 --seed 1 --profiles``"""

from __future__ import annotations

import argparse
from pathlib import Path

from .generate import Wishes, make_articles, write

FORMATS = (".txt", ".html", ".docx", ".md")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.making", description="Writes articles about made-up localities.")
    parser.add_argument("folder", type=Path, help="where to write")
    parser.add_argument("--count", type=int, default=100, help="how many articles (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other articles (default 1)")
    parser.add_argument("--terms", type=int, default=1, choices=(1, 2, 3), help="articles a locality, one a term (default 1)")
    parser.add_argument("--formats", default=".txt", help=f"suffixes to draw from, with commas: {','.join(FORMATS)} (default .txt)")
    parser.add_argument("--plain", action="store_true", help="no decomposed letters, CRLF, missing terms, contradictions")
    parser.add_argument("--profiles", action="store_true", help="a profile each, in FOLDER/profiles")
    parser.add_argument("--facts", action="store_true", help="the planted figures, in FOLDER/facts.jsonl")
    given = parser.parse_args()
    formats = tuple(given.formats.split(","))
    if unknown := set(formats) - set(FORMATS):
        parser.error(f"unknown format: {', '.join(sorted(unknown))}")
    wishes = Wishes(formats, quirks=not given.plain, terms=given.terms)
    written = write(make_articles(given.count, given.seed, wishes), given.folder, profiles=given.profiles, facts=given.facts)
    print(f"{len(written)} articles in {given.folder}")


if __name__ == "__main__":
    main()
