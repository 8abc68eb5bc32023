"""Stage: clean.  A source becomes a text fit to read, and every character of it still knows its place in the source.

The order of the repairs is the table ``STEPS``; each looks at the text as the one before left it and returns edits
(``offsets.Edit``).  Nothing is ever dropped that a reader could see, except spaces; page furniture is marked, not removed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from toolkit.clean import blocks, cells, encodings, furniture, markdown, sentences, spacing, unicode
from toolkit.clean.offsets import Edit, Mapped
from toolkit.clean.page import Found
from toolkit.model.text import Block, BlockKind, CleanText, Noise, Sentence, Source, Span

Step = Callable[[str], Iterable[Edit]]

STEPS: tuple[tuple[str, Step], ...] = (
    ("entities", unicode.entities),
    ("line-ends", unicode.line_ends),
    ("legacy-encoding", encodings.legacy),
    ("odd-characters", unicode.odd_characters),
    ("nfc", unicode.composed),
    ("look-alikes", unicode.look_alikes),
    ("spaces", spacing.squeezed),
    ("before-marks", spacing.before_marks),
    ("stops", spacing.stops),
    ("run-together", spacing.run_together),
)
"""Name and function of every repair, in running order."""

TITLE_AMONG = 3
"""Blocks among which the title of a plain text is looked for."""

__all__ = ["STEPS", "clean"]


def clean(source: Source) -> CleanText:
    """``source`` repaired, with its furniture marked and its blocks and sentences found.  Linear in the text; never raises."""
    mapped = Mapped.identity(source.text)
    done: list[str] = []
    for name, step in _steps(source):
        edits = list(step(mapped.text))
        if edits:
            mapped = mapped.apply(edits)
            done.append(name)
    noise = furniture.find(mapped.text, _captions(source, mapped))
    parts = tuple(_without_noise(_blocks(source, mapped, noise), noise, mapped.text))
    return CleanText(
        source=_titled(source, mapped.text, parts, noise),
        text=mapped.text,
        starts=mapped.starts,
        ends=mapped.ends,
        noise=tuple(Noise(Span(mapped.starts[n.start], mapped.ends[n.end - 1]), n.why) for n in noise),
        blocks=parts,
        sentences=tuple(_sentences(parts, mapped.text)),
        steps=tuple(done),
    )


def _titled(source: Source, text: str, parts: tuple[Block, ...], noise: list[Found]) -> Source:
    """The source with a title fit to print: of a plain text its first line that is no furniture, else the reader's, repaired.

    A title is printed and never pointed at, so it needs no place in the text.
    """
    mapped = Mapped.identity(source.title or "")
    for _, step in STEPS:
        mapped = mapped.apply(step(mapped.text))
    title = mapped.text or None
    if not source.blocks:
        lines = (text[block.span.start : block.span.end] for block in parts[:TITLE_AMONG])
        left_out = {text[n.start : n.end] for n in noise}
        title = next((line for line in lines if blocks.is_title(line)), None if title in left_out else title)
    return source if title == source.title else replace(source, title=title)


def _steps(source: Source) -> tuple[tuple[str, Step], ...]:
    """The repairs that a source of this form needs."""
    if not source.blocks:
        return (*STEPS, ("cells", cells.rejoined), ("unwrapped", blocks.unwrapped))
    steps = tuple((name, spacing.squeezed_cells if step is spacing.squeezed else step) for name, step in STEPS)
    if source.media_type == "text/markdown":
        inside = [block.span for block in source.blocks]
        return (("joined-lines", lambda text: markdown.joined(text, inside)), *steps[:1], ("markdown", markdown.marks), *steps[1:])
    return steps


def _captions(source: Source, mapped: Mapped) -> list[Found]:
    """What the document itself calls a caption."""
    spans = (_carried(block.span, mapped) for block in source.blocks if block.kind is BlockKind.CAPTION)
    return [Found(span.start, span.end, "caption") for span in spans if span is not None]


def _carried(span: Span, mapped: Mapped) -> Span | None:
    """A source interval in clean coordinates; None when nothing is left of it."""
    start = bisect_left(mapped.starts, span.start)
    end = bisect_right(mapped.ends, span.end, start)
    return Span(start, end) if start < end else None


def _blocks(source: Source, mapped: Mapped, noise: list[Found]) -> Iterator[Block]:
    """The source's own blocks carried over to the clean text, or the lines of a plain text."""
    if not source.blocks:
        yield from blocks.of_lines(mapped.text, noise)
        return
    for block in source.blocks:
        span = _carried(block.span, mapped)
        if span is not None:
            yield Block(span, block.kind, block.level, block.page)


def _without_noise(found: Iterable[Block], noise: list[Found], text: str) -> Iterator[Block]:
    """The blocks cut where furniture stands in them; a block that is all furniture disappears."""
    at = 0
    for block in found:
        start = block.span.start
        while at < len(noise) and noise[at].end <= start:
            at += 1
        index = at
        while index < len(noise) and noise[index].start < block.span.end:
            yield from _piece(block, start, noise[index].start, text)
            start = max(start, noise[index].end)
            index += 1
        yield from _piece(block, start, block.span.end, text)


def _piece(block: Block, start: int, end: int, text: str) -> Iterator[Block]:
    blank = " \n" if block.kind is BlockKind.TABLE_ROW else " \n\t"  # a tab at the edge of a row stands for an empty cell
    while start < end and text[start] in blank:
        start += 1
    while end > start and text[end - 1] in blank:
        end -= 1
    if any(c.isalnum() for c in text[start:end]) and block.kind is not BlockKind.FURNITURE:
        yield Block(Span(start, end), block.kind, block.level, block.page)


def _sentences(parts: tuple[Block, ...], text: str) -> Iterator[Sentence]:
    for number, block in enumerate(parts):
        for start, end in sentences.split(text[block.span.start : block.span.end]):
            yield Sentence(Span(block.span.start + start, block.span.start + end), number)
