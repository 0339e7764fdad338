"""Where the program starts: `checklist`, and the same as `python -m checklist`."""

import gc
import os
import signal
import sys

_JUDGING = frozenset(
    {
        "review", "interview", "screen", "verify", "select", "compare", "brief", "explain", "test",
        "--published", "--clauses",
    }
)  # fmt: skip


def main() -> None:
    """Run the program; for a command that judges, start the engine's process first.

    That early the process is small, so that forking it costs little, and the engine makes itself
    ready while this process is still busy with its imports.
    """
    gc.disable()  # until a command begins its work: what start-up makes stays until the end
    # no plug-in of another package is to see what a record says
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    hears = signal.getsignal(signal.SIGINT)
    if hears is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupted import has nothing to say
    if _JUDGING.intersection(sys.argv):
        from checklist.watchdog import rulesets

        rulesets().start()
    from checklist.cli import main as run

    signal.signal(signal.SIGINT, hears)
    run()


if __name__ == "__main__":
    main()
