"""Annotations of users for an assessment: `Metadata: relint: assess:` of a resource."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.assessment.facts import Case, Fact, Interval
from relint.assessment.parameters import assumed_view
from relint.errors import TemplateError
from relint.finding import Failure
from relint.logic.predicates import as_number
from relint.model.system.relation import Relation
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.model.view import View

MAX_NEED = 100
"""The greatest number of units that an annotation may need; more of them change little and cost time."""

_MAX_SECONDS = 2**31 - 1
_STEPS = ("Metadata", "relint", "assess")
_ECS_SERVICE = "AWS::ECS::Service"
_BOOTS = ("AWS::AutoScaling::AutoScalingGroup", _ECS_SERVICE)
"""Types of which the time of a start is a part of a time that is known; that of EC2 to repair a host is not."""


class Annotation(NamedTuple):
    """Statements of a user about a resource.

    `entry` says whether requests enter there, `need` how many of its units must work. It fails with those in `depends`,
    and does not with those in `soft`. After a failure of its hardware or zone it works again after `rto_s` seconds and
    has lost the data of `rpo_s` seconds; a new instance or task starts in `boot_s` seconds. `data_gb` is the size of
    its data in gigabytes.
    """

    entry: bool | None = None
    need: int | None = None
    depends: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    rto_s: int | None = None
    rpo_s: int | None = None
    data_gb: int | None = None
    boot_s: int | None = None

    def adjusted(self, fact: Fact | None, case: Case) -> Fact | None:
        """Return a fact with the times of the user in place of those of AWS; a restore is another matter.

        A fact with the time of the user has no id, because no source states it.
        """
        if fact is None or case == "restore":
            return fact
        if self.boot_s is not None and _ECS_SERVICE.removeprefix("AWS::") in fact.types and fact.rto.hi is not None:
            fact = fact._replace(rto=fact.rto._replace(hi=max(fact.rto.hi, fact.rto.lo + self.boot_s), tail="typical"))
        if self.rto_s is not None and fact.outcome != "unknown":
            fact = fact._replace(id="", rto=Interval(self.rto_s, self.rto_s, "bounded"))
        if self.rpo_s is not None:
            fact = fact._replace(rpo=Interval(self.rpo_s, self.rpo_s, "bounded"), rpo_from="")
        return fact

    def notes(self, name: str, resource_type: str) -> Iterator[str]:
        """Yield a sentence for each annotation of the part with a name, because reports name every use of one."""
        says = f"Metadata of {name}"
        if self.entry is not None:
            yield f"{says}: requests {'enter' if self.entry else 'do not enter'} there"
        if self.need is not None:
            yield f"{says}: {self.need} of its units must work"
        for others, verb in ((self.depends, "fails"), (self.soft, "does not fail")):
            if others:
                yield f"{says}: it {verb} with {', '.join(others)}"
        if self.rto_s is not None:
            yield f"{says}: it works again after {self.rto_s} s, in place of the time of AWS (Hardware and AZ)"
        if self.rpo_s is not None:
            yield f"{says}: it loses the data of {self.rpo_s} s, in place of the loss that AWS states (Hardware and AZ)"
        if self.boot_s is not None:
            bounds = "" if resource_type in _BOOTS else "; the time until AWS starts it has no bound all the same"
            yield f"{says}: it starts in {self.boot_s} s{bounds}"
        if self.data_gb is not None:
            yield f"{says}: it holds {self.data_gb} GB; AWS states no time for restoring them"


NO_ANNOTATION = Annotation()
DEPENDS = Relation(
    kind="data",
    source_type="*",
    path=(*_STEPS, "depends"),
    target_types=frozenset(),
    verb="depends on",
    strength="HARD",
    basis="stated",
    page="",
)
"""The relation that an annotation states."""


def read_annotation(template: Template, resource: Resource, problems: list[Failure]) -> Annotation:
    """Return the annotation of a resource; what is wrong with it is added to `problems`, and the rest counts.

    Of the resources that SAM makes of one, the one with its name has its annotation.
    """
    metadata = resource.body.get("Metadata")
    if not isinstance(metadata, dict) or "relint" not in metadata or resource.source_path[1:] != (resource.logical_id,):
        return NO_ANNOTATION
    view = assumed_view(template)
    start = view.get(resource, *_STEPS)
    if start.value is ABSENT:
        return NO_ANNOTATION
    if not isinstance(start.value, dict):
        problems.append(_failure(template, start, f"is not a mapping; write {_listed()}"))
        return NO_ANNOTATION
    values: dict[str, Any] = {}
    for key in start.value:
        member = view.get(start, str(key))
        if key not in _READERS:
            problems.append(_failure(template, member, f"is no annotation of an assessment; write {_listed()}"))
            continue
        read, wanted = _READERS[key]
        value = read(view, template, member)
        if value is None:
            problems.append(_failure(template, member, f"has a value that relint cannot use; write {wanted}"))
        else:
            values[key] = value
    return Annotation(**values)


def _failure(template: Template, value: Located, message: str) -> Failure:
    document = template.document
    path = template.source_path(value.path)
    error = TemplateError(f"'{path[-1]}' {message}", document.file_of(path), document.span_of(path))
    return Failure(document.file_of(path), "load", error.message, error.span)


def _truth(view: View, template: Template, value: Located) -> bool | None:
    texts = {"true": True, "false": False}
    return value.value if isinstance(value.value, bool) else texts.get(str(value.value).lower())


def _number(minimum: int, maximum: int) -> Callable[[View, Template, Located], int | None]:
    def read(view: View, template: Template, value: Located) -> int | None:
        number = None if isinstance(value.value, bool | Unknown) else as_number(value.value)
        return int(number) if number is not None and number == int(number) and minimum <= number <= maximum else None

    return read


def _names(view: View, template: Template, value: Located) -> tuple[str, ...] | None:
    """Return the logical ids in a list; None if one of them is no resource of the template."""
    if not isinstance(value.value, list):
        return None
    names = [item.value for item in view.scenario.items(value)]
    is_known = all(isinstance(name, str) and name in template.resources for name in names)
    return tuple(dict.fromkeys(names)) if is_known else None


_SECONDS = (_number(0, _MAX_SECONDS), f"whole seconds from 0 to {_MAX_SECONDS:,}")
_IDS = (_names, "a list of logical ids of this template")
_READERS: Mapping[str, tuple[Callable[[View, Template, Located], Any], str]] = {
    "entry": (_truth, "true or false"),
    "need": (_number(1, MAX_NEED), f"a whole number from 1 to {MAX_NEED}"),
    "depends": _IDS,
    "soft": _IDS,
    "rto_s": _SECONDS,
    "rpo_s": _SECONDS,
    "data_gb": (_number(0, _MAX_SECONDS), "whole gigabytes"),
    "boot_s": _SECONDS,
}
"""The readers of annotations, which return None for a value that they cannot use, and what users can write instead."""


def _listed() -> str:
    *names, last = _READERS
    return f"{', '.join(names)} or {last}"
