"""What the day of the review decides, and what it does not."""

import datetime

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.laws import strategies as ours
from tests.laws.judging import review

laws = settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate])
AHEAD = datetime.date(2021, 8, 1)
LATER = datetime.date(2021, 8, 2)
_PAST = {"as_of": "2021-05-31", "2021-06-01": "2021-03-01"}
_PAST |= {"2021-06-02": "2021-04-01", "2021-09-01": "2021-05-01"}


def in_the_past(tree):
    """Return a tree in which every day is long past, and none is the day of the review."""
    if isinstance(tree, dict):
        return {key: in_the_past(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [in_the_past(item) for item in tree]
    return _PAST.get(tree, tree) if isinstance(tree, str) else tree


@laws
@given(st.data(), ours.cases(days=()), ours.KINDS)
def test_past_its_deadline_what_was_due_is_a_gap_or_not_recorded_and_nothing_else_changes(
    data, case, kind
):
    applies = data.draw(st.none() | ours.conditions(kind, depth=1))
    rule = ours.rule(
        kind, in_the_past(data.draw(ours.conditions(kind))), in_the_past(applies), by=str(AHEAD)
    )
    case = in_the_past(case)
    on_the_day, after = review(case, rule, as_of=AHEAD), review(case, rule, as_of=LATER)
    for was, now in zip(on_the_day, after, strict=True):
        if was.deadline is None:  # there is no subject, so nothing to put right
            assert now == was
        else:
            assert (was.days_left, now.days_left) == (0, -1)
            if was.name != "due":
                assert now._replace(days_left=0) == was
            else:
                assert now.name == ("gap" if _shows_that_it_was_not_done(now) else "not recorded")
                same = {"name": "", "days_left": 0, "grounds": None}
                assert now._replace(**same) == was._replace(**same)
                assert (now.close, now.applies_because) == (was.close, was.applies_because)


def _shows_that_it_was_not_done(verdict):
    return bool(verdict.because) and verdict.message == "There is a gap."
