"""Made-up articles about made-up localities, thousands of them, from a seed: for benchmarks and tests.

    from making import make_article, make_articles, write        # inside tests/bench
    python -m tests.bench.making OUT --count 3321 --seed 1       # from the top of the repository

The same seed gives the same bytes on every machine; article ``i`` does not depend on how many are made.  Each has a locality of its
own (with ``terms`` above 1: several terms of it), and tells which figures were written into it.
"""

from __future__ import annotations

from .article import Article, Block, Fact, Figure, Place
from .files import encode
from .generate import Wishes, make_article, make_articles, write
from .profiles import profile

__all__ = ["Article", "Block", "Fact", "Figure", "Place", "Wishes", "encode", "make_article", "make_articles", "profile", "write"]
