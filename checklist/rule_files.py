"""The files of a rulebook: which those of a folder are, and the hash of what stands in them."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path


def files_in(folder: Path) -> list[Path]:
    """Return the rule files of a folder, with those of the folders in it, in order."""
    return sorted(
        file for file in folder.rglob("*") if file.suffix in (".yaml", ".yml") and file.is_file()
    )


def hash_of(
    paths: Iterable[Path],
    *,
    at_hand: Iterable[Path] = (),
    settings: Mapping[str, int | str] | None = None,
) -> bytes:
    """Return the SHA-256 of the names and contents of rule files and of all files in folders.

    A file of a folder is named as it stands in it, so that it does not matter where the folder is.
    The files `at_hand` lend their terms and not their rules. `settings` are the values in force
    that are not the defaults. Raises OSError where a file cannot be read.
    """
    found = hashlib.sha256()
    for group in (paths, at_hand):
        # neither the order in which paths are named nor naming one twice changes a rulebook
        for name, content in sorted({each for path in group for each in _read(path)}):
            found.update(f"{name}\0{len(content)}\0".encode())
            found.update(content)
        found.update(b"\0")
    for name, value in sorted((settings or {}).items()):
        found.update(f"{name}\0{value}\0".encode())
    return found.digest()


def _read(path: Path) -> Iterable[tuple[str, bytes]]:
    if not path.is_dir():
        return [(path.name, path.read_bytes())]
    return [(file.relative_to(path).as_posix(), file.read_bytes()) for file in files_in(path)]
