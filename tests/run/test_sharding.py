"""A run split into shards, whose logs `relint merge` joins again."""

from __future__ import annotations

import json

import pytest

from tests.helpers.project import Project
from tests.helpers.templates import CHILD, PARENT

SHARDS = (1, 2, 3, 4)


@pytest.fixture
def templates(project: Project) -> Project:
    """The fixtures under three names each, a nested stack whose parent is missing, and an invalid file."""
    return project.copy_fixtures(times=3).write("child.yaml", CHILD).write("broken.yaml", "Resources: [")


def write_log(project: Project, name: str, *arguments: str) -> None:
    project.run("check", ".", "--format", "concise", "--output", f"sarif={name}", *arguments)


def templates_of_shards(project: Project) -> list[tuple[str, ...]]:
    return [project.check(config=None, shard=(index, len(SHARDS))).templates for index in SHARDS]


def test_merged_logs_of_shards_equal_the_log_of_one_run(templates: Project) -> None:
    (templates.folder / "child.yaml").unlink()  # whose users would be in other shards
    for name in ("\u00e9t\u00e9.yaml", "zz.yaml", "a b.yaml"):  # names whose encoded form sorts differently
        templates.write(name, CHILD)
    write_log(templates, "whole.sarif", "--no-config")
    for shard in ("1/3", "2/3", "3/3"):
        write_log(templates, f"part-{shard[0]}.sarif", "--no-config", "--shard", shard)
    templates.write("again.sarif", templates.read("part-2.sarif"))

    merged = json.loads(templates.run("merge", "part-1.sarif", "part-2.sarif", "part-3.sarif", "again.sarif").stdout)

    (merged_run,) = merged["runs"]
    (whole_run,) = json.loads(templates.read("whole.sarif"))["runs"]
    assert len(merged_run["results"]) > 100
    for part in ("results", "taxonomies", "invocations", "tool"):
        assert merged_run[part] == whole_run[part]


def test_every_template_is_in_exactly_one_shard(templates: Project) -> None:
    shards = templates_of_shards(templates)

    assert sorted(file for shard in shards for file in shard) == list(templates.check(config=None).templates)


def test_new_file_leaves_all_others_in_their_shards(templates: Project) -> None:
    before = templates_of_shards(templates)
    templates.write("another.yaml", CHILD)

    after = templates_of_shards(templates)

    assert [[file for file in shard if file != "another.yaml"] for shard in after] == [list(shard) for shard in before]


def test_shard_ignores_options_that_another_shard_uses(project: Project) -> None:
    """A parameter, a suppression, and an environment of a folder whose templates are in another shard."""
    suppressions = "suppressions: [{rule: S3-601, resource: Never, reason: x}, {rule: RDS-604, reason: x}]\n"
    project.configure(f"report-unused: true\n{suppressions}").copy_fixtures()
    project.write("child.yaml", CHILD).write("parent.yaml", PARENT)
    project.write("sub/relint.yaml", "environments: {prod: {fail-on: error}}\n")
    project.write("sub/web.yaml", "Resources: {A: {Type: AWS::S3::Bucket}}\n")

    shards = [
        project.check(shard=(index, len(SHARDS)), parameters={"Standby": "true"}, environment="prod")
        for index in SHARDS
    ]

    assert not [failure for shard in shards for failure in shard.failures if failure.stage == "options"]
    assert not [finding for shard in shards for finding in shard.findings if finding.file == "relint.yaml"]
    assert [finding for finding in project.check().findings if finding.file == "relint.yaml"]


@pytest.mark.parametrize("shard", ["0/3", "4/3", "a/b", "1", "1/0"])
def test_invalid_shard_is_rejected(project: Project, shard: str) -> None:
    result = project.run("check", ".", "--shard", shard)

    assert result.exit_code == 2
    assert "such as 3/16" in result.stderr


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("{", id="invalid JSON"),
        pytest.param("[]", id="a list"),
        pytest.param('{"runs": []}', id="a log without a run"),
        pytest.param('{"runs": [{"tool": {"driver": {"name": "x"}}}]}', id="a log of another tool"),
    ],
)
def test_file_that_relint_has_not_written_is_not_merged(project: Project, content: str) -> None:
    result = project.write("x.sarif", content).run("merge", "x.sarif")

    assert result.exit_code == 2
    assert result.stderr.strip()


def test_log_of_another_version_or_category_is_not_merged(project: Project) -> None:
    write_log(project.write("child.yaml", CHILD), "a.sarif")
    run = json.loads(project.read("a.sarif"))["runs"][0]
    tool = run["tool"] | {"driver": run["tool"]["driver"] | {"version": "0.0.1"}}
    changes = {
        "the version of this log is '0.0.1', that of 'a.sarif' is": {"tool": tool},
        "the category of this log is 'x/', that of 'a.sarif' is 'relint/": {"automationDetails": {"id": "x/"}},
        "the file is no log that relint has written": {"results": [{"ruleId": "S3-601"}]},
        "the file is no log that relint": {"invocations": []},
    }
    for message, change in changes.items():
        project.write("b.sarif", json.dumps({"runs": [run | change]}))

        result = project.run("merge", "a.sarif", "b.sarif")

        assert (result.exit_code, result.stderr.startswith(f"b.sarif: error: {message}")) == (2, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_log_in_an_encoding_of_powershell_is_merged(project: Project, encoding: str) -> None:
    write_log(project.write("child.yaml", CHILD), "a.sarif")
    (project.folder / "b.sarif").write_text(project.read("a.sarif"), encoding=encoding)

    assert json.loads(project.run("merge", "b.sarif").stdout) == json.loads(project.read("a.sarif"))
