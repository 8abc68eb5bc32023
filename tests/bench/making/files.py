"""An article as the bytes of a file: plain text, Markdown, a web page, a Word document.  The same article, the same bytes."""

from __future__ import annotations

import html
import io
import unicodedata
import zipfile

from .article import Article, Block

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>",
}


def encode(article: Article) -> bytes:
    """The bytes of the article's file, by its suffix, with its line ends and its form of letters."""
    if article.suffix == ".docx":
        return _docx(article)
    text = {".html": _html, ".md": _markdown}.get(article.suffix, lambda one: one.text)(article)
    if article.decomposed:
        text = unicodedata.normalize("NFD", text)
    return (text.replace("\n", "\r\n") if article.crlf else text).encode("utf-8")


def _markdown(article: Article) -> str:
    marks = {"title": "# ", "heading": "## "}
    return "\n\n".join(marks.get(block.kind, "") + block.text for block in article.blocks) + "\n"


def _html(article: Article) -> str:
    title = next(block.text for block in article.blocks if block.kind == "title")
    above, below = _furniture(article)
    inner = "\n".join(_element(block) for block in article.blocks[len(above) : len(article.blocks) - len(below)])
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>{html.escape(title)}</title>\n'
        f'<meta property="article:published_time" content="{article.published}">\n</head>\n<body>\n'
        f"<nav>{_links(above)}</nav>\n<article>\n{inner}\n</article>\n<footer>{_links(below)}</footer>\n</body>\n</html>\n"
    )


def _furniture(article: Article) -> tuple[list[Block], list[Block]]:
    """The lines before the title, and those after the byline."""
    blocks = list(article.blocks)
    first = next(i for i, block in enumerate(blocks) if block.kind == "title")
    last = max(i for i, block in enumerate(blocks) if block.kind != "furniture")
    return blocks[:first], blocks[last + 2 :]


def _links(blocks: list[Block]) -> str:
    return " ".join(f'<a href="#">{html.escape(block.text)}</a>' for block in blocks)


def _element(block: Block) -> str:
    tag = {"title": "h1", "heading": "h2", "caption": "figcaption"}.get(block.kind, "p")
    inner = f"<{tag}>{html.escape(block.text)}</{tag}>"
    return f"<figure>{inner}</figure>" if tag == "figcaption" else inner


def _docx(article: Article) -> bytes:
    """The smallest document that Word opens; the zip has no clock."""
    paragraphs = "".join(
        f"<w:p><w:r>{'<w:rPr><w:b/></w:rPr>' if block.kind in ('title', 'heading') else ''}"
        f'<w:t xml:space="preserve">{html.escape(block.text, quote=False)}</w:t></w:r></w:p>'
        for block in article.blocks
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {**_PARTS, "word/document.xml": document}.items():
            package.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()
