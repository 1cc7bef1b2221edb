"""Templates that tests write as YAML or as Python data, as the model of relint and in a deployment."""

from __future__ import annotations

import json
from typing import Any

from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.source.read import read_document


def template_of(text: str) -> Template:
    """Return the model of a template in YAML or JSON."""
    return Template(read_document(text.encode(), "t.yaml"))


def view_of(resources: dict[str, Any], **sections: Any) -> View:
    """Return a template of some resources, in the deployment that is assumed."""
    template = template_of(json.dumps({**sections, "Resources": resources}))
    return View(template, Scenario(template.deployments))
