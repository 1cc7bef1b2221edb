"""Output does not depend on the hash seed or the order of the files."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import Phase, given
from hypothesis import strategies as st

from tests.helpers.command_line import run_relint_process
from tests.properties.strategies import TEMPLATES, examples

FORMATS = ("text", "concise", "json", "sarif", "junit", "gitlab", "github", "markdown")
COUNT = 12


def outputs(folder: Path, files: list[str], seed: str) -> dict[str, bytes]:
    """Return what a run writes in every format, prints and returns."""
    reports = [f"--output={kind}={kind}.out" for kind in FORMATS]
    options = ["--no-cache", "--format=text", "--ruleset=all", "--show-open"]
    environment = {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "0"}
    result = run_relint_process("check", *files, *reports, *options, cwd=folder, seconds=60, **environment)
    assert result.exit_code in (0, 1, 2), result.stderr
    return {"command": repr(result).encode(), **{kind: (folder / f"{kind}.out").read_bytes() for kind in FORMATS}}


def handing(number: int) -> dict[str, Any]:
    """A resource that deploys another of the templates, and one that imports what another may export."""
    child = {"TemplateURL": f"t{(number * 5 + 1) % COUNT}.json", "Parameters": {"Env": {"Fn::ImportValue": "7"}}}
    return {"Child": {"Type": "AWS::CloudFormation::Stack", "Properties": child}}


@examples(0.02, phases=[Phase.generate])  # to shrink would take minutes
@given(st.lists(TEMPLATES, min_size=COUNT, max_size=COUNT), st.permutations(range(COUNT)), st.integers(1, 4_000_000))
def test_output_does_not_depend_on_hash_seed_or_file_order(templates: list[Any], order: list[int], seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "relint.yaml").write_text("root: true\n", encoding="utf-8")
        for number, template in enumerate(templates):
            if number % 3 == 0:
                template["Resources"].update(handing(number))
            (folder / f"t{number}.json").write_text(json.dumps(template), encoding="utf-8")
        first = outputs(folder, [f"t{number}.json" for number in range(COUNT)], "0")
        assert outputs(folder, [f"t{number}.json" for number in order], str(seed)) == first
