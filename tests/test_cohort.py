"""Cases screened here, by several processes, or on a cluster: the same results in one order."""

import datetime
import gzip
import json
import sys
from pathlib import Path

import pytest

from checklist import cohort
from checklist.cohort import Line, RulesChosen, Screener, Task, Unread, screen
from checklist.documents import documents
from checklist.errors import BadInput
from checklist.screened import Screened, line_of
from tests.conftest import SAMPLE_CASES, SAMPLE_RULES

RULES = RulesChosen((SAMPLE_RULES,), standard=False)


def test_each_case_is_screened_in_the_order_of_the_files():
    found = [*screen(documents([SAMPLE_CASES]), Task(RULES))]
    assert all(isinstance(each, Screened) for each in found)
    assert [Path(each.file).name for each in found] == sorted(
        each.name for each in SAMPLE_CASES.iterdir()
    )
    assert all(len(each.sha256) == 64 for each in found)


def test_what_cannot_be_used_is_told_and_stops_no_other(tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "a"}\n{"id": "b", "meting": []}\n{"id": \n{"id": "c"}\n')
    a, b, cut, c = screen(documents([path]), Task(RULES))
    assert (a.case, a.line, c.case, c.line) == ("a", 1, "c", 4)
    assert isinstance(b, Unread)
    assert "did you mean meetings?" in b.sentences[0]
    assert (cut.line, len(cut.sentences)) == (3, 1)


def test_a_day_from_which_nothing_can_be_counted_is_told_of_its_case(tmp_path, rule_of):
    rules = tmp_path / "rules.yaml"
    rule_of("{date: {within: {working_days: 5, after: 2100-12-30}}}", kind="meeting")
    path = tmp_path / "case.yaml"
    path.write_text("id: a\nmeetings: [{date: 2021-01-01}]\n")
    (found,) = screen(documents([path]), Task(RulesChosen((rules,), standard=False)))
    assert isinstance(found, Unread)
    assert found.sentences[0].startswith(f"{path}: ")


def test_lines_are_those_of_what_is_kept_and_say_whether_all_was_judged(library_fails):
    (whole, *_) = screen(documents([SAMPLE_CASES]), Task(RULES))
    (line, *_) = screen(documents([SAMPLE_CASES]), Task(RULES, lines=True))
    assert line == Line(line_of(whole), whole=True)
    library_fails(lambda *_: True)
    (line, *_) = screen(documents([SAMPLE_CASES]), Task(RULES, lines=True))
    assert not line.whole
    assert "could not be judged" in json.loads(line.text)["verdicts"]


def test_words_and_a_choice_of_rules_and_the_day_are_the_tasks(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("id: a\nmeetings: [{kind: strategy, date: 2021-05-01, invited: [police]}]\n")
    rules = RULES._replace(ids=("gp-invited",))
    (found,) = screen(documents([path]), Task(rules, findings=True))
    assert found.verdicts == {"gap": {"gp-invited": ["strategy-2021-05-01"]}}
    (gap,) = found.findings
    assert gap.rule == "gp-invited"
    (before,) = screen(documents([path]), Task(rules, as_of=datetime.date(2021, 4, 1)))
    assert before.verdicts == {"due": {"gp-invited": ["strategy-2021-05-01"]}}
    with pytest.raises(BadInput, match="did you mean gp-invited"):
        Screener(Task(RULES._replace(ids=("gp-invite",))))


def test_two_processes_give_what_one_gives_however_the_work_is_cut(tmp_path, monkeypatch):
    lines = [
        json.dumps({"id": f"case-{number}", "concerns": ["neglect"][: number % 2]})
        for number in range(40)
    ]
    lines[7] = "not JSON"
    path = tmp_path / "cases.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    task = Task(RULES, lines=True)
    alone = [*screen(documents([path]), task)]
    assert isinstance(alone[7], Unread)
    for together in (1, 7, 64):
        monkeypatch.setattr(cohort, "MOST_TOGETHER", together)
        assert [*screen(documents([path]), task, workers=2)] == alone


def test_no_more_is_read_ahead_than_the_processes_have_waiting(monkeypatch):
    monkeypatch.setattr(cohort, "MOST_TOGETHER", 1)
    read = []

    def noted():
        for _ in range(30):
            for each in documents([SAMPLE_CASES]):
                read.append(each)
                yield each

    found = screen(noted(), Task(RULES, lines=True), workers=2)
    next(found)
    assert len(read) <= 2 * cohort.AHEAD + 2
    found.close()


def test_a_cluster_that_does_not_answer_is_told_in_a_sentence():
    pytest.importorskip("distributed")
    with pytest.raises(BadInput, match="no cluster answers at this address"):
        next(screen(documents([SAMPLE_CASES]), Task(RULES), dask="tcp://127.0.0.1:1"))


def test_without_dask_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r"pip install 'checklist\[dask\]'"):
        next(screen(documents([SAMPLE_CASES]), Task(RULES), dask="tcp://127.0.0.1:1"))
