"""Files that the program writes: whole or not at all, readable by their owner alone."""

import gzip
import io
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from checklist.errors import BadInput, Fault
from checklist.text import escape_controls


@contextmanager
def replacing(path: Path, *, field: str = "--output") -> Iterator[IO[str]]:
    """Give a stream whose text takes the place of the file, as with `replacing_bytes`.

    Where its name ends in `.gz` it is compressed, the same text always to the same bytes.
    """
    compressed = str(path).endswith(".gz")
    with replacing_bytes(path, field=field) as written, _text(written, compressed) as stream:
        yield stream


@contextmanager
def replacing_bytes(path: Path, *, field: str = "--output") -> Iterator[IO[bytes]]:
    """Give a stream whose bytes take the place of the file when the block ends without an error.

    They are written beside the file under another name and moved in place in one step, so that the
    file is never half-written; its mode is 0600, or what is left of that where the file that stood
    there allowed less. Raises BadInput where it cannot be written, with the option that named it
    as `field`.
    """
    name = escape_controls(str(path))
    path = Path(os.path.realpath(path))  # a link stays, and what it leads to is replaced
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        mode = stat.S_IFREG | _OWN
    except OSError as error:
        raise _refused(_cannot(error), name, field) from None
    if stat.S_ISDIR(mode):
        raise _refused("this is a folder; name a file", name, field)
    if not stat.S_ISREG(mode):
        raise _refused("this is not an ordinary file, which alone can be replaced", name, field)
    if not path.parent.is_dir():
        problem = "the file cannot be written: there is no such folder; make it first"
        raise _refused(problem, name, field)
    try:
        number, beside = tempfile.mkstemp(prefix=_BESIDE, dir=path.parent)  # mode 0600
    except OSError as error:
        raise _refused(_cannot(error), name, field) from None
    try:
        with os.fdopen(number, "wb") as written:
            _lock(number)
            yield written
            written.flush()
            Path(beside).chmod(mode & _OWN)
            os.fsync(written.fileno())
        Path(beside).replace(path)
    except OSError as error:
        raise _refused(_cannot(error), name, field) from None
    finally:
        Path(beside).unlink(missing_ok=True)


def clear_left_beside(path: Path) -> None:
    """Remove what processes that were killed while they wrote have left in the folder of a file.

    What somebody is writing is locked, and stays; so does what cannot be removed.
    """
    with suppress(OSError):
        for left in Path(os.path.realpath(path)).parent.glob(f"{_BESIDE}*"):
            # what has just been made may not be locked yet
            if time.time() - left.stat().st_mtime > _SECONDS_TO_LOCK:
                with left.open("rb") as stream:
                    if _lock(stream.fileno()):
                        left.unlink()


def _lock(number: int) -> bool:
    """Lock a file until it is closed, or its process ends; whether that could be done."""
    try:
        import fcntl  # not everywhere

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


_BESIDE: Final = ".checklist-"  # begins with a dot and has no ending: it is no case file
_OWN: Final = 0o600  # to be read and written by the owner
_SECONDS_TO_LOCK: Final = 5


@contextmanager
def _text(written: IO[bytes], compressed: bool) -> Iterator[IO[str]]:
    """Give a stream of text in UTF-8 onto a file; the file itself stays open after it."""
    if compressed:
        # neither the day nor a name goes in
        with (
            gzip.GzipFile("", "wb", 6, written, mtime=0) as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as text,
        ):
            yield text
        return
    stream = io.TextIOWrapper(written, encoding="utf-8")
    try:
        yield stream
    finally:
        stream.detach()  # writes what is left


def _cannot(error: OSError) -> str:
    return f"the file cannot be written ({error.strerror})"


def _refused(problem: str, name: str, field: str) -> BadInput:
    return BadInput([Fault(problem, name, field=field)])
