"""Templates as texts: JSON, and YAML with short tags."""

from __future__ import annotations

import json
from typing import Any

import yaml


def as_json(template: Any) -> str:
    """The template as JSON over several lines; what JSON has no word for is written as Python does."""
    return json.dumps(template, indent=2)


def as_yaml(template: Any) -> str:
    """The template as YAML, its functions with short tags such as !Sub."""
    node = yaml.SafeDumper("").represent_data(json.loads(json.dumps(template)))
    text: str = yaml.serialize(_short(node), Dumper=yaml.SafeDumper, allow_unicode=True, width=100)
    return text


def _short(node: yaml.Node) -> yaml.Node:
    if isinstance(node, yaml.SequenceNode):
        node.value = [_short(item) for item in node.value]
    elif isinstance(node, yaml.MappingNode):
        node.value = [(key, _short(value)) for key, value in node.value]
        if len(node.value) == 1:
            ((key, value),) = node.value
            name = key.value
            if (name in ("Ref", "Condition") or name.startswith("Fn::")) and value.tag.startswith("tag:yaml.org,2002:"):
                if name == "Fn::GetAtt" and not isinstance(value, yaml.SequenceNode):
                    return node
                if not name.startswith("Fn::ForEach") and isinstance(value, yaml.SequenceNode | yaml.ScalarNode):
                    value.tag = "!" + name.removeprefix("Fn::")
                    return value
    return node
