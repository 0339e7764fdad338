"""Files that the program writes: whole or not at all, readable by their owner alone."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from checklist.errors import BadInput, Fault
from checklist.text import short


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """Give a stream whose text takes the place of the file when the block ends without an error.

    The text is written beside the file under another name and moved in place in one step, so that
    the file is never half-written; its mode is 0600. Raises BadInput where it cannot be written.
    """
    name = short(str(path), 200)
    if path.is_dir():
        raise BadInput([Fault("this is a folder; name a file", name, field="--output")])
    try:
        number, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    except OSError as error:
        problem = f"the file cannot be written ({error.strerror})"
        raise BadInput([Fault(problem, name, field="--output")]) from None
    try:
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).replace(path)
    except OSError as error:
        problem = f"the file cannot be written ({error.strerror})"
        raise BadInput([Fault(problem, name, field="--output")]) from None
    finally:
        Path(beside).unlink(missing_ok=True)
