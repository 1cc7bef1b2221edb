"""`relint init`: write a commented relint.yaml, and say what was found."""

from __future__ import annotations

import os

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.exit_codes import CLEAN
from relint.discover.candidate import Candidate
from relint.discover.template_detection import can_be_template
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

FILE = "relint.yaml"
CONTENT = """\
# Settings of relint for the templates in this folder and below.
# Lines that begin with # and a word are examples: remove the # to use them. relint config prints what is in force.

root: true                # files in the folders above are not read
ruleset: recommended      # core (the most urgent rules), recommended, or all (adds notes)
fail-on: warning          # the least level that makes the exit code 1: note, warning, error or never

# Values of parameters, as in a deployment; without them, defaults count.
#parameters: samconfig.toml
#region: eu-west-1

# Deployments that differ: relint check . --env prod, or --env all for a table.
#environments:
#  dev: {parameters: {Environment: dev}, profile: dev, fail-on: never}
#  prod: {parameters: {Environment: prod}}

# Files that are not checked, besides those that git ignores.
#exclude: [archive/]

# Findings that you accept, each with a reason.
#suppressions:
#  - {rule: S3-601, resource: "Scratch*", reason: Filled anew every night.}
"""
_SIGNS = {
    "samconfig.toml": "values of parameters for SAM: parameters: samconfig.toml reads them",
    "samconfig.yaml": "values of parameters for SAM: parameters: samconfig.yaml reads them",
    "cdk.json": "an application of the CDK: run cdk synth, then relint check cdk.out",
    ".pre-commit-config.yaml": "pre-commit: docs/integrations/pre-commit.md has the hook",
    ".github": "GitHub: docs/integrations/github.md has the action",
    ".gitlab-ci.yml": "GitLab: docs/integrations/gitlab.md has the job",
    "bitbucket-pipelines.yml": "Bitbucket: docs/integrations/bitbucket.md has the step",
    ".circleci": "CircleCI: docs/integrations/circleci.md has the job",
    "Jenkinsfile": "Jenkins: docs/integrations/jenkins.md has the stage",
    "buildspec.yml": "CodeBuild: docs/integrations/codebuild.md has the buildspec",
    "azure-pipelines.yml": "Azure Pipelines: docs/integrations/azure.md has the steps",
}
"""Files and folders that reveal a tool, and what relint does with it."""


def run(options: argparse.Namespace) -> int:
    """Write relint.yaml into a folder; raises OptionError if the folder has a configuration already."""
    folder = options.directory
    file = os.path.normpath(os.path.join(folder, FILE))
    _reject_other_configuration(folder)
    found = list(_describe_folder(folder))
    try:
        with open(file, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(CONTENT)
    except FileExistsError as error:
        raise OptionError(
            f"'{file}' exists, and is left as it is; relint config --show prints what is in force"
        ) from error
    except OSError as error:
        raise OptionError(f"'{file}' cannot be written ({error.strerror})") from error
    print(f"{file}: written")
    for line in found:
        print(line)
    return CLEAN


def _reject_other_configuration(folder: str) -> None:
    """Raise OptionError if a pyproject.toml in the folder configures relint, because relint.yaml would replace it."""
    file = os.path.normpath(os.path.join(folder, "pyproject.toml"))
    if os.path.isfile(file):
        from relint.settings.config_file import read_layer

        if read_layer(file):
            raise OptionError(f"'{file}' has [tool.relint], which a {FILE} beside it would replace")


def _describe_folder(folder: str) -> Iterator[str]:
    """Yield a line about the templates in a folder, and one for each tool that it uses."""
    configuration = api.Linter(config=None).configuration()
    count = sum(
        isinstance(item, Candidate) and can_be_template(item.raw)
        for item in api.discover_inputs([folder], configuration)
    )
    number = "no template" if count == 0 else "1 template" if count == 1 else f"{count} templates"
    yield f"found {number}: relint check {folder}" if count else "found no template yet"
    for name, meaning in _SIGNS.items():
        if os.path.exists(os.path.join(folder, name)):
            yield f"found {name}, {meaning}"
