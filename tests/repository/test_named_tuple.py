"""relint's named tuples are those of the standard library."""

from __future__ import annotations

import pickle
import typing

from relint._named_tuple import NamedTuple


class Ours(NamedTuple):
    """A point."""

    x: int
    y: int = 2

    @property
    def total(self) -> int:
        """Both."""
        return self.x + self.y


class Theirs(typing.NamedTuple):
    """A point."""

    x: int
    y: int = 2


def test_named_tuple_behaves_like_typing_named_tuple() -> None:
    assert tuple(Ours(1)) == tuple(Theirs(1)) == (1, 2)
    assert Ours(1)._replace(y=5).total == 6
    for name in ("_fields", "_field_defaults", "__doc__", "__module__", "__match_args__"):
        assert getattr(Ours, name) == getattr(Theirs, name)
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)
    assert repr(Ours(1)) == "Ours(x=1, y=2)"
    assert pickle.loads(pickle.dumps(Ours(1))) == Ours(1)
