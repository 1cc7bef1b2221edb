"""Templates that several tests check."""

from __future__ import annotations

import json
from typing import Any

from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.source.read import read_document

CHILD = """Parameters: {Standby: {Type: String, Default: 'true'}}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref Standby}}
"""
"""A database that has a standby unless a parent says otherwise."""

PARENT = """Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Standby: 'false'}}
"""
"""A stack that deploys `child.yaml` without a standby."""


def view_of(resources: dict[str, Any], **sections: Any) -> View:
    """Return the view of a template in its default deployment."""
    template = Template(read_document(json.dumps({**sections, "Resources": resources}).encode(), "t.json"))
    return View(template, Scenario(template.deployments))
