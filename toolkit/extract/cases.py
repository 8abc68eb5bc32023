"""One figure of a sentence with the words around it taken apart: subject, verb of reaching, counted thing, description.

Between the bare frame (``clauses``) and the readings that make a label of it (``labels``).  The words that decide stand in
``data/vi/labels.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.extract.clauses import Clausal, Frame, Shape, Token
from toolkit.extract.phrases import Words, count, is_actor, only, phrases, plain, without_agent, without_closers
from toolkit.model.amount import Amount, Kind

LINKS = frozenset({"và", "hoặc", "-", "–", "hơn", "gần", "trên", "khoảng", "với", "cùng", "có"})
"""Words that only join a figure to the one before it."""
_LISTS = LINKS - {"với", "cùng", "có"}


@dataclass(frozen=True, slots=True)
class Case:
    """One figure with its lead taken apart: ``subject`` words, then the verb before the figure and its sort (``move``).

    ``noun`` are the words of the counted thing, ``described`` those after it that describe it.
    """

    frame: Frame
    amount: Amount
    subject: Words
    move: str
    parts: bool
    noun: Words
    tail: Words
    described: Words
    bare: bool
    before: Words = ()
    """The words before the count that stands right before this figure in the same stretch."""

    @property
    def counted(self) -> bool:
        return self.amount.kind in (Kind.COUNT, Kind.FRACTION) and bool(self.noun)


_MOVES = (("attain", "attainments"), ("change", "changes"), ("reach", "copulas"), ("exist", "existentials"))
_PARTICLES = frozenset({"được", "cho", "khoảng", "hơn", "đã", "bình", "quân", "chỉ", "mới", "đều", "gần", "trên", "có", "từ"})


_STATING = frozenset({"chưa", "không", "được", "bị", "đạt", "vượt", "hoàn", "có", "tham", "lên"})
"""First words of what is said of counted things, where the rest only describes them."""
_NAMELESS = frozenset({"tốc", "độ", "mức", "tỷ", "lệ", "chỉ", "số"})
"""Words of heads that are no name without what follows them."""


def take_verbs(lead: Words) -> tuple[Words, str]:
    """The lead without the verbs of reaching at its end, and the sort of the strongest of them."""
    found: list[str] = []
    words = plain(lead)
    while words:
        sizes = {move: phrases(name).at_end(words) for move, name in _MOVES}
        size = max(sizes.values())
        if phrases("recipients").at_end(words) > max(size, 1) or phrases("compounds").at_end(words) > size:
            break
        if size:
            move = next(move for move, _ in _MOVES if sizes[move] == size)
            rest = {w.low for w in words[:-size]}
            if move == "change" and ("reach" in found or (rest and rest <= _NAMELESS)):
                break  # "tốc độ tăng trưởng đạt N": the move is part of the name
            found.append(move)
            words = plain(words[:-size])
            continue
        trimmed = without_closers(words) if words[-1].low in _PARTICLES else words
        if len(trimmed) == len(words) or not any(phrases(name).at_end(trimmed) for _, name in _MOVES):
            break
        words = trimmed
    order = [move for move, _ in _MOVES]
    return words, min(found, key=order.index) if found else ""


def lows(words: Words) -> list[str]:
    return [w.low for w in words]


def read_cases(sentence: Clausal, amounts: tuple[Amount, ...], nouns: tuple[Words, ...]) -> list[Case]:
    """Cases of all figures; a thing without a description shares that of the next in its list (``22 tập thể và 44 cá nhân đăng
    ký``).
    """
    out: list[Case] = []
    following: Case | None = None
    for frame in reversed(sentence.frames):
        case = _case(frame, amounts[frame.index], nouns[frame.index])
        case = _sharing(case, following)
        if frame.opened is Shape.FIGURE and frame.previous is not None and amounts[frame.previous].kind is Kind.COUNT:
            lead = next(f.lead for f in sentence.frames if f.index == frame.previous)
            case = replace(case, before=lead + nouns[frame.previous])
        if following and case.counted and lows(case.tail) in _REACHING and lows(following.noun)[:2] == ["tiêu", "chí"]:
            case = replace(case, described=case.tail + following.noun + following.described)  # "2 xã đạt 15/19 tiêu chí"
        if following and case.counted and not count(case.described) and _listed(case, following):
            rest = following.noun[len(case.noun) :] if lows(case.noun) == lows(following.noun)[: len(case.noun)] else ()
            case = replace(case, described=rest + following.described)
        out.append(case)
        following = case
    return out[::-1]


_REACHING = (["đạt"], ["đã", "đạt"], ["hoàn", "thành"])
_NO_MEMBERS = ("heads", "openers", "aspects", "light_verbs")
"""Lists of words that begin something else than one more member of a list of nouns."""


def owned(words: Words) -> bool:
    """Whose the things are, by name: ``3 đơn vị hành chính xã Phú Thành``."""
    names = [w.text for w in words if w.text[:1].isupper()]
    return is_actor(words) and bool(names) and all(name[1:].islower() for name in names)  # not "trạm Y Tế", "tiêu chí xã NTM"


_NOUN = 4
"""Words of a member of a list of nouns."""


def _sharing(case: Case, following: Case | None) -> Case:
    """A share of all that is listed: ``100% thôn, ấp, khu phố có nhà văn hóa``, ``100% chi bộ và 92% đảng viên hoàn thành``."""
    if case.amount.kind not in (Kind.PERCENT, Kind.FRACTION) or case.move not in ("", "reach", "exist"):
        return case
    own = case.noun + case.tail
    if not 0 < count(own) <= _NOUN or _stated(own) < len(own) or phrases("plans").at(own):
        return case
    if case.frame.listed and (more := _rest_of_list(case.frame.listed)):
        return replace(case, tail=case.tail + more, described=case.described + more)
    if following is None or case.amount.kind is not Kind.PERCENT or following.amount.kind is not Kind.PERCENT:
        return case
    said = _stated(following.tail)
    joined = case.frame.closed is Shape.FIGURE and following.frame.lead[-1:] and following.frame.lead[-1].low in ("và", "cùng")
    if joined and 0 < said < count(following.tail):
        return replace(case, tail=case.tail + following.tail[said:])
    return case


def _rest_of_list(listed: tuple[Words, ...]) -> Words:
    """The other members of a list of nouns with what is said of all; nothing when the words behind the commas are no such list."""
    words: Words = ()
    for stretch in listed:
        said = _stated(stretch)
        if not 0 < said <= _NOUN + 1 or any(phrases(name).at(stretch) for name in _NO_MEMBERS):
            return ()
        words += stretch
        if said < len(stretch):
            return words if count(stretch) > said + 1 else ()
    return ()


def _stated(words: Words) -> int:
    """Where what is said of the things begins; the length of the run when nothing is."""
    return next((i for i, w in enumerate(words) if phrases("said_of_members").at((w,))), len(words))


def _listed(case: Case, following: Case) -> bool:
    if case.frame.clause != following.frame.clause or case.frame.bracketed != following.frame.bracketed or not following.counted:
        return False
    if following.parts or owned(following.described) or (case.amount.unit == "chỉ tiêu" and following.amount.unit != "chỉ tiêu"):
        return False  # "280 đại biểu, bao gồm 231 đại biểu chính thức"
    same = count(case.tail) == 0 and case.noun and lows(case.noun) == lows(following.noun)[: len(case.noun)]
    said = bool(following.described) and following.described[0].low in _STATING
    if same and not said and not phrases("recipients").at_end(case.subject) and count(following.described) <= 3:
        return True  # "xây mới 05 căn, sửa chữa 12 căn nhà Đại đoàn kết"
    return only(following.frame.lead, _LISTS) and only(case.tail, _LISTS)


def _case(frame: Frame, amount: Amount, noun: Words) -> Case:
    lead = plain(frame.lead)
    if frame.opened is Shape.FIGURE:
        lead = _own_part(lead)
    if amount.kind is Kind.PERCENT and frame.opened is not Shape.FIGURE and lead and lead[-1].low == "và":
        lead = ()  # "80% cán bộ, công chức được bồi dưỡng và 75% hồ sơ …"
    within, length = phrases("parts").last(lead)
    lead = lead[within:] if within > 0 and length > 1 else lead  # "25 chỉ tiêu trên các lĩnh vực trong đó …"
    size = phrases("parts").at(lead)
    subject, move = take_verbs(lead)
    subject = _before_comparison(subject)
    if size and len(subject) <= size:
        subject = ()
    tail = plain(frame.tail)
    if frame.closed is Shape.FIGURE:
        tail = _part_before(tail)
    bare = amount.kind is Kind.COUNT and not noun
    return Case(
        frame,
        amount,
        subject,
        move,
        bool(size),
        noun,
        tail,
        _description(
            tail,
            amount.kind is Kind.FRACTION or amount.unit == "chỉ tiêu",
            _says(frame, amount),
            amount.unit.startswith(("chỉ tiêu", "nhiệm vụ", "mục tiêu", "tiêu chí")),
        ),
        bare,
    )


def _says(frame: Frame, amount: Amount) -> bool:
    """The words after a count may be what is said of the counted things, not of the next figure."""
    return amount.kind in (Kind.COUNT, Kind.FRACTION) and frame.closed is not Shape.FIGURE and len(frame.tail) >= 3


def _own_part(lead: Words) -> Words:
    """Of the words between two figures, those of the second: what follows the last conjunction, or a measure of the first."""
    bare = take_verbs(lead)[0]
    if size := phrases("dependents").at_end(bare):
        return lead[len(bare) - size :]
    for index in range(len(lead) - 1, -1, -1):
        if _conjunction(lead, index):
            return lead[index:]
    return lead


def _conjunction(words: Words, index: int) -> bool:
    if words[index].low == "cùng":
        return not (index + 1 < len(words) and words[index + 1].low in ("kỳ", "thời", "loại"))  # "so với cùng kỳ"
    return words[index].low in ("và", "hoặc")


def _part_before(tail: Words) -> Words:
    """Of the words between two figures, those that belong to the first."""
    tail = tail[: len(tail) - phrases("dependents").at_end(tail)]
    for index in range(len(tail) - 1, -1, -1):
        if _conjunction(tail, index):
            return tail[:index]
    return tail


def _before_comparison(words: Words) -> Words:
    for index in range(len(words) - 1):
        if words[index].low == "so" and (words[index + 1].low == "với" or phrases("plan_names").at(words, index + 1)):
            return words[:index]
    return words


def _met(tail: Words, index: int) -> bool:
    """``đạt và vượt``"""
    return 0 < index < len(tail) - 1 and tail[index - 1].low == "đạt" and tail[index + 1].low == "vượt"


def _description(tail: Words, targets: bool, opening: bool, met: bool) -> Words:
    """The words after a counted thing that describe it, up to a word that says something else; ``met`` tells that it is targets."""
    index = 0
    if phrases("plan_names").at(tail):
        return ()  # "4,1 tỷ đồng / dự toán 4,6 tỷ đồng"
    while index < len(tail):
        keep = phrases("tail_keeps").at(tail, index)
        if keep:
            index += keep
            continue
        size = phrases("tail_stops").at(tail, index)
        if index == 0 and size and opening and tail[0].low in ("đạt", "có", "hoàn"):
            index += 1
            continue  # "2 ấp đạt ấp văn hóa": the counted things are the subject
        if size and not (
            (targets and tail[index].low in (("đạt", "vượt", "hoàn") if met else ("đạt", "hoàn")))
            or (tail[index].low == "và" and _met(tail, index))
        ):
            break
        index += 1
    return without_closers(without_agent(tail[:index]))


def unit_words(tokens: tuple[Token, ...]) -> Words:
    """The words of a unit, for counts."""
    return tuple(t for t in tokens if t.shape is Shape.WORD and not any(c.isdigit() for c in t.text))
