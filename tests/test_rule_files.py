import pytest

from checklist.rule_files import files_in, hash_of


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "rules"
    (made / "deep").mkdir(parents=True)
    (made / "a.yaml").write_text("a", encoding="utf-8")
    (made / "deep" / "b.yml").write_text("b", encoding="utf-8")
    (made / "notes.txt").write_text("no rule", encoding="utf-8")
    return made


def test_the_rule_files_of_a_folder_are_found_in_it_and_below(folder):
    assert [file.relative_to(folder).as_posix() for file in files_in(folder)] == [
        "a.yaml",
        "deep/b.yml",
    ]


def test_it_does_not_matter_where_a_folder_is_nor_how_often_it_is_named(folder):
    before = hash_of([folder])
    (folder / "notes.txt").unlink()
    moved = folder.rename(folder.parent / "moved")
    assert hash_of([moved]) == hash_of([moved, moved]) == before


def test_the_order_of_paths_does_not_matter(folder):
    one, two = folder / "a.yaml", folder / "deep"
    assert hash_of([one, two]) == hash_of([two, one])


def change(file):
    file.write_text("c", encoding="utf-8")


def rename(file):
    file.rename(file.with_name("c.yaml"))


@pytest.mark.parametrize("what", [change, rename])
def test_content_and_names_matter(folder, what):
    before = hash_of([folder])
    what(folder / "a.yaml")
    assert hash_of([folder]) != before


def test_settings_and_what_only_lends_its_terms_matter(folder):
    hashes = {
        hash_of([folder]),
        hash_of([folder], settings={"weeks": 7}),
        hash_of([folder], settings={"weeks": 8}),
        hash_of([], at_hand=[folder]),
        hash_of([folder], at_hand=[folder]),
    }
    assert len(hashes) == 5


def test_a_content_cannot_pass_for_a_name(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for made, names in ((one, {"a.yaml": "x"}), (two, {"a.yaml": "", "x.yaml": ""})):
        made.mkdir()
        for name, content in names.items():
            (made / name).write_text(content, encoding="utf-8")
    assert hash_of([one]) != hash_of([two])
