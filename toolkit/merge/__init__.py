"""Stage: merge.  Sources find their locality and term together, then one dossier a group is settled, with the profile's last word.

    group(sheets, profiles) → [Group] → merge(group) → Dossier

``grouping`` says which sources belong together, ``agreement`` when two figures say the same, ``precedence`` who wins when they do
not, ``fuse`` makes one entry of each thing, ``overrides`` applies the profile, ``conflicts`` words what a person should see.
"""

from toolkit.merge.dossier import merge
from toolkit.merge.grouping import Group, group

__all__ = ["Group", "group", "merge"]
