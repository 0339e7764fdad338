import pytest

from checklist.errors import BadInput, Fault, nearest, one_of


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault("it is wrong"), "it is wrong."),
        (Fault("it is wrong", "a.yaml"), "a.yaml: it is wrong."),
        (Fault("it is wrong", "a.yaml", 3), "a.yaml, line 3: it is wrong."),
        (Fault("it is wrong", "a.yaml", 3, "born"), "a.yaml, line 3: born: it is wrong."),
        (Fault("it is wrong", line=3), "line 3: it is wrong."),
        (Fault("it is wrong", field="--as-of"), "--as-of: it is wrong."),
    ],
)
def test_a_fault_is_one_sentence_that_names_its_place(fault, sentence):
    assert fault.sentence() == sentence


def test_bad_input_keeps_every_fault_and_says_them_all():
    error = BadInput(fault for fault in (Fault("one", "a.yaml"), Fault("two", "a.yaml", 2)))
    assert [fault.problem for fault in error.faults] == ["one", "two"]
    assert str(error) == "a.yaml: one.\na.yaml, line 2: two."


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("bron", " (did you mean born?)"),
        ("BORN", " (did you mean born?)"),
        ("health vistor", " (did you mean health_visiting?)"),
        ("Health-Visiting", " (did you mean health_visiting?)"),
        ("something else", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_name_is_offered(name, hint):
    assert nearest(name, ["born", "health_visiting", "gp"]) == hint


def test_no_name_is_near_where_none_is_known():
    assert nearest("born", []) == ""


def test_a_name_of_a_megabyte_is_not_compared_whole():
    assert nearest("x" * 1_000_000, ["born"] * 100) == ""


def test_a_list_of_names_is_cut():
    assert one_of(["a", "b"]) == "a, b"
    assert one_of(["a", "b", "c", "d"], most=2) == "a, b and 2 more"
