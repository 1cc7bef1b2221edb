"""A faster `typing.NamedTuple`, which does not compile annotations.

A plain run creates 55 named tuples: in 2.4 ms, while `typing.NamedTuple` takes 5.6 ms (CPython 3.11).
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NamedTuple as NamedTuple
else:
    _NOT_COPIED = frozenset({"__qualname__", "__annotate__", "__annotate_func__", "__classdictcell__"})

    class _NamedTupleMeta(type):
        """Creates a named tuple from a class: annotations are its fields, values their defaults."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            annotate = _annotate_function(namespace)
            fields = _field_names(namespace, annotate)
            if not fields:
                raise TypeError(f"the named tuple {name} has no fields; annotate at least one")
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            named_tuple = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            for key, value in namespace.items():
                if key not in _NOT_COPIED:
                    setattr(named_tuple, key, value)
            if annotate:
                named_tuple.__annotate__ = annotate
            return named_tuple

    def _annotate_function(namespace: dict[str, Any]) -> Callable[..., dict[str, Any]] | None:
        """Return the function that evaluates the annotations of a class body. Only Python 3.14 and later has one.

        https://docs.python.org/3.14/library/annotationlib.html#annotationlib.get_annotate_from_class_namespace
        """
        return namespace.get("__annotate__") or namespace.get("__annotate_func__")

    def _field_names(namespace: dict[str, Any], annotate: Callable[..., dict[str, Any]] | None) -> list[str]:
        """Return the annotated names of a class body, in order.

        With `from __future__ import annotations`, and in all classes before Python 3.14, the annotations are in the
        namespace. Without, Python 3.14 evaluates them on demand; FORWARDREF permits names that are not defined yet.
        """
        if annotate is None or "__annotations__" in namespace:
            return list(namespace.get("__annotations__", ()))
        from annotationlib import Format, call_annotate_function

        return list(call_annotate_function(annotate, Format.FORWARDREF))

    NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
