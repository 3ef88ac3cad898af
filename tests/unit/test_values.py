"""Values are declared and used as frozen dataclasses are."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from civicsearch.values import Value, replace


class Place(Value):
    name: str
    people: int = 0

    @property
    def loud(self):
        return self.name.upper()


class Town(Place):
    mayor: str = ""


class Village(Place):
    """A class of its own with the same attributes."""


class Nothing(Value):
    pass


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    name: str
    people: int = 0


def test_attributes_are_those_given_and_defaults():
    place = Place(name="Nà Lường")
    assert (place.name, place.people, place.loud) == ("Nà Lường", 0, "NÀ LƯỜNG")
    assert Place(people=3, name="x").people == 3
    town = Town(name="Đồng Vọng", mayor="Lan")
    assert (town.name, town.people, town.mayor) == ("Đồng Vọng", 0, "Lan")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, r"Place\(\) lacks: name"),
        ({"people": 1}, r"Place\(\) lacks: name"),
        ({"name": "x", "size": 1}, r"Place\(\) has no: size"),
        ({"size": 1, "people": 2}, r"Place\(\) lacks: name; has no: size"),
        ({"name": "x", "people": 1, "size": 1}, r"Place\(\) has no: size"),
    ],
)
def test_missing_and_unknown_names_are_named(values, message):
    with pytest.raises(TypeError, match=message):
        Place(**values)


def test_nothing_is_given_by_position():
    with pytest.raises(TypeError):
        Place("x")


def test_equal_are_values_of_one_class_with_equal_attributes():
    assert Place(name="x") == Place(name="x", people=0)
    assert Place(name="x") != Place(name="y")
    assert Place(name="x") != Village(name="x")
    assert Town(name="x", mayor="a") != Town(name="x", mayor="b")
    assert Nothing() == Nothing()
    assert Place(name="x") != ("x", 0)


def test_equal_values_have_one_hash():
    assert len({Place(name="x"), Place(name="x", people=0), Place(name="y")}) == 2
    assert len({Nothing(), Nothing()}) == 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(Place(name=[]))


def test_a_value_shows_itself_as_a_dataclass_does():
    assert repr(Place(name="x")) == repr(Twin(name="x")).replace("Twin", "Place")
    assert repr(Nothing()) == "Nothing()"


@pytest.mark.parametrize("name", ["name", "people", "other"])
def test_nothing_can_be_changed(name):
    place = Place(name="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(place, name, 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(place, name)
    assert place == Place(name="x")
    assert not hasattr(place, "__dict__")


@pytest.mark.parametrize("function", [replace, dataclasses.replace])
def test_replacing_changes_what_is_named_alone(function):
    town = Town(name="x", people=2, mayor="a")
    changed = function(town, mayor="b")
    assert (changed, town.mayor) == (Town(name="x", people=2, mayor="b"), "a")
    with pytest.raises(TypeError, match="size"):
        function(town, size=1)


def test_dataclasses_know_the_attributes():
    assert dataclasses.is_dataclass(Place)
    assert dataclasses.is_dataclass(Place(name="x"))
    assert [field.name for field in dataclasses.fields(Town)] == ["name", "people", "mayor"]
    assert [field.name for field in dataclasses.fields(Place)] == ["name", "people"]
    inner = {"name": "x", "people": 0}
    assert dataclasses.asdict(Place(name=(Place(name="x"),))) == {"name": (inner,), "people": 0}


@pytest.mark.parametrize("value", [Town(name="x", mayor="a"), Nothing()])
def test_copies_and_pickles_are_equal(value):
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own
    assert copy.deepcopy(value) == copy.copy(value) == value


def test_patterns_match_by_name():
    match Town(name="x", people=4):
        case Place(name="x", people=people):
            assert people == 4
        case _:
            pytest.fail("no match")


class Even(Value):
    number: int
    note: str = ""

    _unshown = frozenset({"note"})

    def __post_init__(self):
        if self.number % 2:
            raise ValueError(self.number)


def test_a_class_can_refuse_values_and_leave_some_unshown():
    assert repr(Even(number=2, note="x")) == "Even(number=2)"
    for make in (lambda: Even(number=3), lambda: replace(Even(number=2), number=3)):
        with pytest.raises(ValueError, match="3"):
            make()
