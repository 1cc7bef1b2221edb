from __future__ import annotations

import pytest

from relint.finding import Report
from relint.report.sarif.log import to_sarif
from relint.report.sarif.object_model import to_dict, to_sarif_om
from tests.helpers.command_line import run_python
from tests.helpers.report_builder import make_report

BUILD = {"CI_PROJECT_URL": "https://gitlab.com/a/b", "CI_COMMIT_SHA": "0123abcd"}


@pytest.mark.parametrize("profile", ["full", "github", "gitlab", "azure"])
def test_log_is_unchanged_after_conversion_to_sarif_om_and_back(mixed: Report, profile: str) -> None:
    log = to_sarif_om(mixed, profile=profile, build=BUILD)
    assert to_dict(log) == to_sarif(mixed, profile=profile, build=BUILD)


def test_empty_log_is_unchanged_after_conversion() -> None:
    assert to_dict(to_sarif_om(make_report())) == to_sarif(make_report())


def test_converted_log_consists_of_types_of_sarif_om(mixed: Report) -> None:
    import sarif_om

    (run,) = to_sarif_om(mixed).runs
    assert isinstance(run.tool.driver.rules[0].relationships[0].target.tool_component, sarif_om.ToolComponentReference)
    assert isinstance(run.results[3].code_flows[0].thread_flows[0].locations[0].location.message, sarif_om.Message)
    assert isinstance(run.original_uri_base_ids["%SRCROOT%"].description, sarif_om.Message)
    assert isinstance(run.results[4].suppressions[0], sarif_om.Suppression)
    assert values_of_another_type(run) == []


def values_of_another_type(value: object) -> list[object]:
    """Return the mappings in a log that are no objects of sarif_om, apart from free texts and properties."""
    found: list[object] = []
    for attribute in getattr(type(value), "__attrs_attrs__", ()):
        members = getattr(value, attribute.name)
        if attribute.name in ("properties", "partial_fingerprints", "fingerprints"):
            continue
        is_map = attribute.name in ("message_strings", "original_uri_base_ids")
        members = members.values() if is_map and members else members if isinstance(members, list) else [members]
        for member in members:
            found += [(attribute.name, member)] if isinstance(member, dict) else values_of_another_type(member)
    return found


def test_suppression_keeps_its_status(mixed: Report) -> None:
    (run,) = to_sarif_om(mixed).runs
    assert run.results[4].suppressions[0].status == "accepted"


def test_sarif_om_and_its_dependencies_are_imported_on_first_use() -> None:
    """A run that writes a log, and the import of the conversion, need none of them."""
    code = (
        "import sys, relint.cli, relint.report.sarif.object_model\n"
        "heavy = {'sarif_om', 'attr', 'attrs', 'pbr', 'jschema_to_python', 'jsonpickle', 'setuptools'}\n"
        "before = heavy & set(sys.modules)\n"
        "try:\n"
        "    relint.cli.main(['check', 'fixtures/fragile-web', '--no-cache', '--no-config', '--format', 'sarif'])\n"
        "except SystemExit: pass\n"
        "report = relint.check('fixtures/fragile-web', config=None)\n"
        "unexpected = heavy & set(sys.modules) - before\n"
        "relint.to_sarif_om(report)\n"
        "sys.exit(f'imported: {unexpected}' if unexpected or before or 'sarif_om' not in sys.modules else 0)"
    )
    done = run_python("-c", code)

    assert (done.exit_code, done.stderr) == (0, "")
