"""What immutable values are made of: declared and used like frozen dataclasses, cheaper to define.

To define a frozen dataclass with slots, Python 3.11 compiles six functions, which takes most of a
millisecond. A search at the terminal defines two dozen and takes a tenth of a second. A `Value` has
these functions once for all. Making one takes half a microsecond more than with a dataclass.

Not for values that change, and not for what is unpacked: that is a `NamedTuple`.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import Field

__all__ = ["Value", "replace"]

V = TypeVar("V", bound="Value")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class ValueType(type):
    """Makes slots of the annotated names of a class, and keeps what they are without a value."""

    _names: tuple[str, ...]
    _defaults: dict[str, Any]
    _set: dict[str, Callable[[object, Any], None]]
    _get: Callable[[object], Any]

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> ValueType:
        """Return the class."""
        own = namespace.get("__annotations__", {}) if bases else {}
        defaults = {field: namespace.pop(field) for field in own if field in namespace}
        made = super().__new__(cls, name, bases, {**namespace, "__slots__": tuple(own)})
        inherited = [base for base in bases if isinstance(base, ValueType)]
        made._names = (*(field for base in inherited for field in base._names), *own)
        made._defaults = {k: v for base in inherited for k, v in base._defaults.items()} | defaults
        made._set = {field: getattr(made, field).__set__ for field in made._names}
        made._get = attrgetter(*made._names or ["__class__"])  # what equal values have in common
        return made


class _Fields:
    """What the functions of `dataclasses` ask for, made when one of them does."""

    def __get__(self, value: object, kind: ValueType) -> dict[str, Field[Any]]:
        return _fields_of(kind)


class Value(metaclass=ValueType):
    """An immutable value; a subclass is its annotated names, all given by keyword.

    Its module says `from __future__ import annotations`. Equal are values of one class whose
    attributes are equal. A method `__post_init__` is called with every new value, to refuse it.
    `replace`, `fields` and `asdict` of `dataclasses` work.

    >>> class Place(Value):
    ...     name: str
    ...     people: int = 0
    >>> Place(name="Nà Lường")
    Place(name='Nà Lường', people=0)
    """

    _unshown: ClassVar[frozenset[str]] = frozenset()
    """Attributes that `repr` leaves out."""

    if not TYPE_CHECKING:  # a type checker knows these better, as those of a dataclass
        __dataclass_fields__ = _Fields()
        __post_init__ = None

        def __init__(self, **values: object) -> None:
            setters = self._set
            if len(values) != len(setters):
                values = {**self._defaults, **values}
            if len(values) != len(setters):
                raise TypeError(_mismatch(type(self), values))
            try:
                for name in values:
                    setters[name](self, values[name])
            except KeyError:
                raise TypeError(_mismatch(type(self), values)) from None
            if self.__post_init__ is not None:
                self.__post_init__()

        def __eq__(self, other: object) -> bool:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return self._get(self) == self._get(other)

        def __hash__(self) -> int:
            return hash(self._get(self))

    else:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __repr__(self) -> str:
        shown = (name for name in type(self)._names if name not in self._unshown)
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({values})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise _frozen(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise _frozen(name)

    def __getstate__(self) -> list[Any]:
        return [getattr(self, name) for name in type(self)._names]

    def __setstate__(self, state: list[Any]) -> None:
        for set_, value in zip(type(self)._set.values(), state, strict=True):
            set_(self, value)


def replace(value: V, **changes: Any) -> V:  # noqa: ANN401 - of whatever type the attribute is
    """Return `value` with some attributes changed; `dataclasses.replace` does so more slowly.

    Raises:
        TypeError: A name is none of its attributes.
    """
    kind = type(value)
    kept: dict[str, Any] = {name: getattr(value, name) for name in kind._names}
    return kind(**(kept | changes))


@cache
def _fields_of(kind: ValueType) -> dict[str, Field[Any]]:
    import dataclasses

    fields = [
        (name, Any, dataclasses.field(default=kind._defaults.get(name, dataclasses.MISSING)))
        for name in kind._names
    ]
    twin: Any = dataclasses.make_dataclass(kind.__name__, fields, kw_only=True)
    known: dict[str, Field[Any]] = twin.__dataclass_fields__
    return known


def _mismatch(kind: ValueType, values: Mapping[str, object]) -> str:
    given = {**kind._defaults, **values}
    missing = ", ".join(name for name in kind._names if name not in given)
    unknown = ", ".join(name for name in values if name not in kind._names)
    return f"{kind.__qualname__}() " + "; ".join(
        f"{what}: {names}" for what, names in (("lacks", missing), ("has no", unknown)) if names
    )


def _frozen(name: str) -> AttributeError:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(f"cannot assign to field {name!r}")
