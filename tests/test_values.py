"""Values: made, compared, hashed, matched and changed like frozen dataclasses."""

from __future__ import annotations

import copy
import pickle

import pytest

from studytool.values import Value, astuple, fields, replace


class Point(Value):
    """A place."""

    x: int
    y: int = 0


class Named(Point):
    """A place with a name."""

    name: str = ""


class Other(Value):
    x: int
    y: int = 0


class Nothing(Value):
    """Has no fields."""


def test_a_value_is_made_by_place_or_name_with_defaults() -> None:
    assert astuple(Point(1)) == (1, 0)
    assert astuple(Point(y=2, x=1)) == (1, 2)
    assert astuple(Named(1, name="a")) == (1, 0, "a")
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_fields_are_those_of_the_base_first() -> None:
    assert fields(Named) == fields(Named(1)) == ("x", "y", "name")
    assert fields(Nothing) == ()


def test_equal_means_the_same_class_and_equal_fields() -> None:
    assert Point(1, 2) == Point(1, 2) != Point(2, 2)
    assert Point(1) != Other(1) and Point(1) != Named(1) and Point(1) != (1, 0)
    assert Nothing() == Nothing() != Point(0)
    assert len({Point(1), Point(1), Other(1), Nothing(), Nothing()}) == 3


def test_a_value_with_something_unhashable_has_no_hash() -> None:
    with pytest.raises(TypeError):
        hash(Other([]))  # type: ignore[arg-type]


def test_a_value_is_shown_as_it_is_made() -> None:
    assert repr(Named(1, name="a")) == "Named(x=1, y=0, name='a')"


def test_replace_changes_fields_of_a_copy() -> None:
    point = Named(1, 2, "a")
    assert replace(point, y=5) == Named(1, 5, "a")
    assert point.y == 2
    with pytest.raises(TypeError):
        replace(point, z=1)


def test_a_value_is_matched_by_its_fields() -> None:
    match Named(1, 2, "a"):
        case Named(x, y, name):
            assert (x, y, name) == (1, 2, "a")


def test_a_value_has_no_room_for_other_names() -> None:
    with pytest.raises(AttributeError):
        Point(1).z = 1  # type: ignore[attr-defined]


def test_a_value_can_be_copied_and_pickled() -> None:
    assert copy.deepcopy(Named(1)) == pickle.loads(pickle.dumps(Named(1))) == Named(1)
