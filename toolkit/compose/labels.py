"""Labels as a reader sees them: first letter a capital, names and abbreviations as the source spells them.

The contract keeps labels in lower case so that programs can compare them.  What ``pccc&cnch`` and ``phú la`` look like stands in
the sentence that the label was made from; it is found there word by word.  Words that the sentence does not hold (or holds only at
its beginning, where every word has a capital) fall back on the list of words that always keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from toolkit.model.vietnamese import fold_tones
from toolkit.model.wording import capitalise

_WORD = re.compile(r"[^\s,;:()“”\"‘’]+")
_NEXT_WORD = re.compile(r"(?<=\s)([^\s,;:.()“”\"]+)")
_PAUSED = re.compile(r"[,;:.()“”\"]")
_OTHER_THING = re.compile(r"[;:.()\n\d]")
"""Behind this, what follows a figure is said of another one."""

LAST_WORDS = 3
"""Words of a label that must stand together behind a figure for them to be the label's own."""

_BETWEEN = r",?\s+“?"
"""What may stand between two words of a label that the sentence has but the label has lost: ``xã, phường``, ``đạt “Gia đình``."""

_SENTENCE_START = re.compile(r"(?:^|[.;:!?…]\s*|[\n“\"]\s*)$")


def display_label(label: str, sentence: str, known: Iterable[str] = ()) -> str:
    """``label`` in the source's own capitals, its first letter upper case.

    ``sentence`` is the text around the figure, ``known`` are names that may occur in the label (the locality, its predecessors,
    standing abbreviations), longest spelling wins.
    """
    words = _WORD.findall(label)
    cased = _from_sentence(label, sentence) or _word_by_word(words, sentence)
    return capitalise(with_names(cased, tuple(known)))


def read_on(label: str, before: str, stops: frozenset[str], longest: int = 14) -> str:
    """A label that was cut after some words, continued to the next pause, figure or word that opens a new thought.

    ``before`` is the sentence as far as the figure; the label's last occurrence in it is the figure's own.
    ``tỷ lệ lao động tham gia bảo hiểm xã`` → ``… bảo hiểm xã hội bắt buộc``; as it is where ``before`` does not hold it.
    """
    folded = _key(before)
    found = folded.rfind(_key(label))
    if found < 0 or len(folded) != len(before):
        return label
    words = label.split()
    rest = before[found + len(label) :]
    for match in _NEXT_WORD.finditer(rest[:120]):
        word = match[1].lower()
        if word in stops or any(c.isdigit() for c in word) or len(words) >= longest or _PAUSED.search(rest[: match.start()]):
            break
        words.append(word)
    return " ".join(words)


def read_on_behind(label: str, after: str, stops: frozenset[str], longest: int = 14) -> str:
    """The same for a label whose last words stand behind its figure.

    ``huy động cho công tác xây dựng nông``, after it ``cho công tác xây dựng nông thôn mới, …`` → ``… xây dựng nông thôn mới``.
    """
    return _read_on_from(label, _OTHER_THING.split(after)[0], stops, longest)


def read_on_apart(label: str, before: str, stops: frozenset[str], longest: int = 14) -> str:
    """The same for a label whose last words stand before its figure, but apart from the first.

    ``số tiền hỗ trợ cho đối tượng chính``, before the figure ``hỗ trợ cho 90 đối tượng chính sách với số tiền`` → ``… chính sách``.
    """
    return _read_on_from(label, before, stops, longest)


def _read_on_from(label: str, text: str, stops: frozenset[str], longest: int) -> str:
    """The label read on behind the longest run of its last words in a text, the run nearest to the text's end."""
    words, folded = label.split(), _key(text)
    if len(folded) != len(text):
        return label
    for count in range(len(words), LAST_WORDS - 1, -1):
        last = " ".join(words[-count:])
        found = folded.rfind(_key(last))
        if found >= 0 and not folded[:found][-1:].isalnum():
            whole = " ".join((*words[:-count], text[found:]))
            read = read_on(label, whole, stops, longest) if _ends(folded, found, last) else label
            more = read.split()[len(words) :]
            return label if more == words[: len(more)] else read  # what goes on with the label's own beginning begins it anew
    return label


def _ends(text: str, at: int, words: str) -> bool:
    """Whether words end where a word of the text ends."""
    return not text[at + len(words) : at + len(words) + 1].isalnum()


def _key(text: str) -> str:
    return fold_tones(text).lower()


def _from_sentence(label: str, sentence: str) -> str | None:
    """The label's whole run as the sentence spells it, when it stands there in one piece."""
    folded = _key(sentence)
    if len(folded) != len(sentence):
        return None
    found = folded.find(_key(label))
    run = sentence[found : found + len(label)]
    if found < 0:
        match = re.search(_BETWEEN.join(map(re.escape, _WORD.findall(_key(label)))) + r"(?!\w)", folded) if label.split() else None
        if match is None:
            return None
        found, run = match.start(), _closed(sentence, match.start(), match.end())
    return _lower_start(run) if _SENTENCE_START.search(sentence[max(0, found - 8) : found]) else run


def _closed(sentence: str, start: int, end: int) -> str:
    """A run of the sentence with the quotation mark that closes what it opens; without the one that nothing closes."""
    run = sentence[start:end]
    if run.count("“") <= run.count("”"):
        return run
    return run + "”" if sentence[end : end + 1] == "”" else run.replace("“", "")


def _lower_start(text: str) -> str:
    """Undo a capital that only the start of the sentence explains; abbreviations keep theirs."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def _word_by_word(words: list[str], sentence: str) -> str:
    spelt = _spellings(sentence)
    return " ".join(spelt.get(_key(word), word) for word in words)


@lru_cache(maxsize=256)
def _spellings(sentence: str) -> dict[str, str]:
    """Lower-case key to the sentence's spelling, for words that are never written small in it and do not merely begin it."""
    seen: dict[str, set[str]] = {}
    for match in _WORD.finditer(sentence):
        word = match[0].strip(".")
        starts = bool(_SENTENCE_START.search(sentence[max(0, match.start() - 8) : match.start()]))
        if starts and not (len(word) > 1 and word.isupper()):
            continue
        seen.setdefault(_key(word), set()).add(word)
    return {key: min(forms) for key, forms in seen.items() if all(form[:1].isupper() for form in forms)}


def with_names(text: str, known: tuple[str, ...]) -> str:
    """Known names wherever they stand as whole words, in their own spelling."""
    for name in sorted(known, key=len, reverse=True):
        if name and _key(name) in _key(text):
            spelling = name.replace("\\", r"\\")
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", spelling, text, flags=re.IGNORECASE)
    return text
