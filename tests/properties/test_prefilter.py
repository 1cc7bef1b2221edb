"""Rules that the prefilter skips have no findings."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from relint.api import load_rules
from relint.catalog.thresholds import with_thresholds
from relint.errors import TemplateError
from relint.evaluate.engine import DefaultDeployment, judge_resource
from relint.evaluate.prefilter import cannot_fail
from relint.model.template import Template
from relint.settings.lint_config import index_by_type
from relint.source.read import read_document
from tests.properties.strategies import TEMPLATES, examples

PLANNED = index_by_type(with_thresholds(load_rules(), {}))


@examples(0.8)
@given(TEMPLATES)
def test_prefiltered_rule_has_no_findings(template: Any) -> None:
    try:
        template_model = Template(read_document(json.dumps(template), "a.json"))
    except TemplateError:
        return
    if template_model.deployments.macros:
        return
    for resource_type, resources in template_model.by_type.items():
        for rule in (*PLANNED.get(resource_type, ()), *PLANNED["*"]):
            for resource in resources[:1] if rule.scope == "template" else resources:
                if cannot_fail(rule, resource):
                    (judgement,) = judge_resource(DefaultDeployment(template_model), rule, resource, include_notes=True)
                    assert judgement.verdict in ("pass", "notApplicable"), (rule.id, resource.logical_id)
