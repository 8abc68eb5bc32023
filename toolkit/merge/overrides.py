"""The profile's last word on the figures: set, add, correct, hide; what it replaced stays visible, what misses is reported.

A rule names its facts by id, label, quote or selector.  ``correct`` needs exactly one fact, ``set`` one or none, ``hide`` any
number.  A rule is *stale* when the source now says the same, or something other than what it said (``was``) when the rule was
written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.errors import Issue, Severity
from toolkit.merge import agreement
from toolkit.model.context import Role, Sector
from toolkit.model.dossier import Origin, OriginKind, Settled
from toolkit.model.fact import Quantity, Trace
from toolkit.model.profile import FactRule, Op, Profile, Selector
from toolkit.model.vietnamese import name_key, slug

Figures = list[Settled[Quantity]]
NEAREST = 3
"""How many facts an unknown id is answered with."""


def apply_facts(profile: Profile, figures: Sequence[Settled[Quantity]]) -> tuple[Figures, list[Issue]]:
    """All rules of ``facts`` in their order, each on the result of those before it."""
    settled, issues = list(figures), []
    for rule in profile.facts:
        settled, found = _STEPS[rule.op](rule, settled)
        issues.extend(found)
    return settled, issues


def matches(target: Selector, quantity: Quantity) -> bool:
    """Whether a selector means this figure: every field given agrees; a bare name is an id, a label, an indicator or a quote."""
    if target.name and not _named(target.name, quantity):
        return False
    wanted = ((target.id, quantity.id), (target.sector, quantity.sector), (target.role, quantity.role))
    if any(want is not None and want != has for want, has in wanted):
        return False
    if target.quote is not None and not _quotes(target.quote, quantity):
        return False
    if target.label is not None and name_key(target.label) != name_key(quantity.label):
        return False
    if target.period is not None and target.period != quantity.period:
        return False
    return target.place is None or agreement.place_key(target.place) == agreement.place_key(quantity.place)


def _named(name: str, quantity: Quantity) -> bool:
    if name in (quantity.id, quantity.indicator) or name_key(name) == name_key(quantity.label):
        return True
    return _quotes(name, quantity)


def _quotes(written: str, quantity: Quantity) -> bool:
    """Whether a person quotes this figure: the same words, or a few words fewer or more after the number and its unit."""
    one, other = (" ".join(text.split()) + " " for text in (written, quantity.quote.text))
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and any(c.isdigit() for c in shorter) and not _bare_number(shorter)


def _bare_number(text: str) -> bool:
    """``26`` alone quotes nothing: its unit says what it counts."""
    return all(c.isdigit() or c in " .,-–/" for c in text)


def select(target: Selector, figures: Sequence[Settled[Quantity]]) -> list[int]:
    """Indices of the figures a selector means; an exact id goes before labels of the same words."""
    if target.name:
        exact = [i for i, one in enumerate(figures) if one.value.id == target.name]
        if exact:
            return exact
    return [i for i, one in enumerate(figures) if matches(target, one.value)]


def _correct(rule: FactRule, settled: Figures) -> tuple[Figures, list[Issue]]:
    found = select(rule.target, settled)
    if len(found) != 1:
        return settled, [_unknown(rule, settled) if not found else _ambiguous(rule, settled, found)]
    at = found[0]
    stale = _stale(rule, settled[at])
    return [*settled[:at], _changed(rule, settled[at]), *settled[at + 1 :]], stale


def _set(rule: FactRule, settled: Figures) -> tuple[Figures, list[Issue]]:
    found = select(rule.target, settled)
    if len(found) > 1:
        return settled, [_ambiguous(rule, settled, found)]
    return _correct(rule, settled) if found else ([*settled, _new(rule, settled)], [])


def _add(rule: FactRule, settled: Figures) -> tuple[Figures, list[Issue]]:
    one = _new(rule, settled)
    same = [s for s in settled if agreement.topic(s.value) == agreement.topic(one.value)]
    if not same:
        return [*settled, one], []
    agreeing = [s for s in same if agreement.same_value(s.value.amount, one.value.amount)]
    if agreeing:
        return settled, [_stale_issue(rule, agreeing[0], "a source gives this figure now", "take the entry out")]
    what = f"a source gives another value now (“{same[0].value.quote.text}”); both are printed"
    return [*settled, one], [
        _stale_issue(rule, same[0], what, f"write `correct: {same[0].value.id}` instead, or take the entry out")
    ]


def _hide(rule: FactRule, settled: Figures) -> tuple[Figures, list[Issue]]:
    found = set(select(rule.target, settled))
    if not found:
        return settled, [_unknown(rule, settled)]
    hidden = "; ".join(f"{settled[i].value.id} (“{settled[i].value.quote.text}”)" for i in sorted(found))
    issue = Issue("profile-hidden", f"{len(found)} fact(s) hidden: {hidden} ({rule.reason})", Severity.INFO, where=str(rule.mark))
    return [one for i, one in enumerate(settled) if i not in found], [issue]


_STEPS = {Op.CORRECT: _correct, Op.SET: _set, Op.ADD: _add, Op.HIDE: _hide}


def origin(rule: FactRule) -> Origin:
    return Origin(OriginKind.PROFILE, str(rule.mark), rule.reason, rule.source)


def _changed(rule: FactRule, one: Settled[Quantity]) -> Settled[Quantity]:
    """The figure with what the rule gives; the source's own figure goes to ``hidden`` with the reason."""
    old = one.value
    trace = Trace("profile", str(rule.mark), (old.quote.text,))
    value = replace(
        old,
        amount=rule.amount or old.amount,
        label=rule.label or old.label,
        role=rule.role or old.role,
        period=rule.period or old.period,
        sector=rule.sector or old.sector,
        place=rule.place or old.place,
        review=False,
        why="",
        traces=(*old.traces, trace, *((Trace("profile-label", str(rule.mark)),) if rule.label else ())),
    )
    return replace(one, value=value, origin=origin(rule), hidden=((old, rule.reason), *one.hidden))


def _new(rule: FactRule, settled: Figures) -> Settled[Quantity]:
    """A figure that only the profile gives: its quote is its place in the profile's own text."""
    assert rule.amount is not None
    assert rule.quote is not None
    label = rule.label or rule.target.label or rule.target.name
    role = rule.role or rule.target.role or Role.RESULT
    period = rule.period or rule.target.period
    quantity = Quantity(
        id=_free_id(rule.id or ".".join(filter(None, (slug(label), period, role.value))), settled),
        quote=rule.quote,
        amount=rule.amount,
        label=label,
        role=role,
        sector=rule.sector or rule.target.sector or Sector.CHUNG,
        period=period,
        place=rule.place or rule.target.place,
        traces=(Trace("profile", str(rule.mark)),),
    )
    return Settled(quantity, origin(rule))


def _free_id(wanted: str, settled: Figures) -> str:
    taken = {one.value.id for one in settled}
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


# --- findings ---------------------------------------------------------------------------------------------------------------


def _stale(rule: FactRule, one: Settled[Quantity]) -> list[Issue]:
    """What changed in the source since the rule was written."""
    if _changes_nothing(rule, one.value):
        what = f"the source itself says “{one.value.quote.text}” now"
        return [_stale_issue(rule, one, what, "take the entry out of the profile")]
    if rule.was is not None and not _was(rule, one.value):
        what = f"the source said “{rule.was}” when this was written and says “{one.value.quote.text}” now"
        return [_stale_issue(rule, one, what, f'check it, then write was: "{one.value.quote.text}", or take the entry out')]
    return []


def _was(rule: FactRule, quantity: Quantity) -> bool:
    """Whether the source still says what it said when the rule was written: the same words, or the same amount in others."""
    if " ".join((rule.was or "").split()) == " ".join(quantity.quote.text.split()):
        return True
    return rule.was_amount is not None and agreement.equal(quantity.amount, rule.was_amount)


def _changes_nothing(rule: FactRule, quantity: Quantity) -> bool:
    changed = _changed(rule, Settled(quantity, origin(rule))).value
    same_amount = agreement.comparable(changed.amount, quantity.amount) and agreement.equal(changed.amount, quantity.amount)
    same_words = name_key(changed.label) == name_key(quantity.label)
    told = ("role", "period", "sector", "place")
    return same_amount and same_words and all(getattr(changed, key) == getattr(quantity, key) for key in told)


def _stale_issue(rule: FactRule, one: Settled[Quantity], what: str, remedy: str) -> Issue:
    return Issue(
        "profile-stale",
        f"{rule.op} {rule.target}: {what}",
        Severity.WARNING,
        where=str(rule.mark),
        remedy=remedy,
        stated=one.value.quote.text,
        computed=rule.value,
        spans=((one.value.quote.start, one.value.quote.end),),
    )


def _unknown(rule: FactRule, settled: Figures) -> Issue:
    near = nearest(rule.target, settled)
    listed = "; ".join(f"{one.value.id} (“{one.value.quote.text}”)" for one in near) or "none at all"
    return Issue(
        "profile-unknown-fact",
        f"{rule.op} {rule.target}: no such fact; the nearest: {listed}",
        Severity.WARNING,
        where=str(rule.mark),
        remedy=f"write `{rule.op}: {near[0].value.id}`" if near else "nhiemky extract prints the ids of all facts",
    )


def _ambiguous(rule: FactRule, settled: Figures, found: list[int]) -> Issue:
    listed = "; ".join(f"{settled[i].value.id} (“{settled[i].value.quote.text}”)" for i in found[:8])
    return Issue(
        "profile-ambiguous-fact",
        f"{rule.op} {rule.target}: {len(found)} facts fit, none was changed: {listed}",
        Severity.WARNING,
        where=str(rule.mark),
        remedy=f"name one by its id: `{rule.op}: {settled[found[0]].value.id}`",
    )


def nearest(target: Selector, figures: Sequence[Settled[Quantity]]) -> list[Settled[Quantity]]:
    """The facts a person may have meant, best first: by id, by label, by quote."""
    from rapidfuzz import fuzz

    wanted = target.id or target.label or target.name or str(target)
    key = name_key(wanted)

    def score(one: Settled[Quantity]) -> float:
        quantity = one.value
        texts = (name_key(quantity.label), name_key(quantity.quote.text))
        return max(fuzz.ratio(slug(wanted), slug(quantity.id)), *(fuzz.token_set_ratio(key, text) for text in texts))

    ranked = sorted(figures, key=score, reverse=True)
    return [one for one in ranked[:NEAREST] if score(one) >= 50] or ranked[:NEAREST]
