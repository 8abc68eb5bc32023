"""Stage: merge.  Sources find their locality and term together, then one dossier a group is settled, with the profile's last word.

    group(sheets, profiles) → [Group] → merge(group) → Dossier

``grouping`` (over ``units``, ``heirs``, ``folders``, ``terms``) says which sources belong together, ``agreement`` when two figures
say the same, ``precedence`` who wins when they do not; ``fuse``, ``entries``, ``indicators`` and ``scalars`` make one entry of each
thing; ``overrides``, ``entry_rules`` and ``display`` apply the profile; ``conflicts`` and ``answered`` say what is to be seen.
"""

from toolkit.merge.dossier import merge
from toolkit.merge.grouping import Group, card, group

__all__ = ["Group", "card", "group", "merge"]
