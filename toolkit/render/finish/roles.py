"""Which structure type of PDF 1.7 an HTML element has (ISO 32000-1, 14.8.4).

Elements that are not listed are seen through: their content belongs to the element around them.  ``strong``, ``em`` and ``data``
have no type there; ``header`` and ``footer`` are groups without a meaning of their own.
"""

from __future__ import annotations

BLOCKS = {
    "main": "Part", "article": "Art", "section": "Sect", "nav": "Sect", "aside": "Sect",
    "div": "Div", "header": "Div", "footer": "Div", "address": "Div", "fieldset": "Div", "figure": "Div", "pre": "P",
    "blockquote": "BlockQuote", "p": "P", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "dl": "L", "menu": "L",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "caption": "Caption", "figcaption": "Caption",
}  # fmt: skip

INLINES = {"q": "Quote", "code": "Code", "cite": "Reference"}

GROUPS = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote"))
"""Types that hold no text themselves; text that stands in them becomes a paragraph."""

TABLE_PARTS = frozenset(("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"))
"""Types that stay even when they are empty: an empty cell holds its place in the grid."""

SVG = "{http://www.w3.org/2000/svg}svg"

NUMBERING = {
    "disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal", "decimal-leading-zero": "Decimal",
    "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha", "upper-alpha": "UpperAlpha", "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman", "upper-roman": "UpperRoman",
}  # fmt: skip
"""``list-style-type`` as ``/ListNumbering`` (ISO 32000-1, table 347); PDF/UA-1, 7.6, wants it of ordered lists."""
