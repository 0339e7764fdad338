"""A process that saves answer after answer and is killed, again and again: for test_draft.py.

Run by itself, because a process with threads (as tests have) must not be forked. Prints a line of
JSON for each run: the answers that were reported as saved, and those that the file then holds.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from checklist.case_file import read_cases
from checklist.draft import Draft


def answer_on(path: Path, report: int) -> None:
    draft = Draft.open(path)
    for number in range(1, 1_000):
        draft.add_member("contacts", f"c{number}", {"date": "2021-02-08", "purpose": "x" * 200})
        draft.save()
        os.write(report, f"{number}\n".encode())


def killed_run(path: Path, seed: int) -> dict[str, object]:
    draft = Draft.new(path, "family-1")
    draft.save()
    listen, report = os.pipe()
    child = os.fork()
    if child == 0:
        answer_on(path, report)
        os._exit(0)
    os.close(report)
    with os.fdopen(listen, "rb") as reports:
        # some answers in, however slow the machine is, and anywhere from there
        chance = random.Random(seed)  # noqa: S311
        said = [reports.readline() for _ in range(chance.randrange(6))]
        time.sleep(chance.uniform(0, 0.015))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += reports.readlines()
    # what a review of the folder reads
    (read,) = read_cases([path.parent])
    kept = [contact.id for contact in read.case.contacts or ()]
    left = [other.name for other in path.parent.iterdir() if other != path]
    for name in left:
        path.with_name(name).unlink()
    path.unlink()
    return {"said": len(said), "kept": kept, "left": left}


if __name__ == "__main__":
    folder, runs = Path(sys.argv[1]), int(sys.argv[2])
    for seed in range(runs):
        print(json.dumps(killed_run(folder / "case.yaml", seed)))  # noqa: T201
