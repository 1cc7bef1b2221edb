"""relint's named tuples behave like those of the standard library."""

from __future__ import annotations

import copy
import inspect
import pickle
import sys
import typing
from types import ModuleType, SimpleNamespace

import pytest

from relint._typing import NamedTuple


class RelintTuple(NamedTuple):
    """A point."""

    x: int
    y: int = 2

    @property
    def total(self) -> int:
        """The sum of both coordinates."""
        return self.x + self.y


class TypingTuple(typing.NamedTuple):
    """A point."""

    x: int
    y: int = 2


def test_named_tuple_behaves_like_typing_named_tuple() -> None:
    assert tuple(RelintTuple(1)) == tuple(TypingTuple(1)) == (1, 2)
    assert RelintTuple(1)._replace(y=5).total == 6
    for name in ("_fields", "_field_defaults", "__doc__", "__module__", "__match_args__"):
        assert getattr(RelintTuple, name) == getattr(TypingTuple, name)
    assert typing.get_type_hints(RelintTuple) == typing.get_type_hints(TypingTuple)
    assert repr(RelintTuple(1)) == "RelintTuple(x=1, y=2)"
    assert pickle.loads(pickle.dumps(RelintTuple(1))) == RelintTuple(1)
    assert copy.deepcopy(RelintTuple(1)) == RelintTuple(1)
    assert RelintTuple(1)._asdict() == TypingTuple(1)._asdict() == {"x": 1, "y": 2}
    assert RelintTuple._make([1, 3]) == RelintTuple(y=3, x=1) == (1, 3)
    assert inspect.signature(RelintTuple).parameters.keys() == inspect.signature(TypingTuple).parameters.keys()


def test_wrong_arguments_are_rejected() -> None:
    arguments: typing.Any = {"x": 1, "z": 2}
    without_x: typing.Any = {"y": 2}
    with pytest.raises(TypeError, match=r"RelintTuple.__new__\(\) got an unexpected keyword argument 'z'"):
        RelintTuple(**arguments)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        RelintTuple(**without_x)
    with pytest.raises(TypeError, match="Expected 2 arguments, got 3"):
        RelintTuple._make([1, 2, 3])
    with pytest.raises(ValueError, match=r"Got unexpected field names: \['z'\]"):
        RelintTuple(1)._replace(**arguments)


def test_class_without_fields_is_rejected() -> None:
    with pytest.raises(TypeError, match="the named tuple Empty has no fields"):

        class Empty(NamedTuple):
            total = 1


@pytest.mark.parametrize("name", ["__annotate__", "__annotate_func__"])
def test_lazy_annotations_of_python_314_are_fields(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    annotationlib = ModuleType("annotationlib")
    annotationlib.__dict__["Format"] = SimpleNamespace(FORWARDREF=3)
    annotationlib.__dict__["call_annotate_function"] = lambda annotate, format: annotate(format)
    monkeypatch.setitem(sys.modules, "annotationlib", annotationlib)

    def annotate(format: int) -> dict[str, object]:
        return {"x": int, "y": int}

    metaclass: typing.Any = type(NamedTuple)
    lazy_tuple = metaclass("Lazy", (), {"__module__": __name__, "__qualname__": "Lazy", name: annotate, "y": 2})

    assert lazy_tuple._fields == ("x", "y")
    assert lazy_tuple(1) == (1, 2)
    assert vars(lazy_tuple)[name] is annotate
