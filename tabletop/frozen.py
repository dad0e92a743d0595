"""Frozen dataclasses that cost little to define: their methods are written when first used.

The standard library writes and compiles up to seven methods for each frozen class at its
definition, which for all of ours takes as long as the rest of a start. Here the fields are
still the standard library's, with all its functions for dataclasses; reading, comparing and
refusing changes is one function for all classes, and only `__init__` is written for each,
at the first call. Type checkers see `dataclasses.dataclass` itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

_Class = TypeVar("_Class", bound=type)


def _frozen(
    *, frozen: bool, eq: bool = True, slots: bool = False, kw_only: bool = False
) -> Callable[[_Class], _Class]:
    """What `dataclasses.dataclass` makes of a class with `frozen=True`, and nothing else.

    What a class defines itself is kept. There is no order, and no `InitVar`.
    """
    assert frozen, "for classes that can change, use dataclasses.dataclass"
    fielded = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)

    def wrap(cls: _Class) -> _Class:
        own = {"__init__", "__repr__", "__eq__", "__hash__", "__getstate__"} & vars(cls).keys()
        made: Any = fielded(cls)
        methods: dict[str, Any] = {"__init__": _first_init(made), "__repr__": _repr}
        if eq:
            methods |= {"__eq__": _comparison(made), "__hash__": _hashing(made)}
        if slots:
            methods |= {"__getstate__": _state, "__setstate__": _take_state}
        methods |= {"__setattr__": _refuse_change, "__delattr__": _refuse_deletion}
        for name, method in methods.items():
            if name not in own:
                setattr(made, name, method)
        return cast("_Class", made)

    return wrap


def _first_init(cls: Any) -> Callable[..., None]:
    """An `__init__` that puts the one written for the class in its own place."""

    def init(self: Any, /, *args: Any, **named: Any) -> None:
        cls.__init__ = _written_init(cls)
        cls.__init__(self, *args, **named)

    return init


def _written_init(cls: type) -> Callable[..., None]:
    names: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": MISSING}
    all_fields = fields(cls)
    parameters = [_parameter(each) for each in all_fields if each.init and not each.kw_only]
    named = [_parameter(each) for each in all_fields if each.init and each.kw_only]
    body = [_assignment(each, names) for each in all_fields if each.init or _has_default(each)]
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    listed = ", ".join(["self", *parameters, *(["*", *named] if named else [])])
    exec(f"def __init__({listed}):\n " + "\n ".join(body or ["pass"]), names)  # noqa: S102
    written: Callable[..., None] = names["__init__"]
    return written


def _has_default(each: Field[Any]) -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING


def _parameter(each: Field[Any]) -> str:
    if each.default is not MISSING:
        return f"{each.name}=_default_{each.name}"
    return each.name if each.default_factory is MISSING else f"{each.name}=_MISSING"


def _assignment(each: Field[Any], names: dict[str, Any]) -> str:
    """The statement that sets one field; what it needs besides is put into `names`."""
    name, default = each.name, f"_default_{each.name}"
    if each.default_factory is not MISSING:
        names[default] = each.default_factory
        value = f"{default}() if {name} is _MISSING else {name}" if each.init else f"{default}()"
    else:
        names[default] = each.default
        value = name if each.init else default
    return f"_set(self, {name!r}, {value})"


def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _compared(cls: type) -> Callable[[Any], object]:
    names = [each.name for each in fields(cls) if each.compare]
    return attrgetter(*names) if names else lambda _: ()


def _comparison(cls: type) -> Callable[[Any, Any], Any]:
    values = _compared(cls)

    def equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    return equal


def _hashing(cls: type) -> Callable[[Any], int]:
    values = _compared(cls)

    return lambda self: hash(values(self))


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _refuse_change(_self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _frozen

__all__ = ["dataclass"]
