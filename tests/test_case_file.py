import json
import subprocess
import sys
from pathlib import Path

import pytest

from checklist.case_file import case_from, read_cases
from checklist.documents import SUFFIXES
from checklist.errors import BadInput
from checklist.record import Case

# One fault a file, the file named for the fault. cases.txt is what a person sees of them: read it
# as one who did not write the program and is tired.
BAD = Path(__file__).parent / "bad"
FILES = sorted((BAD / "cases").iterdir())
SENTENCES = (BAD / "cases.txt").read_text(encoding="utf-8").splitlines()


def expected_of(path):
    return [line for line in SENTENCES if line.startswith((f"{path.name}: ", f"{path.name}, "))]


def faults_in(*paths):
    return [
        fault.sentence()
        for read in read_cases(paths)
        if isinstance(read.case, BadInput)
        for fault in read.case.faults
    ]


def ids_in(*paths):
    return [read.case.id for read in read_cases(paths) if isinstance(read.case, Case)]


def review(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "checklist", "review", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def file_of(folder, name, text):
    path = folder / name
    if isinstance(text, bytes):
        path.write_bytes(text)
    else:
        path.write_text(text, encoding="utf-8")
    return path


# -- the folder of bad files -------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_bad_file_gets_exactly_these_sentences(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    assert faults_in(Path(path.name)) == expected_of(path)
    assert expected_of(path)


def test_no_sentence_is_left_over_from_a_file_that_is_gone():
    assert sorted(SENTENCES) == sorted(line for path in FILES for line in expected_of(path))


def test_the_command_says_of_all_bad_files_what_is_wrong_and_fails_in_none(monkeypatch):
    monkeypatch.chdir(BAD / "cases")
    ran = review(*(path.name for path in FILES))
    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [
        f"checklist: {line}" for path in FILES for line in expected_of(path)
    ]


# one of each way in which a file can be bad: each start of the program takes a third of a second
@pytest.mark.parametrize(
    "name",
    [
        "not-yaml.yaml",
        "empty.yaml",
        "tag.yaml",
        "nul-byte.yaml",
        "utf-16.yaml",
        "nested-too-deep.yaml",
        "several-faults.yaml",
        "person-who-is-not-there.yaml",
        "not-json.json",
        "nan.json",
        "half-a-character.json",
        "no-line.jsonl",
        "wrong-name.txt",
        ".",
        "not-there.yaml",
    ],
)
def test_the_command_refuses_a_bad_file_without_a_traceback(name, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path if name == "." else BAD / "cases")
    ran = review(name)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"checklist: {name}")
    assert "Traceback" not in ran.stderr
    assert all(line.startswith("checklist: ") for line in ran.stderr.splitlines())


@pytest.mark.parametrize("form", ["terminal", "json", "jsonl"])
def test_one_bad_file_does_not_stop_the_others(tmp_path, form):
    file_of(tmp_path, "a.yaml", "id: first\n")
    bad = file_of(tmp_path, "b.yaml", "id: second\nas_of: 2021-02-31\n")
    lines = file_of(tmp_path, "c.jsonl", '{"id": "third"}\n{"id": "fourth",}\n{"id": "fifth"}\n')
    file_of(tmp_path, "d.json", '{"id": "sixth"}')
    ran = review(tmp_path, "--format", form)
    assert ran.returncode == 2
    assert [line.split(":")[1] for line in ran.stderr.splitlines()] == [
        f" {bad}, line 2",
        f" {lines}, line 2",
    ]
    if form == "terminal":
        found = [line[12:] for line in ran.stdout.splitlines() if line.startswith("Gap report: ")]
    elif form == "json":
        found = [each["case"] for each in json.loads(ran.stdout)]
    else:
        found = [json.loads(line)["case"] for line in ran.stdout.splitlines()]
    assert found == ["first", "third", "fifth", "sixth"]


# -- files that are too much -------------------------------------------------------------------


def laughs():
    lines = ["id: family-1", "a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", f"id: a\nabout: {'x' * 20_000_000}\n", ": the file is larger than 4,000,000"),
        ("a.yaml", f"id: a\nabout: {'x' * 3_900_000}\n", ", line 2: about: this text has 3,900,"),
        ("a.yaml", laughs(), ", line 2: text that begins with * or & stands in quotes"),
        ("a.yaml", f"id: a\nabout: {'[' * 100_000}", ", line 2: this stands more than 40 levels"),
        ("a.json", f'{{"id": "a",\n"about": {"[" * 100_000}', ", line 2: this stands more than 40"),
        ("a.json", f'{{"id":\n{"9" * 100_000}}}', ', line 2: id: "9999999999999999'),
        ("a.json", '{"id": "a\x00"}', ", line 1: this is not JSON at column 10: "),
        ("a.json", '{"id": "a\\u0000"}', ', line 1: id: "a<U+0000>" cannot be an id'),
        ("a.jsonl", "[" * 100_000, ", line 1: this stands more than 40 levels"),
        ("a.jsonl", '{"id": ' + "9" * 100_000 + "}", ', line 1: id: "9999999999999999'),
        ("a.json", '{"id": "a"}'.encode("utf-16"), ", line 1: this is not UTF-8 text"),
        ("a.jsonl", '{"id": "a"}'.encode("utf-16"), ", line 1: this is not UTF-8 text"),
        ("a.yaml", b"id: \xff", ", line 1: this is not UTF-8 text"),
    ],
    ids=range(13),
)
def test_a_file_that_is_too_much_is_refused_with_its_line(tmp_path, name, text, said):
    path = file_of(tmp_path, name, text)
    (sentence,) = faults_in(path)
    assert sentence.startswith(f"{path}{said}")
    assert len(sentence) < 500


def test_a_number_of_any_length_is_text_where_text_is_asked_for(tmp_path):
    path = file_of(tmp_path, "a.json", f'{{"id": "a", "note": {"9" * 4_999}}}')
    assert ids_in(path) == ["a"]


def test_a_line_that_is_too_long_does_not_stop_the_lines_around_it(tmp_path):
    long = json.dumps({"id": "second", "about": "x" * 5_000_000})
    path = file_of(tmp_path, "a.jsonl", f'{{"id": "first"}}\n{long}\n{{"id": "third"}}')
    assert ids_in(path) == ["first", "third"]
    assert faults_in(path) == [
        f"{path}, line 2: this line is longer than 4,000,000 bytes, the most that is accepted."
    ]


def test_of_very_many_faults_the_first_are_told_soon(tmp_path):
    keys = "\n".join(f"birn_{number}: x" for number in range(100_000))
    path = file_of(tmp_path, "a.yaml", f"{keys}\n")
    found = faults_in(path)
    assert len(found) == 21
    assert found[0].startswith(f"{path}, line 1: id: this key is missing")
    assert found[19].startswith(f"{path}, line 19: birn_18: there is no such key here")
    assert found[20] == (
        f"{path}: there is more to correct in this record; it will be told once this is done."
    )


def test_of_very_many_people_who_are_not_there_the_first_are_told_soon(tmp_path):
    adults = "".join(f"  - id: adult-{number}\n" for number in range(1_000))
    covers = ", ".join(f"adolt-{number}" for number in range(1_000))
    path = file_of(
        tmp_path, "a.yaml", f"id: a\nadults:\n{adults}assessments:\n  - covers: [{covers}]\n"
    )
    found = faults_in(path)
    assert len(found) == 21
    assert "there is no person with the id adolt-0 (did you mean adult-0?)" in found[0]


# -- which files, which cases ------------------------------------------------------------------


def test_a_folder_gives_every_case_file_in_it_by_name(tmp_path):
    (tmp_path / "more").mkdir()
    for name in ("c.yaml", "a.yml", "B.YAML", "more/d.yaml"):
        file_of(tmp_path, name, f"id: {Path(name).stem}\n")
    file_of(tmp_path, "e.ndjson", '{"id": "e"}\n{"id": "f"}\n')
    file_of(tmp_path, "notes.txt", "id: not-this\n")
    (tmp_path / "folder.yaml").mkdir()
    assert ids_in(tmp_path) == ["B", "a", "c", "e", "f", "d"]
    assert [read.line for read in read_cases([tmp_path])] == [None, None, None, 1, 2, None]


def test_files_are_read_in_the_order_they_are_named(tmp_path):
    paths = [file_of(tmp_path, f"{name}.yaml", f"id: {name}\n") for name in "bac"]
    assert ids_in(*paths) == ["b", "a", "c"]


def test_a_folder_without_case_files_is_told(tmp_path):
    assert faults_in(tmp_path) == [
        f"{tmp_path}: there is no case file in this folder (.yaml, .yml, .json, .jsonl, .ndjson)."
    ]


@pytest.mark.parametrize("name", ["case.txt", "case", "case.yaml.bak", "yaml"])
def test_a_file_by_another_name_is_refused(tmp_path, name):
    (sentence,) = faults_in(file_of(tmp_path, name, "id: a\n"))
    assert f"{name}: the name of a case file ends in one of {', '.join(SUFFIXES)}" in sentence


@pytest.mark.parametrize("name", ["familly-1.yaml", "familly-1.yml", "familly 1", "family-1"])
def test_a_missing_file_is_told_with_the_nearest_name_whatever_it_ends_in(tmp_path, name):
    file_of(tmp_path, "family-1.yaml", "id: a\n")
    assert faults_in(tmp_path / name) == [
        f"{tmp_path / name}: the file cannot be read: there is no such file or folder "
        "(did you mean family-1.yaml?)."
    ]


def test_a_name_that_no_file_can_have_is_told(tmp_path):
    path = tmp_path / f"{'a' * 300}.yaml"
    assert faults_in(path) == [f"{path}: the file cannot be read (File name too long)."]


def test_json_and_yaml_say_the_same(tmp_path):
    yaml = file_of(
        tmp_path, "a.yaml", "id: 12\nnote: 1.50\nadults: [{id: lee, age_years: 19, assessed: true}]"
    )
    text = '{"id": 12, "note": 1.50, "adults": [{"id": "lee", "age_years": 19, "assessed": true}]}'
    in_json = file_of(tmp_path, "a.json", text)
    lines = file_of(tmp_path, "a.jsonl", text)
    assert len({repr(read.case) for read in read_cases([yaml, in_json, lines])}) == 1


def test_what_json_refuses_is_not_let_in_by_another_reading(tmp_path):
    assert ids_in(file_of(tmp_path, "a.json", '{"id": true}')) == []


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (None, "line 7: nothing is recorded here; a record is made of keys and values"),
        ("family-1", "line 7: this is no case record; a record is made of"),
        ([{"id": "a"}], "line 7: this is no case record but a list (several cases stand one a"),
        (True, "line 7: this is no case record; a record is made of"),
        ({}, "line 7: id: this key is missing"),
    ],
)
def test_what_is_no_record_is_refused(tree, said):
    with pytest.raises(BadInput) as caught:
        case_from(tree, line=7)
    assert str(caught.value).startswith(said)


def test_a_mother_father_or_partner_can_be_one_whom_nobody_knows(tmp_path):
    text = "id: a\nchildren:\n  - {id: kim, mother: not_known, father: Not known}\n"
    assert ids_in(file_of(tmp_path, "a.yaml", f"{text}adults: [{{id: lee, partner: not-known}}]"))


def test_a_good_record_loads_nothing_that_only_faults_and_editors_need(tmp_path):
    path = file_of(tmp_path, "a.json", '{"id": "a"}')
    code = (
        "import sys; from pathlib import Path; from checklist.case_file import read_cases\n"
        "(read,) = read_cases([Path(sys.argv[1])])\n"
        "assert read.case.id == 'a'\n"
        "names = ['checklist.case_faults', 'checklist.source_faults', 'checklist.record_schema',\n"
        "         'difflib', 'yaml', 'checklist.engine']\n"
        "print([name for name in names if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, encoding="utf-8", check=False
    )
    assert ran.stdout == "[]\n", ran.stderr
