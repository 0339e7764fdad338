import signal
import subprocess
import sys

import pytest

INTERRUPTED_WHILE_IT_IMPORTS = """
import signal, sys

class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Pressed())
sys.argv = ["checklist", "review", "none.yaml"]
from checklist.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("checklist.watchdog", -signal.SIGINT),  # which a shell, too, says as 130
        ("checklist.cli", -signal.SIGINT),
        ("checklist.review", 130),  # from here on it ends in its own way
    ],
)
def test_ctrl_c_while_it_starts_ends_it_without_a_word(module, code):
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_IT_IMPORTS.format(module=module)],
        capture_output=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, b"", b"")
