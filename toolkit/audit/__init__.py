"""Stage: audit.  Read the numbers of what was rendered back, and stop the brief when one of them is nobody's.

The audit trusts no earlier stage.  It looks at the bytes that are about to leave and at the settled facts: figures are parsed
again from the rendered text, quotations are compared with the source again.  Of the composed brief it takes the constants, the
notes and the facts that figures name, and holds them against the same facts and sources.
"""

from toolkit.audit.check import ReadAmount, audit

__all__ = ["ReadAmount", "audit"]
