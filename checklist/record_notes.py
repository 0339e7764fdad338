"""What a reader should know of a record's own lists, such as an acceptance that accepts nothing."""

import datetime
from collections.abc import Collection, Sequence

from checklist.errors import nearest
from checklist.record import Acceptance, Case, DoesNotApply, Judgement
from checklist.rulebook import Rulebook
from checklist.verdict import Verdict


def notes_on(
    case: Case,
    verdicts: Sequence[Verdict],
    as_of: datetime.date,
    rulebook: Rulebook,
    chosen: Collection[str],
) -> tuple[str, ...]:
    """Return the notes on a case's acceptances, judgements and words that a rule does not apply.

    `chosen` are the ids of the rules that gave the verdicts: of others only the name is checked.
    """
    rules, verdict_on = rulebook.by_id, {(each.rule.id, each.subject.id): each for each in verdicts}

    def key(said: Acceptance | Judgement | DoesNotApply) -> tuple[str, str]:
        return said.rule, said.subject or case.id

    def amiss(said: Acceptance | Judgement | DoesNotApply) -> str | None:
        if said.rule not in rules:
            return f"names a rule that this rulebook does not have{nearest(said.rule, rules)}."
        if said.rule in chosen and key(said) not in verdict_on:
            return "names nothing that the rule looks at."
        return None

    accepted, others = [], []
    for acceptance in case.accepted:
        of = f"The acceptance of {acceptance.rule} for {acceptance.subject or 'the case'}"
        if problem := amiss(acceptance):
            accepted.append(f"{of} {problem}")
        elif acceptance.rule in chosen and (acceptance.date or as_of) <= as_of:
            name = verdict_on[key(acceptance)].name
            if name not in ("gap", "due"):
                accepted.append(f"{of} accepts nothing: there is no gap ({name}).")
    for judgement in case.judgements:
        of = f"The judgement on {judgement.rule} for {judgement.subject or 'the case'}"
        rule = rules.get(judgement.rule)
        if rule is not None and rule.judge is None:
            others.append(f"{of} answers nothing: the rule asks for no judgement.")
        elif problem := amiss(judgement):
            others.append(f"{of} {problem}")
    for said in case.not_applicable:
        if problem := amiss(said):
            of = f"The statement that {said.rule} does not apply to {said.subject or 'the case'}"
            others.append(f"{of} {problem}")
    return (*accepted, *dict.fromkeys(others))
