"""Substitutes for names of `typing` that are needed at run time: importing `typing` takes 2 ms, a twentieth of a run.

Type checkers see the originals. At run time annotations are not evaluated, so that most names need no meaning, and
`NamedTuple` is the only one with behaviour. It compiles nothing for a class: a plain run creates 56 named tuples, in
0.7 ms, while `collections.namedtuple` takes 2.4 ms and `typing.NamedTuple` 5.6 ms (CPython 3.11).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any as Any
    from typing import Generic as Generic
    from typing import Literal as Literal
    from typing import NamedTuple as NamedTuple
    from typing import TypeVar as TypeVar
    from typing import cast as cast
else:
    from collections import _tuplegetter
    from functools import cache
    from types import FunctionType

    Any = object

    class Generic:
        """A base class that accepts type arguments and ignores them."""

        __slots__ = ()

        def __class_getitem__(cls, arguments: object) -> type:
            return cls

    class Literal(Generic):
        """A type of certain values."""

    def TypeVar(name: str, **options: object) -> str:
        """Return the name of a type variable, which is all that is needed of it."""
        return name

    def cast(type: object, value: Any) -> Any:
        """Return the value; type checkers regard it as of this type."""
        return value

    class _NamedTupleMeta(type):
        """Creates a named tuple from a class: annotations are its fields, values their defaults."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            fields = _field_names(namespace)
            if not fields:
                raise TypeError(f"the named tuple {name} has no fields; annotate at least one")
            defaults = {field: namespace[field] for field in fields if field in namespace}
            namespace.update((field, _field_reader(index)) for index, field in enumerate(fields))
            namespace.update(
                __slots__=(),
                __new__=_constructor(namespace["__qualname__"], fields, tuple(defaults.values())),
                _make=_constructor_from_values(len(fields)),
                __match_args__=fields,
                _fields=fields,
                _field_defaults=defaults,
            )
            return type(name, (_NamedTupleMethods,), namespace)

    class _NamedTupleMethods(tuple):
        """The methods that `collections.namedtuple` generates for each class."""

        __slots__ = ()

        def _replace(self, /, **values: Any) -> _NamedTupleMethods:
            named_tuple = tuple.__new__(self.__class__, map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {list(values)!r}")
            return named_tuple

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{self.__class__.__name__}({values})"

    _CONSTRUCTOR_GLOBALS = {"_tuple_new": tuple.__new__, "__builtins__": {}, "__name__": __name__}

    @cache
    def _field_reader(index: int) -> Any:
        """Return the descriptor that reads an item, in C; classes share it, because it belongs to none of them."""
        return _tuplegetter(index, f"Alias for field number {index}")

    @cache
    def _constructor_code(size: int) -> Any:
        """Return the code of `__new__` for a number of fields, compiled once for all classes of this size."""
        fields = ", ".join(f"field_{index}" for index in range(size))
        return eval(f"lambda _cls, {fields}: _tuple_new(_cls, ({fields},))").__code__

    def _constructor(class_name: str, fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        """Return `__new__`: the compiled code with the names of the fields instead of its own."""
        code = _constructor_code(len(fields)).replace(co_name="__new__", co_varnames=("_cls", *fields))
        constructor = FunctionType(code, _CONSTRUCTOR_GLOBALS, "__new__", defaults)
        constructor.__qualname__ = f"{class_name}.__new__"
        return constructor

    @cache
    def _constructor_from_values(size: int) -> classmethod[Any, Any, Any]:
        """Return `_make` for a number of fields; classes of this size share it."""
        new_tuple = tuple.__new__

        def _make(cls: type, values: Iterable[Any]) -> Any:
            named_tuple = new_tuple(cls, values)
            if len(named_tuple) != size:
                raise TypeError(f"Expected {size} arguments, got {len(named_tuple)}")
            return named_tuple

        return classmethod(_make)

    def _field_names(namespace: dict[str, Any]) -> tuple[str, ...]:
        """Return the annotated names of a class body, in order.

        With `from __future__ import annotations`, and in all classes before Python 3.14, the annotations are in the
        namespace. Without, Python 3.14 evaluates them on demand; FORWARDREF permits names that are not defined yet.
        https://docs.python.org/3.14/library/annotationlib.html#annotationlib.get_annotate_from_class_namespace
        """
        annotate = namespace.get("__annotate__") or namespace.get("__annotate_func__")
        if annotate is None or "__annotations__" in namespace:
            return tuple(namespace.get("__annotations__", ()))
        from annotationlib import Format, call_annotate_function

        return tuple(call_annotate_function(annotate, Format.FORWARDREF))

    NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
