"""How fast cohorts are screened, beside other ways to the same verdicts on the same cases.

Run by hand: python -m pytest tests/benchmarks/test_screening.py -n 0 -s. Everything is measured in
one run, in turns, as processor time (of this process and those it starts), the least of several
turns; what goes by the clock says so, and wants a machine that does nothing else. Each way is first
held against the program's own answers on every case it is measured on. CHECKLIST_CASES is the
number of cases that are screened to see whether memory and time stay flat.
"""

import filecmp
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checklist.case_file import read
from checklist.cohort import Line, RulesChosen, Screener, Task, screen
from checklist.collecting import collect_seldom
from checklist.compiled import standard_rulebook
from checklist.documents import documents
from checklist.generate.cohort import Maker
from checklist.judging import Judging
from checklist.review import Reviewer
from checklist.subjects import CaseSubjects
from checklist.truth import Truth
from tests.benchmarks.measure import Row, least, milliseconds, table

SEED = 1
CASES = 400
FEW = 10
"""The cases for what takes long."""
FLAT = int(os.environ.get("CHECKLIST_CASES", "20000"))
TURNS = 5
WORKED_CASES = Path(__file__).parents[2] / "cases"
TASK = Task(RulesChosen(), lines=True)


@pytest.fixture(scope="module")
def rows() -> Iterator[list[Row]]:
    """The lines of the table, printed when all is measured."""
    found: list[Row] = []
    yield found
    print(f"\n\n{table(found)}")


@pytest.fixture(scope="module")
def rulebook():
    return standard_rulebook()


@pytest.fixture(scope="module")
def file(rulebook, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("cases") / "made-up.jsonl"
    file.write_text("".join(f"{line}\n" for line in Maker(rulebook.rules, SEED).lines(CASES)))
    return file


@pytest.fixture(scope="module")
def cases(file):
    return [read(document).case for document in documents([file])]


@pytest.fixture(scope="module")
def reviewer(rulebook):
    return Reviewer(rulebook)


@pytest.fixture(scope="module")
def screener(rulebook):
    screener = Screener(TASK, rulebook)
    collect_seldom()  # as the commands do
    return screener


@pytest.fixture(scope="module")
def verdicts(cases, reviewer) -> float:
    """The verdicts that a case has, as a mean."""
    tallies = [reviewer.tally(case, case.as_of) for case in cases]
    return sum(
        len(ids) for tally in tallies for told in tally.verdicts.values() for ids in told.values()
    ) / len(cases)


@pytest.fixture(scope="module")
def truths(rulebook):
    """What finds the two truths of each rule and subject of a case, by rule and subject's id."""
    judging = Judging()
    ready = [(r, judging.prepare(r.applies), judging.prepare(r.expects)) for r in rulebook.rules]

    def find(case):
        subjects = CaseSubjects(case, case.as_of)
        asked = {
            (rule.id, subject.id): ((applies, subject), (expects, subject))
            for rule, applies, expects in ready
            for subject in subjects.of_kind(rule.for_each) or ()
        }
        firsts = judging.truths([first for first, _ in asked.values()])
        seconds = judging.truths([second for _, second in asked.values()])
        return dict(zip(asked, zip(firsts, seconds, strict=True), strict=True))

    return find


def read_all(file):
    for document in documents([file]):
        read(document)


def written(lines, there: Path) -> None:
    with there.open("w", encoding="utf-8") as stream:
        for line in lines:
            stream.write(line)
            stream.write("\n")


def test_from_lines_to_lines(rows, file, cases, reviewer, screener, rulebook, verdicts, tmp_path):
    from tests.benchmarks.plain import Plain

    plain = Plain(rulebook)
    ours, theirs = tmp_path / "ours.jsonl", tmp_path / "plain.jsonl"

    def end_to_end():
        written((screener.screen(each).text for each in documents([file])), ours)

    def in_plain_python():
        written((plain.line(read(each).case, each) for each in documents([file])), theirs)

    def judging_alone():
        for case in cases:
            reviewer.tally(case, case.as_of)

    end_to_end()
    in_plain_python()
    assert filecmp.cmp(ours, theirs, shallow=False)
    took = least(
        {
            "read": lambda: read_all(file),
            "end to end": end_to_end,
            "judging": judging_alone,
            "plain": in_plain_python,
        },
        TURNS,
    )
    each = {name: milliseconds(seconds, CASES) for name, seconds in took.items()}
    of_reading = took["end to end"] / took["read"]
    of_plain = took["end to end"] / took["plain"]
    rows += [
        Row("reading and validating alone", each["read"], None, "", ""),
        Row(
            "from JSON Lines to verdicts as JSON Lines",
            each["end to end"],
            verdicts,
            f"{of_reading:.2f} times the reading",
            "at most 3 times",
        ),
        Row("judging alone, of cases that have been read", each["judging"], verdicts, "", ""),
        Row(
            "the same rules as plain Python functions, with the same reading and the same lines",
            each["plain"],
            verdicts,
            f"ours takes {of_plain:.2f} times as long",
            "at most 1.5 times",
        ),
    ]
    assert of_reading <= 3
    assert of_plain <= 1.5


def test_functions_written_by_hand_are_no_faster(rows, cases, rulebook):
    from tests.benchmarks.by_hand import BY_HAND
    from tests.benchmarks.plain import Plain, things_of

    plain = Plain(rulebook)
    for rule, plural, judge in plain.rules:
        if rule not in BY_HAND:
            continue
        ways = {"by hand": BY_HAND[rule], "written": judge}
        families = [plain.family(case) for case in cases]
        looked_at = [(thing, family) for family in families for thing in things_of(family, plural)]
        different = [each for each in looked_at if ways["by hand"](*each) != judge(*each)]
        assert not different
        took: dict[str, float] = {}
        for _ in range(TURNS):
            for name, way in ways.items():
                # made anew, since terms are kept on what they are about
                families = [plain.family(case) for case in cases]
                looked_at = [(each, f) for f in families for each in things_of(f, plural)]
                started = time.process_time()
                for thing, family in looked_at:
                    way(thing, family)
                seconds = time.process_time() - started
                took[name] = min(seconds, took.get(name, seconds))
        ratio = took["written"] / took["by hand"]
        micro = took["written"] / len(looked_at) * 1e6
        rows.append(
            Row(
                f"of these, `{rule}` as a program wrote it",
                f"{micro:.1f} µs a verdict",
                None,
                f"{ratio:.2f} times the one written by hand",
                "",
            )
        )
        assert ratio < 1.5  # a straw man would be easy to beat


def test_judging_beside_durable_rules(rows, cases, reviewer, rulebook, verdicts, truths):
    from tests.benchmarks.host import HostRules

    few = cases[:FEW]
    host = HostRules(rulebook)

    def expected(case):
        # the second is not asked where the first is FALSE
        return {
            key: (first, Truth.NEITHER if first is Truth.FALSE else second)
            for key, (first, second) in truths(case).items()
        }

    different = [case.id for case in few if host.pairs(case) != expected(case)]
    assert not different

    def theirs():
        for case in few:
            host.pairs(case)

    compare(rows, "the same productions in durable-rules' own Host", theirs, few, reviewer, 5)


def test_judging_beside_clips(rows, cases, reviewer, rulebook, verdicts, truths, tmp_path):
    pytest.importorskip("clips", reason="pip install '.[benchmarks]'")
    from tests.benchmarks.clips_rules import Clips

    memory = Path("/dev/shm")  # noqa: S108
    file = (memory if memory.is_dir() else tmp_path) / f"checklist-benchmark-{os.getpid()}"
    clips = Clips(rulebook, file)
    try:
        different = [
            case.id
            for case in cases
            if clips.pairs(case) != (truths(case), reviewer.tally(case, case.as_of).queries)
        ]
        assert not different
        some = cases[: CASES // 4]

        def theirs():
            for case in some:
                clips.pairs(case)

        compare(rows, "the same rules written for CLIPS", theirs, some, reviewer, 3)
    finally:
        file.unlink(missing_ok=True)


def compare(rows, name, theirs, cases, reviewer, demanded):
    def ours():
        for case in cases:
            reviewer.tally(case, case.as_of)

    took = least({"ours": ours, "theirs": theirs}, 3)
    ratio = took["theirs"] / took["ours"]
    each = milliseconds(took["theirs"], len(cases))
    tallies = [reviewer.tally(case, case.as_of) for case in cases]
    number = sum(
        len(ids) for each in tallies for told in each.verdicts.values() for ids in told.values()
    )
    rows.append(
        Row(
            name,
            each,
            number / len(cases),
            f"judging is {ratio:.1f} times as fast "
            f"({milliseconds(took['ours'], len(cases))} on these cases)",
            f"at least {demanded} times",
        )
    )
    assert ratio >= demanded


def test_memory_and_time_stay_flat(rows):
    command = [sys.executable, "-m", "tests.benchmarks.flat", str(FLAT)]
    root = Path(__file__).parents[2]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=root).stdout)
    memory = found["end"] / found["early"]
    # against making such cases, which takes as long for each: so it can be a busy machine
    pace = found["last"] / found["making_last"] / (found["first"] / found["making_first"])
    megabytes = found["end"] / 1e6
    rows += [
        Row(
            f"memory after {FLAT:,} cases, against that after 10,000",
            f"{megabytes:.0f} MB in all",
            None,
            f"{memory:.2f} times",
            "within 10 percent",
        ),
        Row(
            f"the last tenth of {FLAT:,} cases, against the first (each against making them)",
            milliseconds(found["last"], 1),
            None,
            f"{pace:.2f} times",
            "within 10 percent",
        ),
    ]
    assert 0.9 <= memory <= 1.1
    assert 0.9 <= pace <= 1.1


def test_two_processes(rows, file):
    several = [*documents([file])] * 5
    took: dict[int, float] = {}
    lines: dict[int, list[str]] = {}
    for turn in range(3):
        for workers in (1, 2):
            started = time.perf_counter()
            lines[workers] = [each.text for each in screen(several, TASK, workers=workers)]
            seconds = time.perf_counter() - started
            took[workers] = min(seconds, took.get(workers, seconds)) if turn else seconds
    assert lines[1] == lines[2]
    gain = took[1] / took[2]
    rows.append(
        Row(
            f"two processes, {len(several):,} cases, their start included",
            f"{milliseconds(took[2], len(several))} by the clock",
            None,
            f"{gain:.2f} times as fast as one",
            "at least 1.7 times on two cores",
        )
    )
    assert gain >= 1.7


def test_dask_gives_the_same_lines(rows, file):
    distributed = pytest.importorskip("distributed", reason="pip install '.[dask]'")
    here = [each.text for each in screen(documents([file]), TASK) if isinstance(each, Line)]
    assert len(here) == CASES
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options, processes=True, silence_logs=50) as cluster:
        address = cluster.scheduler_address
        there = [each.text for each in screen(documents([file]), TASK, dask=address)]
    assert there == here
    rows.append(
        Row(
            "a Dask cluster of two processes", "", None, "the same bytes as one process", "the same"
        )
    )


def test_twenty_reports(rows, tmp_path):
    # -P: the installed package, whose rulebook is ready, and not a checkout in the current folder;
    # where the one that runs the tests is none, CHECKLIST_PYTHON names the Python of another
    python = os.environ.get("CHECKLIST_PYTHON", sys.executable)
    report = ["-P", "-m", "checklist", "review", str(WORKED_CASES), "--output"]
    imports = [python, "-c", "import typer, rich, pydantic, durable"]
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }

    def seconds(command):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=env)
        return time.perf_counter() - started

    took, bare = [], []
    for turn in range(11):
        took.append(seconds([python, *report, str(tmp_path / f"{turn}.txt")]))
        bare.append(seconds(imports))
    # the first also compiles
    of_reports, of_imports = min(took[1:]), min(bare[1:])
    cases = len([*WORKED_CASES.rglob("*.yaml")])
    rows.append(
        Row(
            f"`checklist review cases`: {cases} reports into a file",
            f"{of_reports:.2f} s in all, by the clock",
            None,
            f"{of_reports / of_imports:.1f} times the bare imports ({of_imports:.2f} s)",
            "under a second",
        )
    )
    assert of_reports < 1
