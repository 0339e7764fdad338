import gzip
import os
import stat

import pytest

from checklist.errors import BadInput
from checklist.files import clear_left_beside, replacing, replacing_bytes


def refusal(path):
    with pytest.raises(BadInput) as caught, replacing(path) as stream:
        stream.write("new")
    (fault,) = caught.value.faults
    return fault.sentence()


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "report.txt"
    with replacing(path) as stream:
        stream.write("Zoë\n")
    assert path.read_text(encoding="utf-8") == "Zoë\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["report.txt"]


def test_a_file_that_others_could_read_is_theirs_no_longer(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)
    with replacing(path) as stream:
        stream.write("new")
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(("before", "after"), [(0o600, 0o600), (0o400, 0o400), (0o444, 0o400)])
def test_a_file_that_allowed_less_allows_no_more(tmp_path, before, after):
    path = tmp_path / "report.txt"
    path.write_text("old", encoding="utf-8")
    path.chmod(before)
    with replacing(path) as stream:
        stream.write("new")
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == after


def test_what_a_killed_process_left_is_cleared_and_what_is_being_written_stays(tmp_path):
    path = tmp_path / "case.yaml"
    for name in (".checklist-dead", ".checklist-young", ".other", "case.yaml"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    with replacing(tmp_path / "report.txt") as stream:
        stream.write("new")
        for each in tmp_path.iterdir():
            if each.name != ".checklist-young":
                os.utime(each, (1, 1))
        clear_left_beside(path)
        assert len(names_in(tmp_path)) == 4
    assert names_in(tmp_path) == [".checklist-young", ".other", "case.yaml", "report.txt"]


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("old", encoding="utf-8")
    with replacing(path) as stream:
        stream.write("new" * 100_000)
        stream.flush()
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new" * 100_000


def test_a_name_in_gz_is_compressed_to_the_same_bytes_each_time(tmp_path):
    for name in ("one.gz", "other.gz"):
        with replacing(tmp_path / name) as stream:
            stream.write("Zoë\n" * 1000)
    one, other = ((tmp_path / name).read_bytes() for name in ("one.gz", "other.gz"))
    assert one == other
    assert gzip.decompress(one).decode("utf-8") == "Zoë\n" * 1000
    assert stat.S_IMODE((tmp_path / "one.gz").stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["one.gz", "other.gz"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, BadInput, UnicodeEncodeError])
def test_an_error_leaves_the_old_file_and_no_litter(tmp_path, error):
    path = tmp_path / "report.txt"
    path.write_text("old", encoding="utf-8")

    def fail(stream):
        stream.write("half of it")
        stream.flush()
        if error is UnicodeEncodeError:
            stream.write("\ud83d")
        raise error([])

    with pytest.raises(error), replacing(path) as stream:
        fail(stream)
    assert path.read_text(encoding="utf-8") == "old"
    assert names_in(tmp_path) == ["report.txt"]


def test_an_error_before_there_was_a_file_leaves_none(tmp_path):
    with pytest.raises(ValueError, match="no"), replacing(tmp_path / "report.txt"):
        raise ValueError("no")
    assert names_in(tmp_path) == []


def test_a_full_disk_is_told_as_one_sentence(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("old", encoding="utf-8")

    def fill():
        raise OSError(28, "No space left on device")

    with pytest.raises(BadInput) as caught, replacing(path):
        fill()
    assert str(caught.value) == (
        f"{path}: --output: the file cannot be written (No space left on device)."
    )
    assert path.read_text(encoding="utf-8") == "old"
    assert names_in(tmp_path) == ["report.txt"]


def test_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path}: --output: this is a folder; name a file."
    assert names_in(tmp_path) == []


def test_a_missing_folder_is_refused_and_not_made(tmp_path):
    path = tmp_path / "nowhere" / "report.txt"
    assert refusal(path) == (
        f"{path}: --output: the file cannot be written: there is no such folder; make it first."
    )
    assert names_in(tmp_path) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").touch()
    assert "there is no such folder" in refusal(tmp_path / "file" / "report.txt")


def test_what_is_no_ordinary_file_is_never_replaced(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert refusal(path) == (
        f"{path}: --output: this is not an ordinary file, which alone can be replaced."
    )
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "report.txt").write_text("old", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(kept / "report.txt")
    with replacing(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert (kept / "report.txt").read_text(encoding="utf-8") == "new"
    assert names_in(kept) == ["report.txt"]


def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path):
    path = tmp_path / ("r" * 251 + ".txt")
    with replacing(path) as stream:
        stream.write("new")
    assert names_in(tmp_path) == [path.name]


def test_a_name_that_is_too_long_is_refused(tmp_path):
    assert "the file cannot be written (File name too long)" in refusal(tmp_path / ("r" * 256))
    assert names_in(tmp_path) == []


def test_a_name_is_not_obeyed_in_the_message(tmp_path):
    path = tmp_path / "\x1b[31m"
    path.mkdir()
    assert refusal(path) == f"{tmp_path}/<U+001B>[31m: --output: this is a folder; name a file."


def test_bytes_are_written_as_they_are(tmp_path):
    path = tmp_path / "book.xlsx"
    with replacing_bytes(path) as stream:
        stream.write(b"\x00\r\n\xff")
    assert path.read_bytes() == b"\x00\r\n\xff"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_option_that_named_the_file_is_told(tmp_path):
    with pytest.raises(BadInput) as caught, replacing(tmp_path, field="--receipt"):
        pass
    assert str(caught.value) == f"{tmp_path}: --receipt: this is a folder; name a file."
