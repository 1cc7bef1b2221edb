"""URLs that cannot be read are reported in one sentence."""

from __future__ import annotations

import socket

import pytest

import relint
from relint.discover.candidate import Candidate
from relint.discover.urls import discover_urls
from tests.helpers.command_line import run_relint, run_relint_process
from tests.helpers.s3_bucket import BUCKET, Server, failure_message


@pytest.mark.parametrize(
    ("url", "message_start"),
    [
        pytest.param("s3://stacks/none/", "There is no object at 's3://stacks/none/'.", id="an empty folder"),
        pytest.param("s3://stacks/no.yaml", "'s3://stacks/no.yaml' does not exist.", id="no object"),
        pytest.param("s3://nothing/", "There is no object at 's3://nothing/'.", id="an empty bucket"),
        pytest.param("s3://never-made/", "'s3://never-made/' does not exist.", id="no bucket of this name"),
        pytest.param("s3://", "'s3://' names no bucket; write s3://bucket/folder/ or s3", id="no bucket"),
        pytest.param("s3:///a.yaml", "'s3:///a.yaml' names no bucket; write s3", id="an empty name"),
        pytest.param("http://x/y.yaml", "'http://x/y.yaml' cannot be read: of URLs, relint reads s3://; ", id="http"),
        pytest.param("file:///etc", "'file:///etc' cannot be read: of URLs, relint reads s3://; files are", id="file"),
        pytest.param("S3://stacks/", "'S3://stacks/' cannot be read: of URLs, relint reads s3://; ", id="upper case"),
    ],
)
def test_unreadable_url_is_reported_in_one_sentence(server: Server, url: str, message_start: str) -> None:
    message = failure_message(url)
    assert message.startswith(message_start)
    assert message.endswith(".")
    server.put({"t/a.yaml": BUCKET})
    report = relint.check(url, "s3://stacks/t/", config=None)
    assert (len(report.failures), report.templates) == (1, ("s3://stacks/t/a.yaml",))


def test_denied_access_is_reported(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET})
    server.deny(True)
    try:
        for url in ("s3://stacks/t/", "s3://stacks/t/a.yaml"):
            assert failure_message(url) == f"'{url}' cannot be read: access is denied."
    finally:
        server.deny(False)


@pytest.mark.parametrize(
    ("code", "environment", "message_end"),
    [
        pytest.param(
            "import os; del os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY']",
            {},
            "no credentials are found.",
            id="no credentials",
        ),
        pytest.param("import os; del os.environ['AWS_SECRET_ACCESS_KEY']", {}, "incomplete.", id="half of them"),
        pytest.param(
            "import sys; sys.modules['fsspec'] = None", {}, "pip install 'cfn-relint[remote]'.", id="no fsspec"
        ),
        pytest.param("import sys; sys.modules['s3fs'] = None", {}, "pip install 'cfn-relint[remote]'.", id="no s3fs"),
        pytest.param("", {"AWS_ENDPOINT_URL_S3": "http://a.invalid"}, "the server cannot be reached.", id="no name"),
        pytest.param("", {"AWS_ENDPOINT_URL_S3": "closed"}, "the server cannot be reached.", id="no server"),
    ],
)
def test_unreachable_storage_is_reported(
    server: Server, code: str, environment: dict[str, str], message_end: str
) -> None:
    with socket.socket() as closed:  # bound, but it does not listen
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        environment = {name: address if value == "closed" else value for name, value in environment.items()}
        done = run_relint_process("check", "s3://stacks/t/", "--format", "concise", code=code, **environment)
    assert done.exit_code == 2
    assert done.stdout.startswith("s3://stacks/t/:1:1: error RELINT 's3://stacks/t/' cannot be read")
    assert done.stdout.splitlines()[0].endswith(message_end)


def test_number_of_listed_objects_is_bounded(server: Server) -> None:
    server.put(dict.fromkeys([f"t/{number}.txt" for number in range(5)], b""))
    server.put({"t/a.yaml": b"a: 1"})
    (refused,) = discover_urls(["s3://stacks/t/"], max_objects=5)
    assert "holds more than 5 objects" in str(refused)
    (found,) = discover_urls(["s3://stacks/t/"], max_objects=6)
    assert isinstance(found, Candidate)


@pytest.mark.parametrize("option", [["--diff", "HEAD"], ["--with", "cfn-lint"]])
def test_option_that_needs_local_files_is_rejected(server: Server, option: list[str]) -> None:
    server.put({"t/a.yaml": BUCKET})
    done = run_relint("check", "s3://stacks/t/", *option)
    assert done.exit_code == 2
    assert f"{' '.join(option)}".split()[0] in done.stderr
    assert "'s3://stacks/t/' is" in done.stderr
