"""Views of templates that tests write as Python data."""

from __future__ import annotations

import json
from typing import Any

from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.source.read import read_document


def view_of(resources: dict[str, Any], **sections: Any) -> View:
    """Return a template of some resources, in the deployment that is assumed."""
    template = Template(read_document(json.dumps({**sections, "Resources": resources}).encode(), "t.json"))
    return View(template, Scenario(template.deployments))
