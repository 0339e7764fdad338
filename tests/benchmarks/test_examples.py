"""How long `rules test` takes on a rulebook ten times as large as ours.

The copies stand under ids of their own, so that nothing the engine has learnt of one helps another.
"""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from checklist.rulebook import load, standard_rules

TIMES = 10
ALLOWED_SECONDS = 10.0
ALLOWED_RATIO = 12.0


def blown_up(folder: Path, times: int) -> Path:
    shutil.copytree(standard_rules(), folder)
    for file in standard_rules().rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for number in range(1, times):
            copy, found = re.subn(
                r"^(rule|term|query): (\w\S*)$",
                lambda match, at=number: f"{match[0]}{'_' if match[1] == 'term' else '-'}{at}",
                text,
                flags=re.MULTILINE,
            )
            if found:
                name = f"{file.stem}-{number}{file.suffix}"
                place = folder / file.relative_to(standard_rules()).with_name(name)
                place.write_text(copy, encoding="utf-8")
    return folder


def seconds(folder: Path) -> float:
    command = [sys.executable, "-m", "checklist", "rules", "test", "--only-these-rules", "--rules"]
    start = time.perf_counter()
    subprocess.run([*command, str(folder)], check=True, capture_output=True)
    return time.perf_counter() - start


def test_examples_of_ten_times_as_many_rules(tmp_path: Path) -> None:
    once, often = (blown_up(tmp_path / str(times), times) for times in (1, TIMES))
    loaded = load([often])
    assert len(loaded.own) == TIMES * len(load([once]).own)
    shortest = [min(seconds(folder) for _ in range(5)) for folder in (once, often)]
    ratio = shortest[1] / shortest[0]
    examples = sum(len(each.examples) for each in loaded.own)
    print(
        f"\n{len(loaded.rules)} rules and {len(loaded.terms)} terms with {examples} examples: "
        f"{shortest[1]:.2f} s, {ratio:.1f} times ours"
    )
    assert shortest[1] < ALLOWED_SECONDS
    assert ratio < ALLOWED_RATIO
