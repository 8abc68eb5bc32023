"""Which figures are targets because of what stands far from them: a heading, the lead-in of a list, the sentence before, the
sentence's head.

``roles`` reads the words right around a figure; this module reads what reaches it from afar.  A heading or lead-in about aims
makes all figures below it targets, until a heading or lead-in about results; a plan word in a sentence reaches over its
semicolons; a sentence that opens with a year or term to come speaks of it throughout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.extract.clauses import Clausal, Shape, Token, spelt_out
from toolkit.extract.periods import Calendar, Time
from toolkit.extract.role_case import cues
from toolkit.model.fact import Mode
from toolkit.model.text import BlockKind, CleanText, Sentence

_MARKER = re.compile(r"\s*(?:[-–+•*]|\(?\d{1,2}[).]|[a-zđ][).])\s")
_NUMBERED = re.compile(r"\s*(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[-–./)]\s|\s*phần\s")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|:")
LIST_MARKER = re.compile(
    r"\s*(?:[-–+•*]\s*)?(?:\(?\d{1,2}[).]|\d{1,2}\s?[-–/](?=\s)|[ivx]{1,4}\s?[.)\-–]|[a-zđ][).])\s*(?=[^\W\d_])"
)
"""The number of a list item: it names nothing."""
_FIRST_ITEM = re.compile(r":\s*\(?1\s?[).]\s")
_SHORT = 25
"""Words up to which a line that ends in a colon, or without a stop, is a heading or lead-in."""


@dataclass
class Scope:
    """What reaches the sentence to come; ``step`` is called with every sentence in order."""

    clean: CleanText
    folded: str
    heading: bool | None = None
    firm: bool = False
    """The heading is numbered or ends in a colon; the headline of news is not, and only colours what speaks of plans anyway."""
    lead: bool | None = None
    carried: bool = False
    dated: bool = False
    """The time of the heading or lead-in holds for the sentence just read too."""
    announced: bool = False
    """The sentence just read may give its time to the targets that follow."""
    block: int = -1

    def step(self, sentence: Sentence, mode: Mode, figures: bool) -> bool:
        """Whether the figures of this sentence stand under aims."""
        text = self.folded[sentence.span.start : sentence.span.end].strip()
        kind = self.clean.blocks[sentence.block].kind if self.clean.blocks else BlockKind.PARAGRAPH
        words = _words(text)
        item = kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) or bool(_MARKER.match(text))
        if self.block != sentence.block and not item and not text.endswith(":"):
            self.lead = None
        structural = bool(self.heading or (item and self.lead))
        planned = self._reached(words, item, mode, sentence.block) or (mode is Mode.PLAN and opens_ahead(words))
        self.dated = planned and (structural or bool(cues("plan_listers").at(words)))
        self._head(kind, text, words, figures)
        if (first := _FIRST_ITEM.search(text)) and announces(_words(text[: first.start()])) and _announced(words):
            self.lead = planned = True  # "đề ra 12 chỉ tiêu, đó là: (1) …"; the other items are sentences of their own
        self.carried = planned or (_has(words, "strong_plans") and not _has(words, "plan_ends"))
        self.block = sentence.block
        self.announced = kind is BlockKind.HEADING or text.endswith(":") or _has(words, "strong_plans")
        return planned

    @property
    def leads(self) -> bool:
        """A heading or lead-in about aims is in force, or the sentence just read carries aims on."""
        return bool(self.heading or self.lead or self.carried)

    def _reached(self, words: Sequence[Token], item: bool, mode: Mode, block: int) -> bool:
        if item and self.lead is not None:
            return self.lead
        if item and self.heading is not None:
            return self.heading
        if _has(words, "plan_ends"):
            return False
        if self.heading and (self.firm or mode is Mode.PLAN):
            return True
        return self.carried and block == self.block and (mode is Mode.PLAN or bool(cues("plan_carriers").at(words)))

    def _head(self, kind: BlockKind, text: str, words: Sequence[Token], figures: bool) -> None:
        short = len(words) <= _SHORT and not figures
        if not (kind is BlockKind.HEADING or (short and text.endswith(":")) or text.endswith(":")):
            return
        verdict = announces(words)
        if kind is BlockKind.HEADING:
            self.lead = None
            numbered = bool(_NUMBERED.match(text)) or text.endswith(":")
            if verdict is not None and not (verdict and not _has(words, "target_heads")):
                self.heading, self.firm = verdict, numbered
            elif not numbered and not self.firm:
                self.heading = None
        elif verdict is not None:
            self.lead = verdict


def opens_ahead(words: Sequence[Token]) -> bool:
    """``Thời gian còn lại của nhiệm kỳ, xã tập trung …``: a sentence about a time to come, in which nothing is told as done."""
    return any(cues("plan_openings").at(words, i) for i in (0, 1)) and not _has(words, "plan_ends")


def announces(words: Sequence[Token]) -> bool | None:
    """What a heading or lead-in announces: True aims, False results, None neither."""
    if _has(words, "record_heads"):
        return False
    aims = _has(words, "target_heads") or _has(words, "strong_plans") or _announced(words)
    return True if aims else None


def heading_words(text: str) -> tuple[Token, ...]:
    """The words of a folded heading, for ``announces``."""
    return _words(text)


def _words(text: str) -> tuple[Token, ...]:
    return tuple(Token(Shape.WORD, m.group(), m.group(), m.start(), m.end()) for m in _WORD.finditer(text))


def _has(words: Sequence[Token], name: str) -> bool:
    return any(
        cues(name).at(words, i) and not _within(words, i) and not _told(words, i) and not _set(words, i) for i in range(len(words))
    )


def _within(words: Sequence[Token], index: int) -> bool:
    """The ``hiện`` of ``thực hiện`` is no "now"."""
    return index > 0 and bool(cues("ending_in_now").at(words, index - 1))


def _set(words: Sequence[Token], index: int) -> bool:
    """``đã biểu quyết thông qua 16 chỉ tiêu``: what was done is to set them."""
    return (
        words[index].low == "đã" and any(cues("setting_verbs").at(words, index + k) for k in (1, 2, 3)) and _has(words, "aim_nouns")
    )


def _passed(words: Sequence[Token], index: int, size: int) -> bool:
    """``biểu quyết thông qua Nghị quyết cho thôi nhiệm vụ …``: what was passed is no target."""
    after = [w.low for w in words[index + size : index + size + 8]]
    return words[index + size - 1].low == "qua" and not ({"tiêu", "phá"} & set(after) or "vụ" in after[:4])


def _told(words: Sequence[Token], index: int) -> bool:
    """``một số chỉ tiêu kinh tế tăng khá``: targets that are spoken of as met or missed are no aims."""
    if [w.low for w in words[index - 2 : index]] == ["một", "số"]:
        index -= 2  # the cue is "chỉ tiêu" itself
    if [w.low for w in words[index : index + 2]] != ["một", "số"]:
        return False
    return any(cues("said_of_aims").at((w,)) for w in words[index + 3 : index + 9]) or any(
        w.low in ("đạt", "vượt", "hoàn") for w in words[max(0, index - 2) : index]
    )


def planned_figures(sentence: Clausal, times: Sequence[Time], calendar: Calendar, above: bool) -> tuple[bool, ...]:
    """For every figure of a sentence whether something far from it makes it a target; ``above`` is what ``Scope`` says."""
    return tuple(
        above
        or _led(sentence, frame.at)
        or _wanted(spelt_out(sentence.tokens[: frame.at]))
        or _to_come(sentence, frame.at, times, calendar)
        for frame in sentence.frames
    )


def _led(sentence: Clausal, at: int) -> bool:
    """A lead-in about aims inside the sentence: ``Phương hướng năm 2024: thu ngân sách …``, ``đề ra 12 chỉ tiêu: (1) …``."""
    colon = next((i for i, t in enumerate(sentence.tokens[:at]) if t.text == ":"), None)
    if colon is None:
        return _listed(sentence, at)
    lead = _words(" ".join(t.low for t in sentence.tokens[:colon]))
    counted = sum(t.shape is Shape.FIGURE for t in sentence.tokens[:colon])
    aims = all(_AIM.search(t.low) for t in sentence.tokens[:colon] if t.shape is Shape.FIGURE)
    if (counted > 1 and not aims) or announces(lead) is not True or (counted and not _announced(lead)):
        return False
    return not _has(spelt_out(sentence.tokens[colon:at]), "plan_ends")


_AIM = re.compile(r"chỉ tiêu|nhiệm|khâu|mục tiêu")


def _listed(sentence: Clausal, at: int) -> bool:
    """``đề ra 15 chỉ tiêu, trong đó thu ngân sách tăng 10%/năm; …``, where nothing tells how the targets were met."""
    tokens = sentence.tokens
    lister = next((i for i in range(at) if tokens[i].shape is Shape.WORD and cues("plan_listers").at(tokens, i)), None)
    if lister is None or sum(t.shape is Shape.FIGURE for t in tokens[:lister]) != 1:
        return False
    said = spelt_out(tokens[lister:])
    told = any(_has(said, name) for name in ("plan_ends", "record_heads", "met", "missed", "exceeded"))
    return _announced(_words(" ".join(t.low for t in tokens[:lister]))) and not told and not any(t.low == "vượt" for t in said)


def _announced(words: Sequence[Token]) -> bool:
    return _has(words, "aim_verbs") and _has(words, "aim_nouns")


def _wanted(before: Sequence[Token]) -> bool:
    index, size = cues("strong_plans").last(before)
    if index < 0 or _told(before, index) or _passed(before, index, size):
        return False
    denied, length = cues("plan_denied").last(before)
    return not (0 <= denied <= index < denied + length) and not _has(before[index + size :], "plan_ends")


def _to_come(sentence: Clausal, at: int, times: Sequence[Time], calendar: Calendar) -> bool:
    """The sentence opens with a time after the year of writing, or with the term that begins."""
    first = next((t.start for t in sentence.tokens if t.shape is Shape.WORD), 0)
    ahead = [t for t in times if t.value and not t.base and t.start <= first + 2 and t.end <= sentence.tokens[at].start]
    if not ahead and calendar.year is not None:
        return _until_to_come(sentence, at, times, calendar.year)
    if not ahead or calendar.year is None or ahead[0].value is None:
        return False
    low, _, high = ahead[0].value.partition("-")
    to_come = int(low) > calendar.year or (bool(high) and int(low) >= calendar.year and int(high) > calendar.year)
    after = [t for t in sentence.tokens[:at] if t.shape is Shape.WORD and t.start > ahead[0].end]
    return to_come and not _has(after, "plan_ends")


_NEAR_LEVEL = 3
"""Words between such a time and the level it belongs to (``đến năm 2030 phải đạt``)."""


def _until_to_come(sentence: Clausal, at: int, times: Sequence[Time], year: int) -> bool:
    """``thu nhập đến năm 2030 đạt N``: a level of a year to come; ``quy hoạch đến năm 2030 có …`` names a plan."""
    between: list[str] = []
    for token in reversed(sentence.tokens[:at]):
        if token.shape is Shape.TIME:
            own = next((t for t in times if t.start == token.start), None)
            told = own is not None and own.value is not None and own.value.isdigit() and not own.base
            until = token.low.startswith(("đến năm", "đến cuối năm", "đến hết năm"))
            return until and told and own is not None and int(own.value or 0) > year and "có" not in between
        if token.shape not in (Shape.WORD, Shape.BOUND) or len(between) == _NEAR_LEVEL:
            return False
        between.append(token.low)
    return False
