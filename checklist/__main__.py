"""Where the program starts: `checklist`, and the same as `python -m checklist`."""

import gc
import os
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
    if _JUDGING.intersection(sys.argv):
        from checklist.watchdog import rulesets

        rulesets().start()
    from checklist.cli import main as run

    run()


if __name__ == "__main__":
    main()
