"""How long one review takes from the shell, against a process that only imports the libraries.

Run by hand: python -m pytest tests/benchmarks -s
"""

import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import checklist
from tests.conftest import SAMPLE_CASES

RUNS = 25
LIMIT = 2.5
CASE = SAMPLE_CASES / "neglect-baby-no-tool.yaml"
ONLY_IMPORTS = "import typer, rich, pydantic, durable"


def seconds(command):
    # compiled modules, as pip leaves them on installation
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=env, check=True)
    return time.perf_counter() - started


def test_a_review_takes_at_most_two_and_a_half_times_the_imports():
    compileall.compile_dir(Path(checklist.__file__).parent, quiet=1)
    # -P: the installed package, whose rulebook is ready, and not a checkout in the current folder
    review = [sys.executable, "-P", "-m", "checklist", "review", str(CASE)]
    imports = [sys.executable, "-c", ONLY_IMPORTS]
    seconds(review)
    seconds(imports)
    pairs = [(seconds(review), seconds(imports)) for _ in range(RUNS)]
    ratios = [ours / theirs for ours, theirs in pairs]
    for name, times in (
        ("review", [ours for ours, _ in pairs]),
        ("imports", [t for _, t in pairs]),
    ):
        middle, least = statistics.median(times), min(times)
        print(f"{name:8} median {middle * 1000:6.0f} ms   least {least * 1000:6.0f} ms")
    ratio = statistics.median(ratios)
    print(f"ratio    median {ratio:6.2f}")
    assert ratio <= LIMIT
