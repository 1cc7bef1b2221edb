"""Templates with SAM resources."""

from __future__ import annotations

from typing import Any

import yaml

from relint.model.template import Template
from relint.source.read import read_document


def bodies(resources: dict[str, Any], sections: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the resources by logical id, with those that SAM generates."""
    text = yaml.safe_dump({**(sections or {}), "Resources": resources})
    template = Template(read_document(text.encode(), "t.yaml"))
    return {logical_id: resource.body for logical_id, resource in template.resources.items()}


def properties_of(sam_type: str, properties: dict[str, Any], logical_id: str) -> Any:
    """Return the properties of one of the resources that SAM makes of the resource `Worker`."""
    worker = {"Type": f"AWS::Serverless::{sam_type}", "Properties": properties}
    return bodies({"Worker": worker})[logical_id]["Properties"]
