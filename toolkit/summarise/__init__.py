"""Stage: choose the sentences that an editor would keep.

``rank`` scores the passages of one report, ``digest`` chooses among all sources of a brief, sector by sector.  ``summarise``
takes any set of Vietnamese texts and a budget of syllables; ``run_batch`` does so for JSON Lines.
"""

from toolkit.summarise.digest import digest
from toolkit.summarise.general import run_batch, summarise
from toolkit.summarise.ranking import rank
from toolkit.summarise.summary import Candidate, Kept, Summary

__all__ = ["Candidate", "Kept", "Summary", "digest", "rank", "run_batch", "summarise"]
