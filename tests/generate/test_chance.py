from checklist.generate.chance import Chance


def test_a_seed_gives_the_same_on_every_python():
    chance = Chance("1-1")
    assert [chance.whole(0, 99) for _ in range(8)] == [20, 22, 15, 95, 7, 55, 61, 41]
    assert chance.some("abcdefgh", 0.5) == ["c", "d", "f"]
    assert [chance.weighed({"often": 3, "seldom": 1}) for _ in range(8)] == [
        "often",
        "often",
        "often",
        "often",
        "often",
        "seldom",
        "often",
        "often",
    ]


def test_both_ends_occur_and_nothing_outside():
    chance = Chance("ends")
    assert {chance.whole(-2, 1) for _ in range(200)} == {-2, -1, 0, 1}
    assert {chance.one("ab") for _ in range(50)} == {"a", "b"}


def test_weights_are_how_often():
    chance = Chance("weights")
    drawn = [chance.weighed({"never": 0, "often": 9, "seldom": 1}) for _ in range(2000)]
    assert drawn.count("never") == 0
    assert 150 < drawn.count("seldom") < 250


def test_what_is_certain_happens_and_what_cannot_does_not():
    chance = Chance("certain")
    assert all(chance.yes(1) for _ in range(100))
    assert not any(chance.yes(0) for _ in range(100))
    assert chance.some((1, 2, 3), 1) == [1, 2, 3]
    assert chance.some((1, 2, 3), 0) == []
