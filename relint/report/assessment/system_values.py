"""The system of an assessment as JSON values: its graph and its zones."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relint.assessment.listed import Evidence, ListedDependency, ListedPart, Listing


def system_values(listing: Listing) -> dict[str, Any]:
    """Return the members `graph` and `az` of the document."""
    return {
        "graph": {
            "nodes": [_node(part) for part in listing.parts],
            "edges": [_edge(dependency) for dependency in listing.dependencies],
        },
        "az": {
            "tokens": [{**token._asdict(), "members": list(token.members)} for token in listing.zones],
            "relations": [
                {
                    "a": relation.a,
                    "b": relation.b,
                    "rel": relation.relation,
                    "basis": relation.basis,
                    "rule": relation.rule or None,
                    "why": relation.why,
                }
                for relation in listing.relations
            ],
        },
    }


def _node(part: ListedPart) -> dict[str, Any]:
    return {
        "id": part.id,
        "type": part.type,
        "template": part.place.template,
        "line": part.place.line,
        "scope": part.scope,
        "role": part.role,
        "units": [
            {
                "id": unit.id,
                "resource": unit.resource,
                "index": unit.number,
                "az": list(unit.zones),
                "hw_event": unit.hw_event,
            }
            for unit in part.units
        ],
        "units_open": part.is_open,
        "need": part.need,
        "need_source": part.need_source,
        "state": part.state,
        "facts": list(part.facts),
        "present": True if part.present == "true" else part.present,
    }


def _edge(dependency: ListedDependency) -> dict[str, Any]:
    return {
        "src": dependency.source,
        "dst": dependency.target,
        "kind": dependency.strength,
        "plane": dependency.plane,
        "relation": dependency.relation,
        "verb": dependency.verb,
        "basis": dependency.basis,
        "evidence": [_place(place) for place in dependency.evidence],
    }


def _place(place: Evidence) -> dict[str, Any]:
    return {"template": place.template, "path": ".".join(map(str, place.path)), "line": place.line}
