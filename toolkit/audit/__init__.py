"""Last stage, audit: read the numbers of what was rendered back, and stop the brief when one of them is nobody's.

The audit trusts no earlier stage.  It looks at the bytes that are about to leave and at the settled facts, and at nothing in
between: figures are parsed again from the rendered text, quotations are compared with the source again.
"""

from toolkit.audit.check import ReadAmount, audit

__all__ = ["ReadAmount", "audit"]
