"""Packages that only some users need: what is said where one is not installed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

from checklist.errors import BadInput, Fault
from checklist.interruption import ctrl_c_later

INSTALL: Final = "install it with: pip install 'checklist[{}]'"
"""What to do where a package of an extra is not there."""


@contextmanager
def needed(
    why: str, extra: Literal["screening", "dask"] = "screening", *, option: str = ""
) -> Iterator[None]:
    """Import packages of an extra in this block.

    Raises BadInput where one is missing: `why` it is needed, as words that go on with how to
    install it, and the command's `option` that asked for it.
    """
    # an interrupted import of NumPy ends as if it were missing
    with ctrl_c_later():
        try:
            yield
        except ImportError:
            raise BadInput([Fault(f"{why}; {INSTALL.format(extra)}", field=option)]) from None


def check_installed(why: str, *packages: str, option: str = "") -> None:
    """Raise BadInput where packages that screening needs are missing, which is better said early.

    `packages` are the names by which they are imported, and what `why` ends with: "this needs".
    """
    from importlib.util import find_spec

    if missing := [name for name in packages if find_spec(name) is None]:
        problem = f"{why} {' and '.join(missing)}; {INSTALL.format('screening')}"
        raise BadInput([Fault(problem, field=option)])
