"""Value classes that cost the start of the program next to nothing."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

V = TypeVar("V", bound="Value")


class _Maker(type):
    """Turns the annotations of a class into slots, a constructor and a key to compare by.

    A frozen dataclass has six functions compiled for it, 0.3 ms each class, and seventy classes
    lie on the way to the first card. Here only the constructor is compiled.
    """

    __match_args__: tuple[str, ...]

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> _Maker:
        """Make the class."""
        own = tuple(space.get("__annotations__", ()))
        names: tuple[str, ...] = own
        defaults = [space.pop(field) for field in own if field in space]
        if bases and bases[0].__match_args__:  # type: ignore[attr-defined]
            names = (*bases[0].__match_args__, *own)  # type: ignore[attr-defined]
            defaults[:0] = bases[0].__init__.__defaults__ or ()  # type: ignore[misc]
        space |= {"__slots__": own, "__match_args__": names}
        if own:
            made: dict[str, Any] = {}
            body = "; ".join(f"self.{field} = {field}" for field in names)
            exec(f"def __init__(self, {', '.join(names)}): {body}", made)
            made["__init__"].__defaults__ = tuple(defaults)
            space |= {"__init__": made["__init__"], "_key": property(attrgetter(*names))}
        return super().__new__(cls, name, bases, space)


@dataclass_transform(frozen_default=True)
class Value(metaclass=_Maker):
    """What its fields say, and compared by them.

    The fields are the annotated names of the class, those of its base first. A field is never
    assigned to after the value is made; the type checker sees to that, so that nothing is spent
    on it while the program runs.
    """

    _key = ()

    def __eq__(self, other: object) -> bool:
        """Tell whether the other is of the same class with equal fields."""
        return self._key == other._key if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the fields."""
        return hash((type(self), self._key))

    def __repr__(self) -> str:
        """Return how the value is made."""
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields(self))
        return f"{type(self).__name__}({shown})"


def fields(value: Value | type[Value]) -> tuple[str, ...]:
    """Return the names of the fields of a value, or of a class of them."""
    names: tuple[str, ...] = getattr(value, "__match_args__", ())
    return names


def astuple(value: Value) -> tuple[Any, ...]:
    """Return the fields of a value."""
    names = fields(value)
    key: tuple[Any, ...] = value._key  # of a lone field the key is the field itself
    return key if len(names) != 1 else (key,)


def replace(value: V, /, **changes: Any) -> V:
    """Return a value with some fields changed."""
    return type(value)(**{name: getattr(value, name) for name in fields(value)} | changes)
