import shutil
import stat

import pytest

from checklist.rulebook import standard_rules
from tests.cli.test_review_command import GAP, file, run

__all__ = ["file"]

RULE = standard_rules() / "information-sharing" / "gp-invited.yaml"
COMMANDS = {
    "review": ("review",),
    "screen": ("screen", "--format", "jsonl"),
    "a workbook": ("screen", "--format", "xlsx"),
    "select": ("select", "--where", "{concerns: {includes: neglect}}"),
    "brief": ("brief", "--audit", "A"),
    "compare": ("compare", "--as-of", "2021-05-01", "--as-of", "2021-06-01"),
    "todo": ("todo", "--format", "ics"),
}
READ = "this is one of the files that are read; name another"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("named", ["itself", "through a link", "by its folder", "its rules"])
def test_what_is_read_is_not_written_over(command, named, file, tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    case = folder / "case.yaml"
    case.write_text(GAP, encoding="utf-8")
    rule = tmp_path / "rule.yaml"
    shutil.copy(RULE, rule)
    output = {"itself": case, "through a link": tmp_path / "link.yaml", "its rules": rule}.get(
        named, case
    )
    if named == "through a link":
        output.symlink_to(case)
    before = case.read_bytes(), rule.read_bytes()
    read = folder if named == "by its folder" else case
    ran = run(*command, read, "--rules", rule, "--output", output)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"checklist: {output}: --output: {READ}.\n"
    assert (case.read_bytes(), rule.read_bytes()) == before


@pytest.mark.parametrize("command", ["screen", "brief"])
def test_no_receipt_is_written_over_what_is_read(command, file):
    case = file(GAP)
    ran = run(*COMMANDS[command], case, "--receipt", case)
    assert ran.returncode == 2
    assert ran.stderr == f"checklist: {case}: --receipt: {READ}.\n"
    assert case.read_text(encoding="utf-8") == GAP


def test_another_file_of_the_folder_is_written(file, tmp_path):
    case = file(GAP)
    for name in ("new.json", "old.txt"):
        output = tmp_path / name
        if name == "old.txt":
            output.write_text("old", encoding="utf-8")
        ran = run("review", tmp_path, "--rule", "gp-invited", "--output", output)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert "GAP GP invited" in output.read_text(encoding="utf-8")
        output.unlink()
    assert stat.S_ISREG(case.stat().st_mode)
