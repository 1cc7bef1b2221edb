"""The files of a game day, and how they come into a folder without touching what is not relint's."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.assessment.gameday.plan import plan_game_day
from relint.errors import OptionError
from relint.report.gameday.experiment_template import ExperimentTemplate
from relint.report.gameday.index import index
from relint.report.gameday.names import page_name
from relint.report.gameday.playbook import playbook

if TYPE_CHECKING:
    from relint.assessment.gameday.records import GameDay, GameDayEvent
    from relint.assessment.result import Assessment

_INDEX = "README.md"
_MAX_BYTES = 51_200
"""Bytes of a template that can be deployed without a bucket; it has far fewer than the 200 parameters that it may have.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

_MARK = "relint game day"
_MARK_BYTES = 200
"""More than the line with the mark has."""

_FIRST_LINE = re.compile(rf"(?:<!-- |# ){_MARK} ([0-9a-f]{{16}})\b")
_OWN_NAME = re.compile(r"README\.md|experiments(-[0-9]+)?\.yaml|[0-9]{2,}-[A-Za-z0-9-]+\.md")


def write_game_day(assessment: Assessment, directory: str | os.PathLike[str]) -> list[str]:
    """Write the game day of an assessment into a folder, and return the names of the files; none without an event.

    A page for each single event says what should happen, what would notice, how to start and stop it; the templates
    have an experiment of AWS FIS for each event that FIS can inject. Raises OptionError if a file of that name is not
    one of relint's, or was changed since, and if it cannot be written.
    """
    texts = render_game_day(plan_game_day(assessment))
    if texts:
        write_files(os.fspath(directory), texts)
    return list(texts)


def render_game_day(game_day: GameDay) -> dict[str, str]:
    """Return the texts of the files by name, which are none without an event."""
    if not game_day.events:
        return {}
    injected = [event for event in game_day.events if event.injections]
    texts: dict[str, str] = {}
    outputs: dict[int, str] = {}
    experiments: dict[int, str] = {}
    templates = []
    for number, template in enumerate(_experiment_templates(injected), start=1):
        file = "experiments.yaml" if number == 1 else f"experiments-{number}.yaml"
        texts[file] = template.text()
        outputs |= template.names
        experiments |= dict.fromkeys(template.names, file)
        templates.append((file, template.parameters))
    for event in game_day.events:
        texts[page_name(event)] = _joined(playbook(event, game_day.places, outputs.get(event.number, "")))
    texts[_INDEX] = _joined(index(game_day, experiments, templates))
    return {name: _marked(name, text) for name, text in sorted(texts.items())}


def _experiment_templates(events: Iterable[GameDayEvent]) -> Iterator[ExperimentTemplate]:
    """Yield templates with the experiments of events, with as many of them in each as it can take."""
    template: ExperimentTemplate | None = None
    together: list[GameDayEvent] = []
    for event in events:
        larger = ExperimentTemplate([*together, event])
        if template is not None and len(larger.text().encode()) > _MAX_BYTES - _MARK_BYTES:
            yield template
            together, larger = [], ExperimentTemplate([event])
        template = larger
        together.append(event)
    if template is not None:
        yield template


def write_files(directory: str, texts: Mapping[str, str]) -> None:
    """Write files into a folder, which is made if it is missing, and remove those of an earlier game day.

    Raises OptionError, before anything is written, if the folder has a file of one of these names that relint did not
    write, or that somebody has changed since; and if the folder or a file cannot be written.
    """
    try:
        os.makedirs(directory, exist_ok=True)
        own = [name for name in sorted(os.listdir(directory)) if _OWN_NAME.fullmatch(name)]
        unchanged = [name for name in own if _is_unchanged(os.path.join(directory, name))]
        for name in own:
            if name in texts and name not in unchanged:
                raise OptionError(
                    f"'{os.path.join(directory, name)}' was changed or is not of relint, and is left as it is; "
                    "move it away, or name another folder with --gameday"
                )
        for name in unchanged:
            os.remove(os.path.join(directory, name))
        for name, text in texts.items():
            with open(os.path.join(directory, name), "x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise OptionError(f"'{error.filename or directory}' cannot be written ({error.strerror})") from error


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _marked(name: str, text: str) -> str:
    """Return a text after a line that says who wrote it, with a digest by which a change of it is seen."""
    words = f"{_MARK} {_digest(text)}: relint replaces this file unless somebody has changed it"
    return (f"# {words}\n" if name.endswith(".yaml") else f"<!-- {words} -->\n") + text


def _is_unchanged(path: str) -> bool:
    """Whether a file is one that relint wrote and nobody has changed since; a link is not."""
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    with open(path, encoding="utf-8", errors="replace", newline="") as stream:
        first, _, text = stream.read().partition("\n")
    match = _FIRST_LINE.match(first)
    return match is not None and match[1] == _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
