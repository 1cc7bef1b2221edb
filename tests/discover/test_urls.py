"""Templates in a bucket, of a server that speaks S3."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

import relint
from relint.discover.candidate import Candidate, Input
from relint.discover.files import discover
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.discover.urls import discover_urls
from relint.stacks.boundary import search_roots
from tests.helpers.command_line import run_relint, run_relint_process
from tests.helpers.paths import ROOT

for needed in ("s3fs", "moto.server"):
    pytest.importorskip(needed, reason="there is no S3 server here: pip install -e '.[dev]'")
boto3 = pytest.importorskip("boto3")

FRAGILE = (ROOT / "fixtures" / "fragile-web" / "template.yaml").read_bytes()
ALL = f"bytes=0-{MAX_TEMPLATE_BYTES}"
BUCKET = b"Resources: {Plain: {Type: AWS::S3::Bucket}}\n"


class Server:
    """A bucket named `stacks`, and what was asked of its server."""

    def __init__(self, url: str, log: Path) -> None:
        self.url = url
        self._log = log
        self._client = boto3.client("s3")
        self._told = 1

    def begin(self) -> None:
        urlopen(Request(f"{self.url}/moto-api/reset", method="POST")).close()
        for bucket in ("stacks", "nothing"):
            self._client.create_bucket(Bucket=bucket)
        self.read()

    def put(self, objects: dict[str, bytes]) -> None:
        for key, body in objects.items():
            self._client.put_object(Bucket="stacks", Key=key, Body=body)

    def deny(self, denied: bool) -> None:
        data = b"0" if denied else b"inf"
        headers = {"Content-Type": "text/plain"}
        urlopen(Request(f"{self.url}/moto-api/reset-auth", data=data, headers=headers)).close()

    def read(self) -> dict[str, str]:
        """The objects that were read since this was asked, each with the range of bytes."""
        lines = self._log.read_text(encoding="utf-8").splitlines()
        asked = [tuple(line.split("\t")) for line in lines[self._told :]]
        self._told = len(lines)
        return {path: part for method, path, part in asked if method == "GET" and path.startswith("/stacks/")}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, str(ROOT / "tests" / "helpers" / "s3_server.py")]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output)
    with process, pytest.MonkeyPatch.context() as patch:
        while not (port := log.read_text(encoding="utf-8")).endswith("\n"):
            assert process.poll() is None, "the server has ended"
            time.sleep(0.05)
        url = f"http://127.0.0.1:{port.strip()}"
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
            patch.setenv(name, os.devnull)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "example")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        patch.setenv("AWS_ENDPOINT_URL_S3", url)
        yield Server(url, log)


@pytest.fixture
def server(running: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.chdir(tmp_path)
    Path("relint.yaml").write_text("root: true\n", encoding="utf-8")
    running.begin()
    return running


def failure(url: str) -> str:
    (failure,) = relint.check(url, config=None).failures
    assert (failure.file, failure.stage) == (url, "discover")
    return failure.message


@pytest.mark.parametrize("url", ["s3://stacks/shop/", "s3://stacks/shop", "s3://stacks", "s3://stacks/shop/web.yaml"])
def test_findings_are_those_of_the_file_under_its_url(server: Server, url: str) -> None:
    server.put({"shop/web.yaml": FRAGILE})
    Path("web.yaml").write_bytes(FRAGILE)
    local = relint.check("web.yaml")
    remote = relint.check(url)
    assert remote.templates == ("s3://stacks/shop/web.yaml",)
    assert remote.findings == tuple(one._replace(file="s3://stacks/shop/web.yaml") for one in local.findings)
    assert not remote.failures


def test_folder_is_searched_as_a_local_one(server: Server) -> None:
    names = (
        *("b.YAML", "a.yml", "c.json", "d.template", "e.cfn", "no.txt", "yaml", "sub/x.yaml", "sub-1/x.yaml"),
        *("node_modules/x.yaml", ".git/x.yaml", "kept/venv/x.yaml", "environment/pyvenv.cfg", "environment/lib/x.yaml"),
        *("cdk.out/asset.12/x.json", "cdk.out/S.assets.json", "cdk.out/tree.json", "cdk.out/S.template.json"),
        *("x y%#\u00fc&+.yaml", "[a]*?.yaml", "a::b.yaml"),
    )
    files = dict.fromkeys(names, b"a: 1")
    files |= {"empty.yaml": b"", "large.yaml": b"#" * (MAX_TEMPLATE_BYTES + 1), "most.yaml": b"#" * MAX_TEMPLATE_BYTES}
    files |= {"template.yaml": BUCKET + b"#" * MAX_TEMPLATE_BYTES}
    server.put({f"deep/tree/{name}": content for name, content in files.items()})
    server.put({"deep/tree/": b"", "deep/tree/sub/": b"", "deep/tree-2/x.yaml": b"a: 1"})
    for name, content in files.items():
        path = Path("tree", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def named(found: Input) -> Input:
        file = found.file.replace("tree/", "s3://stacks/deep/tree/", 1)
        if hasattr(found, "message"):
            return found._replace(file=file, message=found.message.replace(found.file, file))
        return found._replace(file=file)

    local = sorted(map(named, discover(["tree"])), key=lambda one: one.file)
    assert len(local) == 15
    assert sorted(discover_urls(["s3://stacks/deep/tree/"]), key=lambda one: one.file) == local


def test_order_is_that_of_folders(server: Server) -> None:
    server.put(dict.fromkeys(["t/b.yaml", "t/a/x.yaml", "t/a-1.yaml", "t/a.yaml", "t/B.yaml"], b"a: 1"))
    for folder in ("t", "t/a"):
        Path(folder).mkdir()
    for name in ("t/b.yaml", "t/a/x.yaml", "t/a-1.yaml", "t/a.yaml", "t/B.yaml"):
        Path(name).write_bytes(b"a: 1")
    local = [f"s3://stacks/{one.file}" for one in discover(["t"])]
    assert [one.file for one in discover_urls(["s3://stacks/t/"])] == local


def test_object_is_read_once_and_named_if_any_url_names_it(server: Server) -> None:
    server.put({"t/a.yaml": b"a: 1", "t/b.txt": b"a: 1"})
    urls = ["s3://stacks/t/b.txt", "s3://stacks/t/", "s3://stacks/t/a.yaml"]
    b, a = discover_urls(urls)
    assert (b, a) == (Candidate(urls[0], b"a: 1", is_explicit=True), Candidate(urls[2], b"a: 1", is_explicit=True))
    assert [one.is_explicit for one in discover_urls(urls, skip_non_templates=True) if isinstance(one, Candidate)] == [
        False,
        False,
    ]


def test_only_the_beginning_of_a_large_object_is_read(server: Server) -> None:
    server.put({"t/large.yaml": b"#" * 60_000_000, "t/small.yaml": BUCKET, "t/a.txt": BUCKET})
    assert "60,000,000 bytes; relint reads up to 12,000,000" in failure("s3://stacks/t/large.yaml")
    report = relint.check("s3://stacks/t/", config=None, allow_empty=True)
    assert report.skipped == {"s3://stacks/t/large.yaml": "too large"}
    assert server.read() == {"/stacks/t/large.yaml": "bytes=0-65535", "/stacks/t/small.yaml": ALL}


def test_object_of_another_day_is_read_again(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET})
    assert relint.check("s3://stacks/t/").templates == ("s3://stacks/t/a.yaml",)
    server.put({"t/b.yaml": BUCKET, "t/a.yaml": FRAGILE})
    report = relint.check("s3://stacks/t/")
    assert report.templates == ("s3://stacks/t/a.yaml", "s3://stacks/t/b.yaml")
    assert report.sources["s3://stacks/t/a.yaml"] == FRAGILE.decode()


def test_sarif_names_absolute_addresses(server: Server) -> None:
    server.put({"t/x y%.yaml": FRAGILE})
    Path("web.yaml").write_bytes(FRAGILE)
    log = relint.to_sarif(relint.check("s3://stacks/t/", "web.yaml"))
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in log["runs"][0]["results"]]
    remote, local = {"uri": "s3://stacks/t/x%20y%25.yaml"}, {"uri": "web.yaml", "uriBaseId": "%SRCROOT%"}
    assert all(place in (remote, local) for place in places)
    assert places.count(remote) == places.count(local) > 5


@pytest.fixture
def many(server: Server) -> Server:
    stories = sorted((ROOT / "fixtures").glob("*/template.*"))
    server.put({f"t/{source.parent.name}{source.suffix}": source.read_bytes() for source in stories})
    server.put({"t/broken.yaml": b"Resources: ["})
    return server


def test_executors_give_the_same_report(many: Server) -> None:
    expected = relint.check("s3://stacks/t/")
    assert len(expected.templates) > 5
    for kind in (ProcessPoolExecutor, ThreadPoolExecutor):
        with kind(2) as executor:
            assert relint.check("s3://stacks/t/", executor=executor) == expected


def test_processes_give_the_same_bytes(many: Server) -> None:
    one, two = (
        run_relint("check", "s3://stacks/t/", "--no-cache", "--format", "json", "--jobs", jobs) for jobs in ("1", "2")
    )
    assert one.stdout
    assert one == two


def test_shards_are_whole_and_read_only_their_own(many: Server) -> None:
    whole = relint.check("s3://stacks/t/")
    shards = []
    for index in (1, 2, 3):
        many.read()
        shard = relint.check("s3://stacks/t/", shard=(index, 3))
        shards.append(shard)
        assert len(many.read()) == len({*shard.templates, *(one.file for one in shard.failures)})
    assert sorted(file for shard in shards for file in shard.templates) == list(whole.templates)


def test_configuration_is_that_of_the_working_directory(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET, "t/relint.yaml": b"ignore: [S3]\n"})
    url = "s3://stacks/t/a.yaml"
    assert [one.file for one in relint.check("s3://stacks/t/").findings] == [url]
    beside = Path("s3:", "stacks", "t")  # what the path of the URL would be, were it one
    beside.mkdir(parents=True)
    (beside / "relint.yaml").write_text("ignore: [S3]\n", encoding="utf-8")
    patterns = "exclude: ['*.yaml', 't/']\nper-path: {'**': {ignore: [S3]}}\n"
    accepted = "suppressions: [{rule: S3-601, path: '**', reason: of files}]\n"
    for of_files in (patterns, accepted):
        Path("relint.yaml").write_text("root: true\n" + of_files, encoding="utf-8")
        assert [(one.file, one.affects_exit_code) for one in relint.check("s3://stacks/t/").findings] == [(url, True)]
    Path("relint.yaml").write_text("root: true\nignore: [S3]\n", encoding="utf-8")
    assert not relint.check("s3://stacks/t/").findings


@pytest.mark.parametrize(
    ("url", "said"),
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
def test_what_cannot_be_read_is_told_in_one_sentence(server: Server, url: str, said: str) -> None:
    message = failure(url)
    assert message.startswith(said)
    assert message.endswith(".")
    server.put({"t/a.yaml": BUCKET})
    report = relint.check(url, "s3://stacks/t/", config=None)
    assert (len(report.failures), report.templates) == (1, ("s3://stacks/t/a.yaml",))


def test_denied_access_is_told(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET})
    server.deny(True)
    try:
        for url in ("s3://stacks/t/", "s3://stacks/t/a.yaml"):
            assert failure(url) == f"'{url}' cannot be read: access is denied."
    finally:
        server.deny(False)


@pytest.mark.parametrize(
    ("code", "environment", "said"),
    [
        pytest.param(
            "import os; del os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY']",
            {},
            "no credentials are found.",
            id="no credentials",
        ),
        pytest.param("import os; del os.environ['AWS_SECRET_ACCESS_KEY']", {}, "incomplete.", id="half of them"),
        pytest.param("import sys; sys.modules['fsspec'] = None", {}, "pip install 'relint[remote]'.", id="no fsspec"),
        pytest.param("import sys; sys.modules['s3fs'] = None", {}, "pip install 'relint[remote]'.", id="no s3fs"),
        pytest.param("", {"AWS_ENDPOINT_URL_S3": "http://a.invalid"}, "the server cannot be reached.", id="no name"),
        pytest.param("", {"AWS_ENDPOINT_URL_S3": "closed"}, "the server cannot be reached.", id="no server"),
    ],
)
def test_what_the_machine_lacks_is_told(server: Server, code: str, environment: dict[str, str], said: str) -> None:
    with socket.socket() as closed:  # bound, but it does not listen
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        environment = {name: address if value == "closed" else value for name, value in environment.items()}
        done = run_relint_process("check", "s3://stacks/t/", "--format", "concise", code=code, **environment)
    assert done.exit_code == 2
    assert done.stdout.startswith("s3://stacks/t/:1:1: error RELINT 's3://stacks/t/' cannot be read")
    assert done.stdout.splitlines()[0].endswith(said)


def test_listing_has_a_bound(server: Server) -> None:
    server.put(dict.fromkeys([f"t/{number}.txt" for number in range(5)], b""))
    server.put({"t/a.yaml": b"a: 1"})
    (refused,) = discover_urls(["s3://stacks/t/"], max_objects=5)
    assert "holds more than 5 objects" in str(refused)
    (found,) = discover_urls(["s3://stacks/t/"], max_objects=6)
    assert isinstance(found, Candidate)


WATCH = """
import sys
def watch(event, arguments):
    far = event == "import" and arguments[0] in ("fsspec", "s3fs", "botocore", "relint.discover.urls")
    if far or event.startswith("socket."):
        print("OPENED", event, arguments, file=sys.stderr)
sys.addaudithook(watch)
"""
NAMED_BY_TEMPLATE = """
Transform: {Name: AWS::Include, Parameters: {Location: 's3://stacks/t/a.yaml'}}
Resources:
  One: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 's3://stacks/t/a.yaml'}}
  Two: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 's3:/stacks/t/a.yaml'}}
  Three:
    Type: AWS::CloudFormation::Stack
    Metadata: {'aws:asset:path': 's3://stacks/t/a.yaml'}
    Properties: {TemplateURL: 'https://stacks.s3.amazonaws.com/t/a.yaml'}
  Four: {Type: AWS::Serverless::Application, Properties: {Location: 's3://stacks/t/a.yaml'}}
  Five: {Type: AWS::Lambda::Function, Properties: {Code: 's3://stacks/t/a.zip'}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://stacks/t/a.yaml'}}
"""


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check", ".", "--no-cache"], id="templates"),
        pytest.param(["check", ".", "--jobs", "1", "--parameters", "s3://stacks/t/p.json"], id="a file of parameters"),
        pytest.param(["check", ".", "--rules", "s3://stacks/rules/"], id="a folder of rules"),
        pytest.param(["check", ".", "--config", "s3://stacks/relint.yaml"], id="a configuration"),
        pytest.param(["check", ".", "--baseline", "s3://stacks/baseline.json"], id="a baseline"),
        pytest.param(["check", ".", "--no-cache", "--jobs", "2"], id="templates, in other processes"),
        pytest.param(["merge", "s3://stacks/t/a.sarif"], id="a log"),
        pytest.param(["suppressions", "."], id="suppressions"),
        pytest.param(["config", "s3://stacks/t/"], id="what is configured"),
        pytest.param(["check", "a.yaml", "--env", "far"], id="a configuration that names URLs"),
    ],
)
def test_nothing_is_opened_that_is_not_named(server: Server, arguments: list[str]) -> None:
    server.put({"t/a.yaml": BUCKET})
    Path("a.yaml").write_text(NAMED_BY_TEMPLATE, encoding="utf-8")
    far = "rules: ['s3://stacks/rules/'], parameters: ['s3://stacks/t/p.json']"
    Path("relint.yaml").write_text(f"root: true\nenvironments: {{far: {{{far}}}}}\n", encoding="utf-8")
    done = run_relint_process(*arguments, code=WATCH)
    assert "OPENED" not in done.stderr


def test_watch_sees_the_named_url_opened(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET})

    done = run_relint_process("check", "s3://stacks/t/", code=WATCH)

    assert "OPENED import" in done.stderr
    assert "OPENED socket.connect" in done.stderr


def test_remote_template_leads_to_no_file(server: Server) -> None:
    """A parent in a bucket names neither files of this machine nor objects, and a local one no objects."""
    Path("child.yaml").write_bytes(b"Resources: [")
    Path("s3:", "stacks", "t").mkdir(parents=True)
    Path("s3:", "stacks", "t", "child.yaml").write_bytes(b"Resources: [")
    Path("web.yaml").write_text(NAMED_BY_TEMPLATE.replace("s3:/stacks/t/a", "s3:/stacks/t/parent"), encoding="utf-8")
    names = ["child.yaml", "../../../child.yaml", str(Path("child.yaml").resolve()), "s3://stacks/u/child.yaml"]
    nested = "".join(
        f"  S{number}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: '{name}'}}}}\n"
        for number, name in enumerate(names)
    )
    server.put({"t/parent.yaml": b"Resources:\n" + nested.encode(), "t/child.yaml": BUCKET, "u/child.yaml": BUCKET})
    server.read()
    report = relint.check("s3://stacks/t/", "web.yaml")
    assert report.templates == ("s3://stacks/t/child.yaml", "s3://stacks/t/parent.yaml", "web.yaml")
    (failure,) = report.failures
    assert (failure.file, failure.message.count("'s3:/stacks/t/parent.yaml'")) == ("web.yaml", 2)
    assert server.read() == {"/stacks/t/child.yaml": ALL, "/stacks/t/parent.yaml": ALL}
    assert search_roots(["s3://stacks/t/", "s3://stacks/t/a.yaml"]) == []


def test_exports_reach_from_object_to_object(server: Server) -> None:
    exporting = b"Resources: {B: {Type: AWS::S3::Bucket}}\nOutputs: {O: {Value: 'true', Export: {Name: standby}}}\n"
    importing = b"""Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !ImportValue standby}}
"""
    server.put({"t/a.yaml": exporting, "t/b.yaml": importing})
    found = relint.check("s3://stacks/t/", select=["RDS-701"]).findings
    alone = relint.check("s3://stacks/t/b.yaml", select=["RDS-701"]).findings
    assert ([one.verdict for one in found], [one.verdict for one in alone]) == ([], ["open"])


def test_baseline_knows_urls(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET, "u/a.yaml": BUCKET})
    Path("sub").mkdir()
    run_relint("check", "s3://stacks/t/", "s3://stacks/u/", "--write-baseline", "sub/known.json")
    written = json.loads(Path("sub/known.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in written["findings"]} == {"s3://stacks/t/a.yaml", "s3://stacks/u/a.yaml"}
    again = run_relint("check", "s3://stacks/t/", "--baseline", "sub/known.json", "--prune-baseline")
    assert again.exit_code == 0
    assert json.loads(Path("sub/known.json").read_text(encoding="utf-8")) == written


@pytest.mark.parametrize("option", [["--diff", "HEAD"], ["--with", "cfn-lint"]])
def test_what_needs_files_says_so(server: Server, option: list[str]) -> None:
    server.put({"t/a.yaml": BUCKET})
    done = run_relint("check", "s3://stacks/t/", *option)
    assert done.exit_code == 2
    assert f"{' '.join(option)}".split()[0] in done.stderr
    assert "'s3://stacks/t/' is" in done.stderr


def test_suppressions_of_objects_are_listed(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET.replace(b"\n", b" # relint: ignore[S3-601] Made anew.\n")})
    done = run_relint("suppressions", "s3://stacks/t/")
    assert done.stdout.startswith("s3://stacks/t/a.yaml:1: S3-601")
    assert "age unknown" in done.stdout
