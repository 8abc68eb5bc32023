"""Administrative units before and after 1 July 2025: names, levels, parents, what became of each.

Built over the mapping that underthesea ships (from vietnamadminunits 1.0.4; 10,602 rows of old commune to new commune), read as a
data file without importing underthesea.  Its known faults are met here and nowhere else: names lost where two differ only in
their marks are restored from the keys (``rows``), statuses are computed from the rows instead of believed, and a question with
several answers gets all of them, never the first.  The data know codes of provinces only, so ``code`` is None for the rest.
"""

from __future__ import annotations

from toolkit.gazetteer.find import Gazetteer, describe_place, gazetteer, resolve
from toolkit.gazetteer.parse import parse_place
from toolkit.gazetteer.rows import Era, Unit

__all__ = ["Era", "Gazetteer", "Unit", "describe_place", "gazetteer", "parse_place", "resolve"]
