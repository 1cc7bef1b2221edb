"""The JSON schema of an assessment."""

from __future__ import annotations

from relint._typing import Any
from relint.assessment.disruption import DISRUPTIONS
from relint.assessment.facts import OUTCOMES
from relint.assessment.result import CONFIDENCES
from relint.report.assessment.json_assessment import SCHEMA

_TEXT = {"type": "string"}
_OPTIONAL_TEXT = {"type": ["string", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}
_NUMBER = {"type": "integer"}
_OPTIONAL_NUMBER = {"type": ["number", "null"]}
_BOOLEAN = {"type": "boolean"}


def assessment_schema() -> dict[str, Any]:
    """Return the JSON schema of the report of `relint assess` (https://json-schema.org/draft-07)."""
    members = {
        "schema": {"const": SCHEMA},
        "tool": _object({"name": {"const": "relint"}, "version": _TEXT}),
        "facts_version": _TEXT,
        "facts": {"type": "object", "additionalProperties": _open_object(dict.fromkeys(_FACT, _TEXT))},
        "inputs": _array(_object({"path": _TEXT, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}})),
        "parameters": _array(_object(_PARAMETER)),
        "graph": _object({"nodes": _array(_object(_NODE)), "edges": _array(_object(_EDGE))}),
        "az": _object({"tokens": _array(_object(_TOKEN)), "relations": _array(_object(_RELATION))}),
        "coverage": _object({"assessed": _NUMBER, "resources": _NUMBER}),
        "entries": _array(_object(_entry())),
        "without_backend": _TEXTS,
        "too_large": _TEXTS,
        "untried": _TEXTS,
        "policy": {"anyOf": [{"type": "null"}, _object(_POLICY)]},
        "policies": _array(_object(_POLICY)),
        "verdicts": _array(_object(_VERDICT)),
        "unknowns": _array(_object(_UNKNOWN)),
        "failures": _array(_object({"file": _TEXT, "message": _TEXT})),
    }
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Assessment of relint", **_object(members)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these properties."""
    return {**_open_object(properties), "additionalProperties": False}


def _open_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_FACT = ("as_of", "mark", "says", "source")
_PARAMETER = {
    "template": _TEXT,
    "name": _TEXT,
    "value": _OPTIONAL_TEXT,
    "source": {"enum": ["given", "default", "none"]},
}
_UNIT = {"id": _TEXT, "resource": _TEXT, "index": _NUMBER, "az": _TEXTS, "hw_event": _BOOLEAN}
_NODE = {
    **dict.fromkeys(("id", "type", "template"), _TEXT),
    "line": _NUMBER,
    "scope": {"enum": ["global", "regional", "zonal", "unit"]},
    "role": {"enum": ["entry", "lb", "compute", "data", "queue", "net", "support"]},
    "units": _array(_object(_UNIT)),
    "units_open": _BOOLEAN,
    "need": _NUMBER,
    "need_source": {"enum": ["default", "metadata"]},
    "state": {"enum": ["none", "ephemeral", "durable"]},
    "facts": _TEXTS,
    "present": {"enum": [True, False, "unknown"]},
}
_EDGE = {
    **dict.fromkeys(("src", "dst", "relation", "verb"), _TEXT),
    "kind": {"enum": ["HARD", "SOFT", "UNKNOWN"]},
    "plane": {"enum": ["serve", "recover", "backup", "placement", "config"]},
    "basis": {"enum": ["stated", "inferred"]},
    "evidence": _array(_object({"template": _TEXT, "path": _TEXT, "line": _NUMBER})),
}
_TOKEN = {"canon": _TEXT, "label": _TEXT, "members": _TEXTS}
_RELATION = {
    **dict.fromkeys(("a", "b", "why"), _TEXT),
    "rel": {"enum": ["EQ", "NEQ", "UNKNOWN"]},
    "basis": {"enum": ["syntactic", "deployability", "assumed"]},
    "rule": _OPTIONAL_TEXT,
}
_TARGETS = {"type": "object", "additionalProperties": _object({"rto_s": _OPTIONAL_NUMBER, "rpo_s": _OPTIONAL_NUMBER})}
_POLICY = {
    "name": _TEXT,
    "place": _TEXT,
    "targets": _TARGETS,
    "availability_pct": _OPTIONAL_NUMBER,
    "entries": {"type": "object", "additionalProperties": _TARGETS},
    "undetermined": {"enum": ["pass", "warn", "fail"]},
    "notes": _TEXTS,
}
_VERDICT_NAME = {"enum": ["met", "breached", "undetermined", "not_judged"]}
_VERDICT = {
    "entry": _TEXT,
    "policy": _TEXT,
    "disruption": {"enum": [*DISRUPTIONS, "availability"]},
    "measure": {"enum": ["rto", "rpo", "availability"]},
    "verdict": _VERDICT_NAME,
    "target": _OPTIONAL_NUMBER,
    "needs": _TEXTS,
    "is_typical": _BOOLEAN,
    "says": _TEXT,
    "least": _OPTIONAL_NUMBER,
}
_CODES = (
    "param-value",
    "import",
    "list-length",
    "placement",
    "data-size",
    "boot-time",
    "capacity-need",
    "criticality",
    "custom-resource",
    "external-host",
    "account-policy",
    "unsupported-type",
)
_UNKNOWN = {"code": {"enum": list(_CODES)}, "needs": _TEXT, "resource": _TEXT}
_OUTCOME = {"enum": [*OUTCOMES, "unknown", "not_applicable"]}
_INTERVAL = _object(
    {"lo_s": _NUMBER, "hi_s": {"type": ["integer", "null"]}, "tail": {"enum": ["bounded", "typical", "unknown"]}}
)
_EFFECT = {
    "disruption": {"enum": list(DISRUPTIONS)},
    "outcome": _OUTCOME,
    "worst_known": _OUTCOME,
    "rto": {"anyOf": [{"type": "null"}, _INTERVAL]},
    "rto_class": _TEXT,
    "rpo": {"anyOf": [{"const": "n/a"}, _INTERVAL]},
    "rpo_class": _TEXT,
}
_REASON = {
    "event": _TEXT,
    "fact": _OPTIONAL_TEXT,
    "mark": {"enum": ["C", "J", "U", None]},
    "outcome": _OUTCOME,
    "resource": _TEXT,
    "rto": _INTERVAL,
}


def _entry() -> dict[str, Any]:
    result = {
        **_EFFECT,
        "entry": _TEXT,
        "confidence": {"enum": list(CONFIDENCES)},
        "deciding_facts": _TEXTS,
        "statically_stable": {"enum": ["yes", "no", "unknown"]},
        "cutsets": _array(_TEXTS),
        "reasons": _array(_object(_REASON)),
        "unknowns": _array(_object(_UNKNOWN)),
        "verdicts": {"type": "object", "additionalProperties": _VERDICT_NAME},
    }
    event = {**_EFFECT, "event": _TEXT, **dict.fromkeys(("hit", "down", "possibly_down"), _TEXTS)}
    points = ("instance", "zonal", "interrupting", "service", "instance_possible", "zonal_possible")
    term = {"resource": _TEXT, "lo": {"type": "number"}, "hi": {"type": "number"}, "facts": _TEXTS}
    sla = {"lo": _OPTIONAL_NUMBER, "hi": _OPTIONAL_NUMBER, "terms": _array(_object(term)), "unrated": _TEXTS}
    change: dict[str, Any] = {
        **dict.fromkeys(("parameter", "value", "says"), _TEXT),
        "disruption": {"enum": list(DISRUPTIONS)},
        "before": _OUTCOME,
        "after": _OUTCOME,
    }
    return {
        **dict.fromkeys(("id", "file", "name", "type"), _TEXT),
        "kind": {"enum": ["entry", "data_root"]},
        **dict.fromkeys(("names", "path", "assumptions", "notes"), _TEXTS),
        "results": {**_array(_object(result)), "minItems": 4, "maxItems": 4},
        "events": _array(_object(event)),
        "spof": _object(dict.fromkeys(points, _TEXTS)),
        "pairs": {"anyOf": [{"type": "null"}, _array(_TEXTS)]},
        "sla": {"anyOf": [{"type": "null"}, _object(sla)]},
        "verdicts": _array(_object(_VERDICT)),
        "changes_if": _array(_object(change)),
        "recovery_dependencies": _array(_object(dict.fromkeys(("resource", "needs", "kind", "place"), _TEXT))),
    }
