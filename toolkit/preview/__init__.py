"""Briefs in the browser, made again as their sources, profiles and templates change.

``workshop`` keeps what was read and settled and makes again what a change touches; ``server`` hands it out on this machine only and
tells the browser to reload; ``pages`` are the list, the faults and the few lines of script.  Nothing is written to disk.
"""

from toolkit.preview.server import PreviewServer
from toolkit.preview.workshop import Change, Workshop

__all__ = ["Change", "PreviewServer", "Workshop"]
