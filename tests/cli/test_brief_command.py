import json
import stat

import pytest
from docx import Document

from tests.cli.test_review_command import run

CASES = {
    "one": "as_of: 2021-06-01\nabout: Made up for a test.\nconcerns: [neglect]\nchildren:\n"
    "  - {id: baby, born: 2021-01-01}\nplans:\n"
    "  - {id: plan, kind: child_protection, started: 2021-02-01, open: yes,\n"
    "     categories: [neglect], children: [baby]}\n",
    "two": "as_of: 2021-06-01\nchildren: [{id: teen, born: 2006-01-01}]\nplans: []\n",
}


@pytest.fixture
def cases(tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, text in CASES.items():
        (folder / f"{name}.yaml").write_text(f"id: {name}\n{text}", encoding="utf-8")
    return folder


def test_a_briefing_counts_the_cases_that_the_audit_would_have_chosen(cases):
    ran = run("brief", cases, "--audit", "A")
    assert (ran.returncode, ran.stderr) == (0, "")
    text = ran.stdout.replace("\\", "")
    assert "1 case [1] whose records fit how the audit chose its own." in text
    assert "All of the cases are made up" in text
    assert "**two:** " in text
    assert "- [1] one\n" in text


def test_a_word_document_is_written_the_same_each_time_and_readable_by_its_owner(cases, tmp_path):
    files = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for file in files:
        ran = run("brief", cases, "--audit", "A", "--format", "docx", "--output", file)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert files[0].read_bytes() == files[1].read_bytes()
    headings = [
        each.text for each in Document(str(files[0])).paragraphs if each.style.name == "Heading 1"
    ]
    assert [each[0] for each in headings] == [*"1234567", "W"]


def test_small_numbers_are_left_out(cases):
    text = run("brief", cases, "--audit", "A", "--suppress-below", "3").stdout
    assert "Fewer than 3 cases whose records fit" in text
    assert "two:" not in text
    assert "Numbers of cases from 1 to 2 are left out" in text


def test_a_case_that_cannot_be_used_is_told_and_counted(cases):
    bad = cases / "three.yaml"
    bad.write_text("id: three\nmeetings: 3\n", encoding="utf-8")
    ran = run("brief", cases, "--audit", "A")
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"checklist: {bad}, line 2: meetings: ")
    assert "Records that could not be used: 1." in ran.stdout


def test_processes_share_the_work_and_change_nothing(cases):
    alone, together = (
        run("brief", cases, "--audit", "A", "--workers", number) for number in ("1", "2")
    )
    assert (together.returncode, together.stderr) == (0, "")
    assert together.stdout == alone.stdout


def test_each_form_carries_the_beginning_of_a_receipt_that_holds(cases, tmp_path):
    receipt, word = tmp_path / "receipt.json", tmp_path / "brief.docx"
    ran = run("brief", cases, "--audit", "A", "--receipt", receipt)
    assert (ran.returncode, ran.stderr) == (0, "")
    data = json.loads(receipt.read_text(encoding="utf-8"))
    assert (data["audit"], data["cases"], data["left"]) == ("A", 1, 1)
    assert stat.S_IMODE(receipt.stat().st_mode) == 0o600
    said = ran.stdout.replace("\\", "")
    assert f"Receipt {data['sha256']}: " in said
    assert f"(checklist {data['program']}; each record as of its own day)" in said
    assert "--receipt FILE" in said
    ran = run("verify", receipt, cases, "--workers", "2")
    assert (ran.returncode, ran.stderr) == (0, "")
    options = ("--format", "docx", "--output", word, "--receipt", receipt)
    assert run("brief", cases, "--audit", "A", "--as-of", "2021-06-02", *options).returncode == 0
    data = json.loads(receipt.read_text(encoding="utf-8"))
    last = Document(str(word)).paragraphs[-1].text
    assert last.startswith(f"Receipt {data['sha256']}: ")
    assert "; 2 Jun 2021)." in last
    ran = run("brief", cases, "--audit", "A", "--output", receipt, "--receipt", receipt)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("checklist: --receipt: this is the file of --output too")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["cases"], "--audit: name the audit whose learning the briefing follows."),
        (["cases", "--audit", "Z"], "--audit: there is no audit Z; there are A, B, C."),
        (["cases", "--audit", "A", "--format", "docx"],
         "--output: a Word document needs a file to stand in; name one."),
        (["cases/two.yaml", "--audit", "A"],
         "CASE: none of these cases can be counted; checklist select says why."),
        (["--audit", "A"],
         "CASE: name a case file or a folder; to see how it looks, use --worked-cases."),
    ],
)  # fmt: skip
def test_what_cannot_be_drafted_is_refused_in_one_sentence(arguments, sentence, cases):
    ran = run("brief", *arguments, cwd=cases.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"checklist: {sentence}\n"
