"""Effects of an update on deployed resources, which rule files state for the properties that their fixes write."""

from __future__ import annotations

import re
from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.change.effect import EFFECTS, Effect

if TYPE_CHECKING:
    from relint.catalog.rule_fields import RuleFields, RulePath

UpdateEffects = Mapping[str, Mapping[str, Effect]]
"""Effects by resource type and by property, a dotted path below Properties that passes through lists.

The type "*" stands for each type of the rule that has the property.
"""

RESOURCE_TYPE = re.compile(r"[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+")
PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*")


def read_update_effects(fields: RuleFields) -> UpdateEffects:
    """Return the effects that the key `update` of a rule file states; raises RuleError with the line and the remedy."""
    raw = fields.values.get("update", {})
    if not isinstance(raw, dict) or not (raw or "update" not in fields.values):
        message = f"'update' maps properties to {', '.join(EFFECTS)}, such as MultiAZ: none"
        raise fields.error_at(("update",), message)
    effects: dict[str, dict[str, Effect]] = {}
    for key, value in raw.items():
        if "::" not in str(key):
            effects.setdefault("*", {})[key] = _read_effect(fields, ("update", key), value)
            continue
        if not RESOURCE_TYPE.fullmatch(key):
            message = f"'{key}' is no resource type; write it as AWS::RDS::DBInstance, and its properties below it"
            raise fields.error_at(("update", key), message)
        if not isinstance(value, dict) or not value:
            message = f"below '{key}' write its properties, such as MultiAZ: none"
            raise fields.error_at(("update", key), message)
        for name, effect in value.items():
            effects.setdefault(key, {})[name] = _read_effect(fields, ("update", key, name), effect)
    return effects


def effect_on(effects: UpdateEffects, resource_type: str, path: str) -> Effect | None:
    """Return the effect of changing a property, that of its nearest parent if it has none, or None.

    An effect that is stated for the resource type takes precedence over one for all types of the rule.
    """
    for candidate in (effects.get(resource_type, {}), effects.get("*", {})):
        steps = path.split(".")
        for length in range(len(steps), 0, -1):
            effect = candidate.get(".".join(steps[:length]))
            if effect is not None:
                return effect
    return None


def _read_effect(fields: RuleFields, path: RulePath, value: Any) -> Effect:
    name = path[-1]
    if not isinstance(name, str) or not PROPERTY.fullmatch(name):
        message = (
            f"'{name}' is no property; write its path below Properties with dots, such as ClusterConfig.InstanceCount"
        )
        raise fields.error_at(path, message)
    if value not in EFFECTS:
        raise fields.error_at(path, f"the effect of an update of '{name}' is {', '.join(EFFECTS)}, not '{value}'")
    return value  # type: ignore[no-any-return]
