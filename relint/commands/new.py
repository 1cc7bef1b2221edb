"""`relint new`: write the skeleton of a rule file, with examples that pass."""

from __future__ import annotations

import os
import re
from collections import Counter

from relint._about import RELEASES
from relint._typing import TYPE_CHECKING
from relint.catalog.loader import builtin_rules_directory, find_rule_files, load_rule_files, load_rules
from relint.commands.test import print_example_results
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from relint.catalog.rule import Rule

_RULE = re.compile(r"[a-z0-9]+/[a-z0-9]+(-[a-z0-9]+)*")
_SKELETON = """\
id: {id}
name: {name}
{release}title: Name in a few words what the rule demands
severity: warning                      # error: certain loss; warning: one ordinary failure hurts; note: it depends
priority: P2                           # P1 is in core and recommended, P2 in recommended, P3 only in all
pillar: [REL11-BP02]                   # best practices of the Well-Architected Reliability pillar
resources: [{type}]
assert:                                # `default` is what AWS assumes when the property is absent: look it up
  - {{path: $.Properties.Example, default: false, equals: true}}
message: "'{{resource}}' states the fact, so it names the consequence."
rationale: |
  Tell the bad day in two or three sentences: what fails, who notices, what is lost.
fix: |
  Say what to paste, and whether the update interrupts or replaces the resource:

      Example: true
update:                                # none, interrupts, replaces, or varies
  Example: none
references:
  - https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
examples:                              # they are the tests of the rule; `# <- here` marks the reported line
  fail:
    - name: the property is absent, and the default is false
      level: warning
      template: |
        Resources:
          Name:                        # <- here
            Type: {type}
            Properties: {{}}
  pass:
    - name: the property is true
      template: |
        Resources:
          Name:
            Type: {type}
            Properties: {{Example: true}}
  open:
    - name: a parameter without default decides
      template: |
        Parameters: {{Example: {{Type: String}}}}
        Resources:
          Name:                        # <- here
            Type: {type}
            Properties: {{Example: !Ref Example}}
"""


def run(options: argparse.Namespace) -> int:
    """Write the rule file, run its examples, and return the exit code of `relint test`."""
    if not _RULE.fullmatch(options.rule):
        raise OptionError(f"a rule is named SERVICE/NAME in lower case, such as rds/rds-multi-az, not '{options.rule}'")
    service, name = options.rule.split("/")
    file = os.path.join(options.directory, service, f"{name}.yaml")
    rules = _all_rules(options.directory)
    if name in {rule.name for rule in rules}:
        raise OptionError(f"there is already a rule '{name}'; choose another name")
    text = _SKELETON.format(
        id=_next_id(rules, service, options.area),
        name=name,
        type=options.type or _usual_type(rules, service),
        release=_release_lines(options.directory),
    )
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OptionError(f"'{file}' cannot be written ({error.strerror})") from error
    print(f"{file}: written; replace its texts and its assertion, then run: relint test {file}")
    return print_example_results([file])


def _release_lines(directory: str) -> str:
    """Return the release and the preview of a new rule of relint; a rule of the user belongs to every release."""
    if os.path.realpath(directory) != os.path.realpath(builtin_rules_directory()):
        return ""
    return f'since: "{RELEASES[-1]}"\npreview: true                          # for at least one release\n'


def _all_rules(directory: str) -> Sequence[Rule]:
    """Return the rules that ship with relint and those below a directory, each once."""
    rules = {rule.id: rule for rule in load_rules()}
    if os.path.isdir(directory) and any(name.endswith(".yaml") for _, _, names in os.walk(directory) for name in names):
        rules.update((rule.id, rule) for rule in load_rule_files(find_rule_files(directory)))
    return list(rules.values())


def _rules_of_service(rules: Sequence[Rule], service: str) -> list[Rule]:
    return [rule for rule in rules if os.path.basename(os.path.dirname(rule.file)) == service]


def _next_id(rules: Sequence[Rule], service: str, area: int) -> str:
    """Return the next free id in an area; the family is that of most rules of the service, else the service itself."""
    families = Counter(rule.id.partition("-")[0] for rule in _rules_of_service(rules, service))
    family = families.most_common(1)[0][0] if families else service.upper()[:8]
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", family):
        raise OptionError(f"'{service}' cannot begin an id; name the folder with letters, such as acme")
    prefix = f"{family}-{area}"
    ids = [name for rule in rules for name in (rule.id, *rule.aliases)]  # that of a retired rule is never used again
    numbers = [int(name.removeprefix(prefix)) for name in ids if name.startswith(prefix)]
    number = max(numbers, default=0) + 1
    if number > 99:
        raise OptionError(f"all ids {prefix}01 to {prefix}99 are taken; choose another folder or --area")
    return f"{prefix}{number:02}"


def _usual_type(rules: Sequence[Rule], service: str) -> str:
    """Return the resource type that most rules of a service judge."""
    types = Counter(name for rule in _rules_of_service(rules, service) for name in rule.resources if name != "*")
    if not types:
        raise OptionError("name the resource type with --type, such as --type AWS::Lambda::Function")
    return types.most_common(1)[0][0]
