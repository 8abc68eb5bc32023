"""Facts of many localities and terms in one SQLite file: added, asked, ranked, followed over time, held against each other.

The tables are in ``schema.sql``, told in ``README.md``.  An object that was added is kept with its bytes; the tables are made of it
and can be made again.  Nothing here knows how facts are extracted or printed.

    add(corpus, [Path("output")])                                     # what `nhiemky build` wrote
    query(corpus, Query(("thu-ngan-sach",), term="2020-2025")).rows   # figures, each with source, sentence and offset
    select(corpus, Query(province="Hà Nội"))                          # the briefs that a comparison is made of
"""

from __future__ import annotations

from toolkit.corpus.query import Found, Query, Row, Selected, articles, query, select, suggestion
from toolkit.corpus.ranking import Ranking, rank
from toolkit.corpus.read import Listed, check, export, listing, stored
from toolkit.corpus.trend import Trend, trend
from toolkit.corpus.write import Added, add, remove

__all__ = [
    "Added",
    "Found",
    "Listed",
    "Query",
    "Ranking",
    "Row",
    "Selected",
    "Trend",
    "add",
    "articles",
    "check",
    "export",
    "listing",
    "query",
    "rank",
    "remove",
    "select",
    "stored",
    "suggestion",
    "trend",
]
