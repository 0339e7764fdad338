import filecmp
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


def installed(*arguments, cwd):
    ran = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=cwd, check=True
    )
    return ran.stdout.strip()


@pytest.mark.parametrize("name", ["rules", "cases"])
def test_the_installed_program_has_its_rules_and_cases_on_board(name, tmp_path):
    call = {"rules": "standard_rules", "cases": "worked_cases"}[name]
    code = f"from checklist.rulebook import {call}; print({call}())"
    there = Path(installed("-c", code, cwd=tmp_path))
    ours = {path.relative_to(REPOSITORY / name) for path in (REPOSITORY / name).rglob("*.*")}
    assert ours == {path.relative_to(there) for path in there.rglob("*.*")}
    same, *different = filecmp.cmpfiles(REPOSITORY / name, there, ours, shallow=False)
    assert (len(same), different) == (len(ours), [[], []])


def test_the_installed_command_works_from_any_folder(tmp_path):
    command = Path(sys.executable).parent / "checklist"
    ran = subprocess.run(
        [command, "review", "--worked-cases"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert ran.returncode == 0
    assert "Gap report: closed-as-the-baby-was-born" in ran.stdout
