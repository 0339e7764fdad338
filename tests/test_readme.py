import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", README, re.DOTALL))
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    tuple(part.split("\n", 1)) for block in CONSOLE for part in block.split("$ ") if part.strip()
]


@pytest.mark.parametrize(("command", "printed"), COMMANDS)
def test_a_command_of_the_readme_prints_what_the_readme_says(command, printed, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    typed, _, command = command.rpartition(" | ")
    program, *arguments = shlex.split(command)
    assert program == "checklist"
    ran = subprocess.run(
        [sys.executable, "-m", "checklist", *arguments],
        input="".join(shlex.split(typed)[1:]).replace("\\n", "\n"),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert ran.stderr == ""
    assert ran.returncode == 0
    assert re.fullmatch(pattern_of(without_hashes(printed)), without_hashes(ran.stdout), re.DOTALL)


def pattern_of(printed):
    """Return the text as a pattern; three dots alone on a line stand for any lines."""
    lines = [".*" if line == "..." else re.escape(line) for line in printed.splitlines()]
    return "\n".join(lines)


def without_hashes(text):
    """Return the text without what differs with every word of every rule."""
    return re.sub(r"\b[0-9a-f]{12}\b", "HASH", text.strip())


def test_the_readme_shows_commands_and_their_files():
    assert len(COMMANDS) >= 4
    assert set(FILES) == {"case.yaml", "my-rules.yaml"}


def test_the_continuous_run_uses_the_readmes_test_command():
    (tests,) = re.findall(r"```sh\n(.*?pytest)\n```", README)
    run = (Path(__file__).parents[1] / ".ci" / "run").read_text(encoding="utf-8")
    for part in tests.removeprefix("python3 -m venv .venv && ").split(" && "):
        assert part.replace("pip install", "pip install --quiet") in run or part in run
