import os
import re
import signal
import subprocess
import sys
import time

import durable_rules_engine
import pytest

from checklist import watchdog
from checklist.library import LibraryError, Rulesets
from checklist.watchdog import Batch, UnwatchedRulesets, WatchedRulesets

PATTERNS = {"is one": {"$and": [{"t": "x"}, {"$iany": {"n": {"$i": 1}}}]}}
FACTS = [{"t": "x", "n": [1, 2]}, {"t": "x", "n": [2]}]
FIRED = [(0, "is one")]

REFUSED = {"too many": {"$and": [{"t": "x"}, *[{"$or": [{"a": 1}]}] * 20]}}

# real faults of the library: 512 different conditions side by side hang it, and a state that it
# never gave out crashes it
HANGS = {f"r{number}": {"p": number} for number in range(512)}


def crash(*_):
    handle = durable_rules_engine.create_ruleset("r", '{"r": {"all": [{"m": {"t": "x"}}]}}')
    durable_rules_engine.start_action_for_state(handle, 1 << 30)


@pytest.fixture
def watched():
    ours = WatchedRulesets(limit=1.0)
    yield ours
    ours.close()


@pytest.mark.parametrize("kind", [WatchedRulesets, UnwatchedRulesets])
def test_rulesets_answer_by_key_watched_or_not(kind):
    ours = kind()
    one, other = ours.new_key(), ours.new_key()
    both = [Batch(one, PATTERNS, FACTS), Batch(other, {"all": {"t": "x"}}, FACTS)]
    for _ in range(2):
        mine, others = ours.run(both)
        assert mine == FIRED
        assert sorted(others) == [(0, "all"), (1, "all")]
    ours.drop(one)
    assert ours.run([both[0], both[0]]) == [FIRED, FIRED]


@pytest.mark.parametrize("kind", [WatchedRulesets, UnwatchedRulesets])
def test_a_ruleset_that_is_refused_costs_no_other_of_the_same_request_its_answer(kind):
    ours = kind()
    refused, fine = ours.new_key(), ours.new_key()
    asked = [Batch(refused, REFUSED, FACTS), Batch(fine, PATTERNS, FACTS)]
    for _ in range(2):
        error, fired = ours.run(asked)
        assert "refused" in str(error)
        assert fired == FIRED
    assert ours.run([Batch(refused, PATTERNS, FACTS)]) == [FIRED]


def test_a_hang_of_the_library_ends_and_the_next_question_is_answered(watched):
    key = watched.new_key()
    assert watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]
    started = time.monotonic()
    with pytest.raises(LibraryError, match="took longer than 1 seconds"):
        watched.run([Batch(watched.new_key(), HANGS, [{"p": 9999}])])
    assert time.monotonic() - started < 20
    assert watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]


def test_a_crash_of_the_library_is_told_and_the_next_question_is_answered(watched, monkeypatch):
    key = watched.new_key()
    with monkeypatch.context() as patched:
        patched.setattr(Rulesets, "make", crash)
        with pytest.raises(LibraryError, match=r"crashed \(SIG(SEGV|ABRT|BUS)\)"):
            watched.run([Batch(watched.new_key(), PATTERNS, FACTS)])
    assert watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]


def test_a_process_that_is_killed_is_told_and_replaced(watched):
    key = watched.new_key()
    assert watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]
    os.kill(watched._worker.pid, signal.SIGKILL)
    with pytest.raises(LibraryError, match="SIGKILL"):
        watched.run([Batch(key, PATTERNS, FACTS)])
    assert watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]


def test_a_rule_that_the_library_refuses_is_told(watched):
    (error,) = watched.run([Batch(watched.new_key(), REFUSED, [])])
    assert isinstance(error, LibraryError)
    assert "refused" in str(error)


def test_a_process_forked_from_ours_gets_a_process_of_its_own(watched):
    key = watched.new_key()
    assert watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]
    pid = os.fork()
    if pid == 0:
        fine = watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]
        os._exit(0 if fine else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert watched.run([Batch(key, PATTERNS, FACTS)]) == [FIRED]


def test_the_watched_process_ends_with_the_one_that_asks():
    code = (
        "from checklist.watchdog import Batch, rulesets\n"
        "import os\n"
        "r = rulesets(); r.run([Batch(r.new_key(), {'a': {'t': 'x'}}, [])])\n"
        "print(r._worker.pid, flush=True); os._exit(0)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    pid = int(ran.stdout)
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the watched process is still there")


def test_all_engines_of_a_process_share_one_process():
    assert watchdog.rulesets() is watchdog.rulesets()


REVIEW = """
import sys
import durable_rules_engine
import checklist.engine as engine
import checklist.library as library
import checklist.watchdog as watchdog

watchdog._shared = watchdog.WatchedRulesets(limit=1.0)
theirs = engine._named_productions

def faulty(condition):
    patterns = theirs(condition)
    if "core_group" in str(getattr(condition, "test", "")):  # which hardly a rule asks for
        patterns |= %s
    return patterns

engine._named_productions = faulty
make = library.Rulesets.make

def crash_or_make(self, key, patterns):
    if "crash" in patterns:
        handle = durable_rules_engine.create_ruleset("r", '{"r": {"all": [{"m": {"t": "x"}}]}}')
        durable_rules_engine.start_action_for_state(handle, 1 << 30)
    make(self, key, patterns)

library.Rulesets.make = crash_or_make
from checklist.cli import main
sys.argv = ["checklist", "review", sys.argv[1]]
main()
"""


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("{f'x{n}': {'p': n} for n in range(512)}", "took longer than 1 seconds"),
        ("{'crash': {'t': 'x'}}", "crashed (SIG"),
    ],
)
def test_a_test_that_hangs_or_crashes_costs_no_rule_without_it_its_verdict(fault, said, tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(
        "id: x\nconcerns: [neglect]\ntools: []\nchildren: [{id: baby, born: 2021-01-01}]\n"
        "meetings: [{kind: strategy, date: 2021-05-01, invited: [gp]}]\n",
        encoding="utf-8",
    )
    ran = subprocess.run(
        [sys.executable, "-c", REVIEW % fault, str(case)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert "Could not be judged" in ran.stdout
    told = " ".join(ran.stdout.split())
    assert "strategy meeting on 1 May 2021" in told
    assert said in told
    assert re.search(r"\b\d could not be judged", told)
    assert "Neglect is a feature" in told  # another rule's gap
