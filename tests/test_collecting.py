import gc

import pytest

from checklist.collecting import SELDOM, collect_seldom
from checklist.review import Reviewer
from tests.conftest import DAY, case_of


@pytest.fixture(autouse=True)
def _as_before():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_garbage_is_looked_for_seldom_and_not_among_what_stays():
    gc.disable()
    collect_seldom()
    assert gc.isenabled()
    assert gc.get_threshold()[0] == SELDOM
    assert gc.get_freeze_count() > 0


def test_a_case_that_is_tallied_leaves_no_garbage(rulebook):
    reviewer = Reviewer(rulebook)
    case = case_of("children: [{id: a}]\nmeetings: [{kind: strategy, date: 2021-05-01}]")
    reviewer.tally(case, DAY)
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            reviewer.tally(case, DAY)
        assert gc.collect() == 0
    finally:
        gc.enable()
