"""Rules for figures that say how a target was met: counts of targets, margins, done against planned, percentages of plans."""

from __future__ import annotations

from toolkit.extract.phrases import Words
from toolkit.extract.role_case import Case, Reading, base_after, counts_targets, cues, of_plan, plan_after
from toolkit.model.amount import Kind
from toolkit.model.context import Role


def targets(case: Case) -> Reading | None:
    """``11/12 chỉ tiêu``: how many targets were met."""
    if case.amount.kind is not Kind.FRACTION or case.planned:
        return None
    if counts_targets(case.amount):
        return Reading(Role.ATTAINMENT, "targets")
    return None


def targets_met(case: Case) -> Reading | None:
    """``trong đó 5 chỉ tiêu vượt``: a count of targets by how they were met."""
    if case.amount.kind is not Kind.COUNT or not counts_targets(case.amount) or case.planned:
        return None
    said = case.tail[:4] + (case.lead[-3:] if case.label.move else ())
    if any(w.low in ("đạt", "vượt", "hoàn") for w in said) and not any(w.low in ("đề", "giao", "phấn") for w in case.lead):
        return Reading(Role.ATTAINMENT, "targets-met")
    return None


def share_of_targets(case: Case) -> Reading | None:
    """``hoàn thành 14/15 chỉ tiêu (93,3%)``: the same once more."""
    host = case.host
    if host is None or case.amount.kind is not Kind.PERCENT or case.lead or case.frame.host is None:
        return None
    again = host.role is Role.ATTAINMENT and case.host_amount is not None and case.host_amount.kind is Kind.FRACTION
    return Reading(Role.ATTAINMENT, "of-plan") if again else None


def attained(case: Case) -> Reading | None:
    """``105% kế hoạch``, ``vượt 14%``, ``hoàn thành 100% chỉ tiêu``."""
    amount, move = case.amount, case.label.move
    short = bool(case.lead) and case.lead[-1].low in ("giảm", "hụt", "thiếu", "thấp")
    if short and plan_after(case):
        return Reading(Role.ATTAINMENT, "short-of-plan")
    if plan_after(case) and amount.kind in (Kind.PERCENT, Kind.RATIO):
        over = move == "change" or _ends_in_margin(case.lead)
        return Reading(Role.ATTAINMENT, "margin-over-plan" if over else "of-plan")
    if plan_after(case) and move in ("attain", "change"):
        return Reading(Role.ATTAINMENT, "margin-over-plan")
    if move == "attain" and amount.kind in (Kind.PERCENT, Kind.RATIO):
        if base_after(case):
            return Reading(Role.CHANGE, "over-base")
        return Reading(Role.ATTAINMENT, "margin" if _ends_in_margin(case.lead) else "of-plan")
    if move == "attain" and amount.kind is not Kind.FRACTION and _ends_in_margin(case.lead) and case.host is not None:
        return Reading(Role.CHANGE if base_after(case) else Role.ATTAINMENT, "margin-in-units")
    return None


def _ends_in_margin(lead: Words) -> bool:
    return bool(lead) and any(w.low in ("vượt", "hụt", "thiếu") for w in lead[-3:])


def against_plan(case: Case) -> Reading | None:
    """``7/6 đảng viên``: done against planned; ``so với kế hoạch tăng 5%``; ``(tăng 34%)`` after a plan."""
    amount = case.amount
    if amount.kind is Kind.FRACTION and amount.value is not None and amount.of is not None:
        more = amount.value > amount.of or amount.unit == "đồng"
        told = case.following is not None and of_plan(case.following_tail)
        if more or told or plan_after(case) or _done_by_plan(case):
            return Reading(Role.ATTAINMENT, "done-against-planned")
    relative = amount.kind in (Kind.PERCENT, Kind.RATIO)
    after_plan = case.host is not None and case.host.role is Role.PLAN
    if case.label.move == "change" and after_plan and relative and case.frame.bracketed and not base_after(case):
        return Reading(Role.ATTAINMENT, "over-the-plan-before")
    if case.equals and case.host is not None and case.host.role is Role.PLAN and amount.kind is Kind.PERCENT:
        return Reading(Role.ATTAINMENT, "quotient-of-plan")
    lows = [w.low for w in case.lead]
    over = next((i for i, w in enumerate(lows) if w in ("hơn", "vượt", "tăng", "giảm")), len(lows))
    if amount.kind in (Kind.PERCENT, Kind.RATIO) and any(cues("plan_nouns").at(case.lead, i) for i in range(over + 1, len(lows))):
        return Reading(Role.ATTAINMENT, "over-named-plan")
    if "so" in lows and case.label.move in ("change", "attain", "reach") and amount.kind is Kind.PERCENT:
        at = lows.index("so")
        if any(cues("plan_nouns").at(case.lead, i) for i in range(at, len(lows))):
            return Reading(Role.ATTAINMENT, "against-plan-before")
    return None


def _done_by_plan(case: Case) -> bool:
    """``kết nạp 22/35 đảng viên``, ``làm 5/8 km đường theo kế hoạch``: what is done year by year has no whole but its plan."""
    if any(w.low == "theo" and cues("plan_nouns").at(case.tail, i + 1) for i, w in enumerate(case.tail)):
        return True
    index, size = cues("done_yearly").last(case.lead)
    between = case.lead[index + size :]
    return index >= 0 and not any(w.low in ("ở", "tại", "cho", "trong", "của", "với", "có", "từ") for w in between)


def carried_percent(case: Case) -> Reading | None:
    """``đạt 12 tỷ đồng, đạt 105%``; ``thu ngân sách đạt 95%``: a percentage of what has its own unit says how the plan was met."""
    if (
        case.amount.kind is not Kind.PERCENT
        or case.label.move != "reach"
        or any(w.low in ("chiếm", "tỷ", "lệ", "tương") for w in case.lead)
    ):
        return None
    if not case.label.carried:
        words = tuple(case.label.text.split())
        told = any(words[:size] in cues("amounts").entries for size in range(1, 6))
        return Reading(Role.ATTAINMENT, "percent-of-amount") if told else None
    if case.tail or case.host_amount is None or case.host is None or case.host_amount.kind is Kind.PERCENT:
        return None
    if case.host_amount.kind is Kind.FRACTION and case.host.role is not Role.ATTAINMENT:
        return None
    if case.whole and case.amount.value is not None and case.amount.value < 100:
        return None  # "tiếp nhận 5.230 hồ sơ, giải quyết đúng hạn 5.210 hồ sơ, đạt 99,6%": a share
    return Reading(Role.ATTAINMENT, "percent-of-level")
