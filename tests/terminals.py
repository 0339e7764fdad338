"""A terminal for the program to run in: what it shows is held, and keys are pressed."""

import os
import sys
import time

import pexpect
import pyte

KEYS = {"up": "\x1b[A", "down": "\x1b[B", "enter": "\r", "ctrl-c": "\x03", "ctrl-d": "\x04"}
PATIENCE = 20
"""The seconds after which what was waited for is taken not to come."""


class Terminal:
    """One run of the program in a pseudo-terminal of 80 columns and 24 rows."""

    def __init__(self, *arguments, cwd, env=None):
        self.screen = pyte.Screen(80, 24)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "checklist", *map(str, arguments)],
            cwd=str(cwd),
            env={**os.environ, "TERM": "xterm-256color", "LINES": "", "COLUMNS": "", **(env or {})},
            dimensions=(24, 80),
            timeout=PATIENCE,
        )
        self.screen.write_process_input = self.child.send  # where is the cursor?

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.child.close(force=True)

    @property
    def shown(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, *keys):
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def until(self, *texts):
        """Wait until all of the texts are on the screen together."""
        end = time.monotonic() + PATIENCE
        while not all(text in self.shown for text in texts):
            assert time.monotonic() < end, f"{texts} did not come:\n{self.shown}"
            try:
                read = self.child.read_nonblocking(65536, timeout=PATIENCE)
            except (pexpect.TIMEOUT, pexpect.EOF):
                raise AssertionError(f"{texts} did not come:\n{self.shown}") from None
            self.raw += read
            self.stream.feed(read)

    def end(self):
        """Return all that was still to come, and the exit code."""
        rest = b""
        while True:
            try:
                read = self.child.read_nonblocking(65536, timeout=PATIENCE)
            except pexpect.EOF:
                break
            except pexpect.TIMEOUT:
                raise AssertionError(f"it did not end:\n{self.shown}") from None
            rest += read
            self.raw += read
            self.stream.feed(read)
        self.child.close()
        return rest.decode(), self.child.exitstatus
