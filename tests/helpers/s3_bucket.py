"""A bucket of an S3 server that runs in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import relint
from relint.discover.limits import MAX_TEMPLATE_BYTES
from tests.helpers.paths import ROOT

FRAGILE = (ROOT / "fixtures" / "fragile-web" / "template.yaml").read_bytes()
ALL = f"bytes=0-{MAX_TEMPLATE_BYTES}"
BUCKET = b"Resources: {Plain: {Type: AWS::S3::Bucket}}\n"


class Server:
    """An S3 server with the buckets `stacks` and `nothing`, and its log of requests."""

    def __init__(self, url: str, log: Path, boto3: Any) -> None:
        self.url = url
        self._log = log
        self._client = boto3.client(
            "s3",
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id="example",
            aws_secret_access_key="example",
        )
        self._lines_read = 1

    def environment(self) -> dict[str, str]:
        """Return the variables that lead clients to this server, and to no configuration of the user."""
        return {
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_ACCESS_KEY_ID": "example",
            "AWS_SECRET_ACCESS_KEY": "example",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL_S3": self.url,
        }

    def reset(self) -> None:
        """Make both buckets empty, and forget the requests."""
        urlopen(Request(f"{self.url}/moto-api/reset", method="POST")).close()
        for bucket in ("stacks", "nothing"):
            self._client.create_bucket(Bucket=bucket)
        self.requests_since_last_call()

    def put(self, objects: dict[str, bytes]) -> None:
        """Write objects of the bucket `stacks`, by key."""
        for key, body in objects.items():
            self._client.put_object(Bucket="stacks", Key=key, Body=body)

    def deny(self, denied: bool) -> None:
        """Deny every request from now on, or none."""
        data = b"0" if denied else b"inf"
        headers = {"Content-Type": "text/plain"}
        urlopen(Request(f"{self.url}/moto-api/reset-auth", data=data, headers=headers)).close()

    def requests_since_last_call(self) -> dict[str, str]:
        """Return the objects read since the last call, each with the range of bytes."""
        lines = self._log.read_text(encoding="utf-8").splitlines()
        requests = [tuple(line.split("\t")) for line in lines[self._lines_read :]]
        self._lines_read = len(lines)
        return {path: part for method, path, part in requests if method == "GET" and path.startswith("/stacks/")}


@contextmanager
def start_server(log: Path, boto3: Any) -> Iterator[Server]:
    """Start a server that writes its requests to `log`, and end it afterwards."""
    command = [sys.executable, str(ROOT / "tests" / "helpers" / "s3_server.py")]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output)
    with process:
        while not (port := log.read_text(encoding="utf-8")).endswith("\n"):
            assert process.poll() is None, "the server has ended"
            time.sleep(0.05)
        yield Server(f"http://127.0.0.1:{port.strip()}", log, boto3)


def failure_message(url: str) -> str:
    """Return the message of the one failure of a URL."""
    (failure,) = relint.check(url, config=None).failures
    assert (failure.file, failure.stage) == (url, "discover")
    return failure.message
