"""Any text is checked or rejected, without a crash and within seconds."""

from __future__ import annotations

import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import relint
from relint.errors import RelintError
from relint.finding import Report
from tests.properties.strategies import PARAMETERS, SCALARS, TEMPLATES, examples
from tests.properties.template_text import as_json, as_yaml
from tests.properties.vocabulary import vocabulary

SECONDS = 5
"""A template of this size takes some milliseconds; what may take seconds would take minutes for a larger one."""
TEXTS = st.one_of(TEMPLATES.map(as_json), TEMPLATES.map(as_yaml))


def checked(text: str | bytes, file: str, **options: Any) -> Report:
    """The report, made in time and without a rule that crashes."""
    began = time.process_time()
    report = relint.check_text(text, file, ruleset="all", allow_empty=True, **options)
    assert time.process_time() - began < SECONDS
    assert not [failure.message for failure in report.failures if failure.stage == "check"]
    return report


@examples(0.9)
@given(TEMPLATES.map(as_yaml))
def test_no_template_crashes_a_rule(text: str) -> None:
    checked(text, "a.yaml")


@examples(0.5)
@given(TEMPLATES.map(as_json), st.dictionaries(st.sampled_from(PARAMETERS), SCALARS.map(str), max_size=3))
def test_no_parameters_crash_a_rule(text: str, parameters: dict[str, str]) -> None:
    try:
        checked(text, "a.json", parameters=parameters)
    except RelintError as error:
        assert error.message


@examples(0.5)
@given(st.binary(max_size=300))
def test_bytes_are_a_template_or_a_failure(content: bytes) -> None:
    for file in ("a.yaml", "a.json"):
        report = checked(content, file)
        assert report.templates or report.failures or report.skipped


@examples(0.8)
@given(st.data())
def test_damaged_templates_are_templates_or_failures(data: st.DataObject) -> None:
    """Bytes are left out, repeated, or replaced, in one of the usual encodings."""
    template = data.draw(st.sampled_from(vocabulary().templates))
    write = data.draw(st.sampled_from([as_json, as_yaml]))
    content = bytearray(write(template).encode(data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 20)))
        piece = st.one_of(
            st.binary(max_size=4), st.sampled_from([b"\0", b"\xff", b"\t", b"*a", b"&a ", b"{", b"[", b"!"])
        )
        content[start:end] = data.draw(piece) * data.draw(st.sampled_from([0, 1, 2, 300]))
    report = checked(bytes(content), "a.json" if write is as_json else "a.yaml")
    assert report.templates or report.failures or report.skipped
