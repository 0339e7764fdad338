from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn

from checklist.privacy import looks_personal

ROOT = Path(__file__).parents[1]
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # of unique pupil numbers


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in looks_personal(text)]


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("seen by Mr Smith today", "Mr Smith"),
        ("Mrs. Khan rang", "Mrs. Khan"),
        ("mr khan did not answer", "mr khan"),
        ("MR SMITH", "MR SMITH"),
        ("MS SMITH WAS SEEN", "MS SMITH"),
        ("Mr and Mrs Jones", "Mrs Jones"),
        ("Ms Ng", "Ms Ng"),
        ("Mx Taylor-Brown's wishes", "Mx Taylor-Brown"),
        ("letter of Dr Jane Smith, 3 Feb", "Dr Jane Smith"),
        ("Dr. Patel wrote", "Dr. Patel"),
        ("Prof Green", "Prof Green"),
        ("Professor Green", "Professor Green"),
        ("Dr de Souza", "Dr de Souza"),
        ("Mr van der Berg", "Mr van der Berg"),
        ("Miss O'Brien's letter", "Miss O'Brien"),
        ("Mrs O’Neill", "Mrs O’Neill"),  # noqa: RUF001 (as a word processor writes it)
        ("Mrs\N{NO-BREAK SPACE}Öçal", "Mrs\N{NO-BREAK SPACE}Öçal"),
        ("(Miss Ali)", "Miss Ali"),
    ],
)
def test_a_title_with_a_name_is_found(text, name):
    assert found(text) == [("a name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "the Dr's letter of 3 Feb",
        "Dr of the practice",
        "Dr at the practice said so",
        "seen by the Dr. She said that it was healing",
        "seen by her Dr. Afterwards nothing was heard",
        "Dr. Mother was told",
        "a call on MS Teams",
        "a call on Ms Teams",
        "MS Word document",
        "has MS Afterwards she rested",
        "do not miss school",
        "Miss School again",
        "Miss Monday's visit",
        "MR scan of the head",
        "Mr A and Ms B's child",
        "Mr AB",
        "the mother, Mrs",
        "Mr",
        "form 2 ms after",
        "drum Mrsa",
        "the health visitor and the GP",
        "Head of Safeguarding",
    ],
)
def test_a_title_without_a_name_is_not_one(text):
    assert found(text) == []


# -- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    ["401 023 2137", "401-023-2137", "4010232137", "401\N{NO-BREAK SPACE}023 2137",
     "401\N{NON-BREAKING HYPHEN}023\N{NON-BREAKING HYPHEN}2137"],
)  # fmt: skip
def test_an_nhs_number_is_found(number):
    assert found(f"NHS no. {number}, born 3 Feb") == [("an NHS number", number)]


@pytest.mark.parametrize(
    "text",
    ["4010232138", "401 023 213", "14010232137", "40102321370", "0000000000", "4010 232 137",
     "13/4010232137"],
)  # fmt: skip
def test_ten_digits_with_another_check_digit_or_form_are_no_nhs_number(text):
    assert found(text) == []


@given(st.from_regex(r"[4-7][0-9]{8}", fullmatch=True))
def test_ten_digits_are_an_nhs_number_by_their_check_digit(nine):
    # as the NHS Data Model and Dictionary has it: 11 stands for 0, and 10 for no number at all
    weighed = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = {11: 0}.get(11 - weighed % 11, 11 - weighed % 11)
    for digit in range(10):
        number = f"{nine[:3]} {nine[3:6]} {nine[6:]}{digit}"
        likely = digit == check and len({*nine}) > 1  # 4444444444 fits, and is nobody's
        assert found(number) == ([("an NHS number", number)] if likely else [])


@pytest.mark.parametrize("number", ["B801200005001", "b801200005001"])
def test_a_unique_pupil_number_is_found(number):
    assert found(f"UPN {number}.") == [("a unique pupil number", number)]


def test_a_unique_pupil_number_of_a_newer_authority_is_found():
    number = "838200005001"  # Dorset's, since 2019
    assert found(upn.calc_check_digit(number) + number)
    assert not upn.is_valid(upn.calc_check_digit(number) + number)


@pytest.mark.parametrize(
    "text", ["C801200005001", "B80120000500", "B8012000050012", "xB801200005001"]
)
def test_thirteen_characters_with_another_check_letter_or_form_are_none(text):
    assert found(text) == []


@given(st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True))
def test_thirteen_characters_are_a_pupil_number_by_their_check_letter(twelve):
    check = upn.calc_check_digit(twelve)
    for letter in LETTERS:
        number = letter + twelve
        expected = [("a unique pupil number", number)] if letter == check else []
        assert [each for each in found(number) if "pupil" in each[0]] == expected


@pytest.mark.parametrize("number", ["AB123456C", "ab123456c", "AB 12 34 56 C"])
def test_a_national_insurance_number_is_found(number):
    assert found(f"NI {number}") == [("a National Insurance number", number)]


@pytest.mark.parametrize("text", ["QQ123456C", "GB123456A", "AB123456E", "by 12 10 20 a visit"])
def test_what_has_another_form_is_no_national_insurance_number(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "number",
    ["07700 900123", "07700900123", "07700 900 123", "077 0090 0123", "(01632) 960 001",
     "01632 960001", "01632-960-001", "0113 496 0000", "020 7946 0018", "+44 7700 900123",
     "+447700900123", "+44 (0)20 7946 0018", "0044 7700 900123", "+48 22 555 01 23"],
)  # fmt: skip
def test_a_telephone_number_is_found(number):
    assert found(f"ring {number} after 3") == [("a telephone number", number)]
    assert found(f"{number}.") == [("a telephone number", number)]


@pytest.mark.parametrize(
    "text",
    ["2021-02-03", "03/02/2021", "03.02.2021 10.30", "03-02-2021 12:00", "01 02 2021 10 30 11",
     "visit 12 03 2021 1530", "07-03-2021 103 pages", "010221 1030", "999", "101",
     "0808 2000 247", "0300 123 1234", "son-14", "case-01632960001", "ref 13/123456/21",
     "01632 9600", "077009001234", "2021-02-03T07:70:09", "140 emails since 2020", "+ 10 days"],
)  # fmt: skip
def test_dates_ids_and_helplines_are_no_telephone_numbers(text):
    assert found(text) == []


def test_a_telephone_number_ends_before_a_time():
    assert found("07700 900123 10:30") == [("a telephone number", "07700 900123")]


# -- places ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    ["WF1 2DL", "wf1 2dl", "WF12DL", "M1 1AA", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 1HQ",
     "EC1A 1BB", "LS1 1ST", "GIR 0AA", "SW1A  2AA"],
)  # fmt: skip
def test_a_whole_postcode_is_found(code):
    assert found(f"moved to {code}, near the school") == [("a postcode", code)]


@pytest.mark.parametrize(
    "text",
    ["A1 form", "an s47 2nd enquiry", "S47 2nd", "s17 1st visit", "in e11 2yr old", "WF1",
     "C13, C21", "wf12dl", "child-s1 2ab", "Q1 2AB", "W1 2CI", "WF1 2DLX", "section 47",
     "GCP2 2021", "a3", "at m1 5pm", "form 5B 3 of 4"],
)  # fmt: skip
def test_what_only_begins_like_a_postcode_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize("address", ["a.b@example.org", "someone+x@nhs.net", "A_B@mail.gov.uk"])
def test_an_e_mail_address_is_found(address):
    assert found(f"write to {address}.") == [("an e-mail address", address)]


@pytest.mark.parametrize("text", ["@home", "a@b", "at the school @ 3", "two@", "a@.org"])
def test_an_at_sign_alone_is_no_e_mail_address(text):
    assert found(text) == []


# -- all together ------------------------------------------------------------------------------


def test_all_that_is_found_stands_in_the_order_of_the_text_with_a_reason():
    text = "WF1 2DL, Mr Smith (07700 900123, a@b.org), 401 023 2137; Mrs Khan"
    all_found = looks_personal(text)
    assert [each.kind for each in all_found] == [
        "a postcode", "a name", "a telephone number", "an e-mail address", "an NHS number",
        "a name",
    ]  # fmt: skip
    assert all(each.why.endswith(".") and len(each.why) < 90 for each in all_found)


def texts(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from (*texts(key), *texts(value))
    elif isinstance(tree, list):
        for value in tree:
            yield from texts(value)
    else:
        yield str(tree)


@pytest.mark.parametrize(
    "file",
    sorted([*ROOT.glob("cases/*/*.yaml"), *ROOT.glob("rules/**/*.yaml")]),
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_nothing_in_a_case_or_a_rule_looks_personal(file):
    content = file.read_text(encoding="utf-8")
    written = list(texts(yaml.load(content, Loader=yaml.CBaseLoader)))  # noqa: S506 (text only)
    assert written
    assert [(text, each) for text in written for each in looks_personal(text)] == []
    assert looks_personal(content) == ()  # nor across its lines


PARTS = st.sampled_from(
    ["Mr ", "Dr. ", "Smith", "07700", " 900123", "401 023 2137", "WF1", " 2DL", "@", ".org", "a",
     "(", ")", "+44", "-", " ", "B801200005001", "'s", "\u0663", "\u0130", "\N{NO-BREAK SPACE}"]
)  # fmt: skip


@given(st.text() | st.lists(PARTS, max_size=12).map("".join))
def test_what_is_found_in_any_text_stands_there_once(text):
    rest = text
    for each in looks_personal(text):
        before, there, rest = rest.partition(each.text)
        assert there, (before, each)


@pytest.mark.parametrize(
    "part", ["Mr van ", "0", "01 ", "a.", "a@", "+1 ", "A1 ", "(", "a-", "AB12"]
)
def test_many_near_misses_hide_nothing(part):
    text = (part * 5000)[:5000]
    assert looks_personal(text + "\nMr Smith")[-1].text == "Mr Smith"
