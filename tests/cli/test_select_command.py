import csv
import io
import json
import shlex

import pytest

from tests.cli.test_review_command import run

CASES = {
    "one": "authority: north\nconcerns: [neglect]\nchronology: yes\n",
    "two": "authority: north\nconcerns: [neglect]\nchronology: no\n",
    "three": "authority: south\nconcerns: [neglect]\nchronology: yes\n",
    "four": "authority: south\nconcerns: [neglect]\n",
    "five": "authority: south\nconcerns: [housing]\n",
    "six": "authority: south\n",
}
NEGLECT = ("--where", "{concerns: {includes: neglect}}")


@pytest.fixture
def cases(tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, text in CASES.items():
        text = f"id: {name}\nas_of: 2021-06-01\n{text}"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def select(*arguments, **options):
    return run("select", *arguments, **options)


def test_the_cases_that_qualify_and_why_the_others_do_not(cases):
    ran = select(cases, *NEGLECT)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Where: {concerns: {includes: neglect}}" in ran.stdout
    assert "6 cases: 4 qualify, 1 not recorded, 1 does not." in ran.stdout
    assert "Ask: What is recorded of the concerns that assessments found?" in ran.stdout
    assert "The concerns found do not include neglect." in ran.stdout


def test_several_conditions_have_to_be_so_together_and_with_the_audit(cases):
    both = select(cases, *NEGLECT, "--where", "chronology: yes", "--format", "json")
    data = json.loads(both.stdout)
    assert [each["case"] for each in data["cases"] if each["qualifies"] == "yes"] == [
        "one",
        "three",
    ]
    of_audit = json.loads(select(cases, "--audit", "A", *NEGLECT, "--format", "json").stdout)
    assert (of_audit["audit"], of_audit["where"]) == ("A", [NEGLECT[1]])
    assert of_audit["summary"]["yes"] == 0


def test_a_sample_is_drawn_again_by_the_command_that_it_prints(cases):
    ran = select(cases, *NEGLECT, "--sample", "2", "--by", "authority", "--at-least",
                 "1 chronology", "--format", "json")  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    sample = json.loads(ran.stdout)["sample"]
    program, *again = shlex.split(sample["again"])
    assert program == "checklist"
    assert [len(each["drawn"]) for each in sample["strata"]] == [1, 1]
    repeated = json.loads(run(*again, "--format", "json").stdout)["sample"]
    assert repeated == sample
    # the files in another order, and some of them named twice
    files = sorted(cases.iterdir(), reverse=True)
    again[1:2] = [*map(str, files), str(cases)]
    assert json.loads(run(*again, "--format", "json").stdout)["sample"]["drawn"] == sample["drawn"]


def test_a_fresh_seed_is_another_each_time_and_is_printed(cases):
    printed = [
        select(cases, *NEGLECT, "--sample", "2", "--format", "json").stdout for _ in range(2)
    ]
    seeds = [json.loads(each)["sample"]["seed"] for each in printed]
    assert seeds[0] != seeds[1]
    assert all(seeds)
    screen = select(cases, *NEGLECT, "--sample", "2", "--seed", "our panel").stdout
    assert "Seed: our panel. From the same records this draws it again:" in screen
    assert "--sample 2 --seed 'our panel'\n" in screen


def test_a_day_that_nobody_named_is_in_the_command_that_draws_again(cases, tmp_path):
    for file in cases.iterdir():
        text = file.read_text(encoding="utf-8").replace("as_of: 2021-06-01\n", "")
        file.write_text(text, encoding="utf-8")
    draw = (*NEGLECT, "--sample", "2", "--seed", "1", "--format", "json")
    sample = json.loads(select(cases, *draw).stdout)["sample"]
    assert "--as-of 20" in sample["again"]
    assert sample["notes"] == []
    (cases / "five.yaml").write_text("id: five\nas_of: 2021-01-01\n", encoding="utf-8")
    sample = json.loads(select(cases, *draw).stdout)["sample"]
    assert "--as-of" not in sample["again"]
    assert "since they name no day of their own: 5." in sample["notes"][0]
    sample = json.loads(select(cases, *draw, "--as-of", "2021-06-01").stdout)["sample"]
    assert "--as-of 2021-06-01" in sample["again"]
    assert sample["notes"] == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--sample", "5"), "FALLS SHORT: 5 cases asked for, and only 4 can"),
        (("--sample", "4", "--at-least", "3 chronology"), "FALLS SHORT: At least 3 chronology"),
    ],
)
def test_a_sample_that_falls_short_is_drawn_and_gives_exit_code_1(cases, options, told):
    ran = select(cases, *NEGLECT, *options)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert told in ran.stdout
    assert "Sample: 4 of the 4 cases that qualify" in ran.stdout


def test_a_table_for_spreadsheets_with_the_draw_told_beside_it(cases, tmp_path):
    (cases / "five.yaml").write_text("id: five\nauthority: '=1+1'\n", encoding="utf-8")
    file = tmp_path / "out.csv"
    ran = select(cases, *NEGLECT, "--sample", "5", "--seed", "x", "--format", "csv",
                 "--output", file)  # fmt: skip
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "checklist: 5 cases asked for, and only 4 can be drawn" in ran.stderr
    assert "--sample 5 --seed x\n" in ran.stderr
    table = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")  # so that Excel reads accents rightly
    assert [row["case"] for row in table if row["drawn"] == "yes"] == [
        "four", "one", "three", "two",
    ]  # fmt: skip
    assert table[0]["authority"] == "'=1+1"


def test_paths_are_for_another_command(cases):
    ran = select(cases, *NEGLECT, "--where", "chronology: yes", "--format", "paths")
    assert ran.stdout.splitlines() == [str(cases / "one.yaml"), str(cases / "three.yaml")]
    reports = run("review", *ran.stdout.split(), "--rule", "gp-invited", "--format", "jsonl")
    assert [json.loads(line)["case"] for line in reports.stdout.splitlines()] == ["one", "three"]


def test_a_path_that_names_other_cases_too_is_told(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "chronology": "yes"}\n{"id": "b", "chronology": "no"}\n', "utf-8")
    ran = select(file, "--where", "chronology: yes", "--format", "paths")
    assert ran.stdout == f"{file}\n"
    assert ran.stderr == f"checklist: {file} holds cases that were not chosen too.\n"
    assert ran.returncode == 0


def test_what_cannot_be_read_does_not_stop_the_rest(cases):
    (cases / "bad.yaml").write_text("id: bad\nconcrns: [neglect]\n", encoding="utf-8")
    (cases / "z.yaml").write_text("id: one\nconcerns: [neglect]\n", encoding="utf-8")
    ran = select(cases, cases / "bad.yaml", *NEGLECT)
    assert ran.returncode == 2
    assert "4 qualify" in ran.stdout
    first, second = ran.stderr.splitlines()
    assert first.startswith(f"checklist: {cases / 'bad.yaml'}, line 2: concrns: ")
    assert second == (
        f"checklist: {cases / 'z.yaml'}: id: there is already a case one, in "
        f"{cases / 'one.yaml'}; this one is left out."
    )


def test_days_that_cannot_be_counted_are_told_with_their_file(cases):
    late = cases / "six.yaml"
    late.write_text(
        "id: six\nas_of: 2100-12-30\nmeetings: [{kind: strategy, date: 2100-12-30}]\n", "utf-8"
    )
    condition = "{some: {meetings: {date: {within: {working_days: 3, after: as_of}}}}}"
    ran = select(cases, "--where", condition)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"checklist: {late}: ")
    assert "working days can be counted in the years" in ran.stderr
    assert "5 cases: " in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "CASE: name a case file or a folder; to see how it looks, use --worked-cases."),
        (("x.yaml",), "--audit: name the criteria: an audit here, or a condition with --where."),
        (("x.yaml", "--audit", "AB"), "--audit: there is no audit AB (did you mean B?); there are "
         "A, B, C."),
        (("x.yaml", "--where", "{concerns: {includes: negelct}}"), "--where: concerns: "
         '"negelct" is not one of its values (did you mean neglect?); they are '),
        (("x.yaml", "--audit", "A", "--by", "authority"),
         "--by: this goes with --sample, which is not given."),
        (("x.yaml", "--audit", "A", "--at-least", "1 repeat"),
         "--at-least: this goes with --sample, which is not given."),
        (("x.yaml", "--audit", "A", "--seed", "1"),
         "--seed: this goes with --sample, which is not given."),
        (("x.yaml", "--audit", "A", "--sample", "0"),
         "--sample: 0 is too small; write a whole number from 1 up."),
        (("x.yaml", "--audit", "A", "--sample", "1", "--seed", " "),
         "--seed: is blank; leave it out for a fresh one."),
        (("x.yaml", "--audit", "A", "--sample", "6", "--by", "autority"),
         "--by: a sample cannot be drawn by autority (did you mean authority?); it can by "
         "authority, audit."),
        (("x.yaml", "--audit", "B", "--sample", "2", "--at-least", "3 repeat"),
         "--at-least: 3 repeat cannot be in a sample of 2."),
        (("x.yaml", "--audit", "B", "--sample", "2", *["--at-least", "1 repeat"] * 2),
         "--at-least: repeat is asked for twice; keep one."),
        (("x.yaml", "--audit", "B", "--sample", "2", "--at-least", "1 repat"),
         "--at-least: there is no `repat` to count cases by (did you mean repeat?); there are "),
        (("x.yaml", "--audit", "A", "--as-of", "soon"), "--as-of: "),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(arguments, told):
    ran = select(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"checklist: {told}")
    assert ran.stderr.count("\n") == 1


def test_an_audit_that_does_not_say_how_it_chose_takes_a_condition(cases, tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        "audit: Z\ntitle: T\npartnership: P\nmonth: 2022-01\n"
        "points: [{point: Z1, section: S, says: One thing.}]\n",
        encoding="utf-8",
    )
    ran = select(cases, "--rules", rules, "--audit", "Z")
    assert (ran.returncode, ran.stderr) == (
        2,
        "checklist: --audit: audit Z does not say how it chose its cases; say it with --where.\n",
    )
    ran = select(cases, "--rules", rules, "--audit", "Z", *NEGLECT)
    assert ran.returncode == 0
    assert "4 qualify" in ran.stdout


def test_the_three_audits_work_out_of_the_box():
    for audit, options in (
        ("A", ("--sample", "6", "--by", "authority")),
        ("B", ("--sample", "6", "--by", "authority", "--at-least", "3 repeat")),
        ("C", ("--sample", "8")),
    ):
        ran = select("--worked-cases", "--audit", audit, *options, "--format", "json")
        assert (ran.returncode, ran.stderr) == (0, "")
        data = json.loads(ran.stdout)
        assert len(data["sample"]["drawn"]) == int(options[1])
        assert data["summary"]["not recorded"] == 0
