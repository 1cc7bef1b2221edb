"""Policies in the format of relint: `relint_policy: 1`."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.assessment.policies.aws_forms import notes_on_targets, read_targets
from relint.assessment.policies.values import Number
from relint.assessment.records import Policy

if TYPE_CHECKING:
    from relint.assessment.disruption import Disruption
    from relint.assessment.policies.values import PolicyValues
    from relint.assessment.records import Target

MARK = "relint_policy"
"""The key that makes a mapping a policy; its value is the version of the format."""

_KEYS = (MARK, "targets", "availability_pct", "entries", "undetermined")
_MAX_ENTRIES = 1_000
_TARGET = {"rto_s": ("rto", 1), "rpo_s": ("rpo", 1)}
_UNDETERMINED = ("pass", "warn", "fail")


def read_native_policy(values: PolicyValues, name: str) -> Policy:
    """Return the policy at a place; raises TemplateError for one that cannot be read."""
    keys = values.section((), _KEYS)
    if MARK in keys and str(values.at(keys[MARK])[0]) != "1":
        raise values.error((keys[MARK],), f"relint does not know version {values.at(keys[MARK])[0]}; write {MARK}: 1")
    targets: dict[Disruption, Target] = {}
    if "targets" in keys:
        targets = read_targets(values, (keys["targets"],), _TARGET)
    entries: dict[str, dict[Disruption, Target]] = {}
    if "entries" in keys:
        value, _ = values.at(keys["entries"])
        if not isinstance(value, dict):
            raise values.error((keys["entries"],), "'entries' is not a mapping; write logical ids with their targets")
        if len(value) > _MAX_ENTRIES:
            raise values.error(
                (keys["entries"],), f"'entries' has {len(value):,} entries; write {_MAX_ENTRIES:,} at most"
            )
        for entry in values.keys(keys["entries"]).values():
            entries[entry] = read_targets(values, (keys["entries"], entry), _TARGET)
    availability = Number(None, ())
    if "availability_pct" in keys:
        availability = values.number(keys["availability_pct"], maximum=100, is_whole=False)
    undetermined = values.at(keys["undetermined"])[0] if "undetermined" in keys else "warn"
    if undetermined not in _UNDETERMINED:
        raise values.error((keys["undetermined"],), f"'undetermined' is no choice; write {', '.join(_UNDETERMINED)}")
    every = [target for group in (targets, *entries.values()) for target in group.values()]
    return Policy(
        name=name,
        place=values.place(),
        targets=targets,
        availability=availability.value,
        entries=entries,
        undetermined=undetermined,  # type: ignore[arg-type]  # it is one of the choices
        notes=notes_on_targets(every),
        availability_needs=availability.needs,
        availability_path=availability.path,
    )
