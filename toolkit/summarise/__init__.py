"""Stage: choose the sentences that an editor would keep.

``rank`` scores the passages of one report, ``digest`` chooses among all sources of a brief, sector by sector.
"""

from toolkit.summarise.digest import digest
from toolkit.summarise.ranking import rank

__all__ = ["digest", "rank"]
