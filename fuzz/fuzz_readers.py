"""Coverage-guided fuzzing of the loaders: python fuzz/fuzz_readers.py FOLDER_OF_CASES -max_total_time=1200

Needs atheris (pip install atheris). Bytes go through reading and judging; anything but a RelintError is a fault, and so
is an input that takes longer than `-timeout`, and a text that the two readers of YAML do not read alike. What was found
is kept in tests/data/fuzz_regressions, which the tests read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent))

with atheris.instrument_imports(include=["relint.source", "relint.resolve", "relint.model"]):
    from relint.api import check_text
    from relint.errors import RelintError
    from relint.model.template import Template
    from relint.resolve.scenario import Scenario
    from relint.source.read import read_document
    from tests.helpers.compare_readers import is_supported


def one(data: bytes) -> None:
    """Reads one input as a file of a name that its first byte chooses."""
    file = "a.json" if data[:1] == b"{" else "a.yaml"
    try:
        document = read_document(data, file)
    except RelintError:
        return
    if document.language == "yaml":
        is_supported(document.text)
    if isinstance(document.data, dict) and isinstance(document.data.get("Resources"), dict):
        try:
            template = Template(document)
        except RelintError:
            return
        scenario = Scenario(template.deployments)
        for logical_id, resource in template.resources.items():
            scenario.resolve_deep(resource.body, ("Resources", logical_id))
    report = check_text(data, file, allow_empty=True)
    crashed = [failure.message for failure in report.failures if failure.stage == "check"]
    if crashed:
        raise AssertionError(crashed[0])


def main() -> None:
    """Fuzzes until it is told to stop."""
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
