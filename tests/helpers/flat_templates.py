"""One template for a stack with nested stacks, so that verdicts on both can be compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from relint.source.read import read_document

SEPARATOR = "xX"
"""The characters between the logical id of a nested stack and that of its resource."""

_PLACEHOLDER = re.compile(r"\$\{([^!}]+)\}")
_SECTIONS = ("Conditions", "Mappings", "Resources")


def flatten(root: Path) -> dict[str, Any]:
    """Return a template with the resources of a stack and of its nested stacks.

    "Network" of the root and "Vpc" of its template become "NetworkxXVpc". Outputs are left out.
    """
    flat: dict[str, Any] = {"Parameters": {}, "Conditions": {}, "Mappings": {}, "Resources": {}}
    _Stack(root, "", None, flat).add()
    return {name: section for name, section in flat.items() if section}


class _Stack:
    def __init__(self, file: Path, prefix: str, values: dict[str, Any] | None, flat: dict[str, Any]) -> None:
        """Read a template; `values` are the parameter values that the parent passes, None for the root."""
        self.data: dict[str, Any] = read_document(file.read_text("utf-8"), str(file)).data
        self.prefix, self.flat = prefix, flat
        self.values = values or {}
        self.children: dict[str, _Stack] = {}
        for logical_id, body in self.data["Resources"].items():
            if body["Type"] == "AWS::CloudFormation::Stack":
                properties = body["Properties"]
                child_prefix = f"{prefix}{logical_id}{SEPARATOR}"
                child_file = file.parent / properties["TemplateURL"]
                self.children[logical_id] = _Stack(child_file, child_prefix, {}, flat)
        for logical_id, child in self.children.items():
            child.values = dict(self.data["Resources"][logical_id]["Properties"].get("Parameters", {}))
            child.parent = self

    parent: _Stack

    def add(self) -> None:
        for name, declaration in self.data.get("Parameters", {}).items():
            if name not in self.values:
                self.flat["Parameters"][self.prefix + name] = declaration
        for section in _SECTIONS:
            for name, node in self.data.get(section, {}).items():
                if section != "Resources" or name not in self.children:
                    self.flat[section][self.prefix + name] = self.rewrite(node)
        for child in self.children.values():
            child.add()

    def parameter(self, name: str) -> Any:
        """Return the node that replaces the Ref of a parameter."""
        if name not in self.values:
            return {"Ref": self.prefix + name}
        node = self.parent.rewrite(self.values[name])
        declared_type = self.data["Parameters"][name]["Type"]
        is_list = declared_type == "CommaDelimitedList" or "List<" in declared_type
        if is_list and isinstance(node, dict) and "Fn::Join" in node and node["Fn::Join"][0] == ",":
            return node["Fn::Join"][1]
        return {"Fn::Split": [",", node]} if is_list and not isinstance(node, list) else node

    def reference(self, name: str) -> Any:
        """Return the node that replaces ${name}, or ${name.attribute}, or a Ref or Fn::GetAtt of it."""
        logical_id, _, attribute = name.partition(".")
        if logical_id in self.children and attribute.startswith("Outputs."):
            child = self.children[logical_id]
            return child.rewrite(child.data["Outputs"][attribute.removeprefix("Outputs.")]["Value"])
        if attribute:
            return {"Fn::GetAtt": [self.prefix + logical_id, attribute]}
        if name in self.data.get("Parameters", {}):
            return self.parameter(name)
        return {"Ref": name if name.startswith("AWS::") else self.prefix + name}

    def rewrite(self, node: Any) -> Any:
        """Return a node of this stack as a node of the flat template."""
        if isinstance(node, list):
            return [self.rewrite(item) for item in node]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((function, argument),) = node.items()
            if function == "Ref":
                return self.reference(argument)
            if function == "Fn::GetAtt":
                return self.reference(argument if isinstance(argument, str) else ".".join(argument))
            if function == "Fn::Sub":
                return self.substitute(argument)
            if function == "Fn::FindInMap":
                return {function: [self.prefix + argument[0], *self.rewrite(argument[1:])]}
            if function == "Fn::If":
                return {function: [self.prefix + argument[0], *self.rewrite(argument[1:])]}
            if function == "Condition":
                return {function: self.prefix + argument}
        rewritten = {key: self.rewrite(value) for key, value in node.items()}
        if "Type" in node:
            for attribute in ("Condition", "DependsOn"):
                if isinstance(node.get(attribute), str):
                    rewritten[attribute] = self.prefix + node[attribute]
                elif isinstance(node.get(attribute), list):
                    rewritten[attribute] = [self.prefix + name for name in node[attribute]]
        return rewritten

    def substitute(self, argument: Any) -> Any:
        text, variables = argument if isinstance(argument, list) else (argument, {})
        variables = {name: self.rewrite(value) for name, value in variables.items()}
        for name in _PLACEHOLDER.findall(text):
            if name not in variables:
                safe_name = "v" + re.sub(r"\W", "", name)
                variables[safe_name] = self.reference(name)
                text = text.replace("${" + name + "}", "${" + safe_name + "}")
        return {"Fn::Sub": [text, variables]}
