"""Templates in S3 buckets are checked like local files."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import relint
from relint.discover.candidate import Candidate, Input
from relint.discover.files import discover
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.discover.urls import discover_urls
from tests.helpers.command_line import run_relint
from tests.helpers.paths import ROOT
from tests.helpers.s3_bucket import ALL, BUCKET, FRAGILE, Server, failure_message


@pytest.mark.parametrize("url", ["s3://stacks/shop/", "s3://stacks/shop", "s3://stacks", "s3://stacks/shop/web.yaml"])
def test_object_has_the_findings_of_the_local_file(server: Server, url: str) -> None:
    server.put({"shop/web.yaml": FRAGILE})
    Path("web.yaml").write_bytes(FRAGILE)
    local = relint.check("web.yaml")
    remote = relint.check(url)
    assert remote.templates == ("s3://stacks/shop/web.yaml",)
    assert remote.findings == tuple(item._replace(file="s3://stacks/shop/web.yaml") for item in local.findings)
    assert not remote.failures


def test_prefix_is_searched_like_a_local_folder(server: Server) -> None:
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

    def as_remote(item: Input) -> Input:
        file = item.file.replace("tree/", "s3://stacks/deep/tree/", 1)
        if hasattr(item, "message"):
            return item._replace(file=file, message=item.message.replace(item.file, file))
        return item._replace(file=file)

    files = (item for item in discover(["tree"]) if not item.file.endswith("/"))  # folders that are not searched
    local = sorted(map(as_remote, files), key=lambda item: item.file)
    assert len(local) == 15
    assert sorted(discover_urls(["s3://stacks/deep/tree/"]), key=lambda item: item.file) == local


def test_objects_are_in_the_order_of_local_files(server: Server) -> None:
    server.put(dict.fromkeys(["t/b.yaml", "t/a/x.yaml", "t/a-1.yaml", "t/a.yaml", "t/B.yaml"], b"a: 1"))
    for folder in ("t", "t/a"):
        Path(folder).mkdir()
    for name in ("t/b.yaml", "t/a/x.yaml", "t/a-1.yaml", "t/a.yaml", "t/B.yaml"):
        Path(name).write_bytes(b"a: 1")
    local = [f"s3://stacks/{item.file}" for item in discover(["t"])]
    assert [item.file for item in discover_urls(["s3://stacks/t/"])] == local


def test_object_is_read_once_and_explicit_if_any_url_names_it(server: Server) -> None:
    server.put({"t/a.yaml": b"a: 1", "t/b.txt": b"a: 1"})
    urls = ["s3://stacks/t/b.txt", "s3://stacks/t/", "s3://stacks/t/a.yaml"]
    b, a = discover_urls(urls)
    assert (b, a) == (Candidate(urls[0], b"a: 1", is_explicit=True), Candidate(urls[2], b"a: 1", is_explicit=True))
    assert [
        item.is_explicit for item in discover_urls(urls, skip_non_templates=True) if isinstance(item, Candidate)
    ] == [
        False,
        False,
    ]


def test_only_the_beginning_of_a_large_object_is_read(server: Server) -> None:
    server.put({"t/large.yaml": b"#" * 60_000_000, "t/small.yaml": BUCKET, "t/a.txt": BUCKET})
    assert "60,000,000 bytes; relint reads up to 12,000,000" in failure_message("s3://stacks/t/large.yaml")
    report = relint.check("s3://stacks/t/", config=None, allow_empty=True)
    assert report.skipped == {"s3://stacks/t/large.yaml": "too large"}
    assert server.requests_since_last_call() == {"/stacks/t/large.yaml": "bytes=0-65535", "/stacks/t/small.yaml": ALL}


def test_changed_object_is_read_again(server: Server) -> None:
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
    places = [item["locations"][0]["physicalLocation"]["artifactLocation"] for item in log["runs"][0]["results"]]
    remote, local = {"uri": "s3://stacks/t/x%20y%25.yaml"}, {"uri": "web.yaml", "uriBaseId": "%SRCROOT%"}
    assert all(place in (remote, local) for place in places)
    assert places.count(remote) == places.count(local) > 5


@pytest.fixture
def stories(server: Server) -> Server:
    templates = sorted((ROOT / "fixtures").glob("*/template.*"))
    server.put({f"t/{source.parent.name}{source.suffix}": source.read_bytes() for source in templates})
    server.put({"t/broken.yaml": b"Resources: ["})
    return server


def test_executors_give_the_same_report(stories: Server) -> None:
    expected = relint.check("s3://stacks/t/")
    assert len(expected.templates) > 5
    for kind in (ProcessPoolExecutor, ThreadPoolExecutor):
        with kind(2) as executor:
            assert relint.check("s3://stacks/t/", executor=executor) == expected


def test_processes_give_the_same_bytes(stories: Server) -> None:
    first, second = (
        run_relint("check", "s3://stacks/t/", "--no-cache", "--format", "json", "--jobs", jobs) for jobs in ("1", "2")
    )
    assert first.stdout
    assert first == second


def test_shard_reads_only_its_own_objects(stories: Server) -> None:
    whole = relint.check("s3://stacks/t/")
    shards = []
    for index in (1, 2, 3):
        stories.requests_since_last_call()
        shard = relint.check("s3://stacks/t/", shard=(index, 3))
        shards.append(shard)
        assert len(stories.requests_since_last_call()) == len(
            {*shard.templates, *(item.file for item in shard.failures)}
        )
    assert sorted(file for shard in shards for file in shard.templates) == list(whole.templates)


def test_configuration_of_the_working_directory_applies(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET, "t/relint.yaml": b"ignore: [S3]\n"})
    url = "s3://stacks/t/a.yaml"
    assert [item.file for item in relint.check("s3://stacks/t/").findings] == [url]
    beside = Path("s3:", "stacks", "t")  # what the path of the URL would be, were it one
    beside.mkdir(parents=True)
    (beside / "relint.yaml").write_text("ignore: [S3]\n", encoding="utf-8")
    patterns = "exclude: ['*.yaml', 't/']\nper-path: {'**': {ignore: [S3]}}\n"
    accepted = "suppressions: [{rule: S3-601, path: '**', reason: of files}]\n"
    for of_files in (patterns, accepted):
        Path("relint.yaml").write_text("root: true\n" + of_files, encoding="utf-8")
        assert [(item.file, item.affects_exit_code) for item in relint.check("s3://stacks/t/").findings] == [
            (url, True)
        ]
    Path("relint.yaml").write_text("root: true\nignore: [S3]\n", encoding="utf-8")
    assert not relint.check("s3://stacks/t/").findings


def test_exports_resolve_between_objects(server: Server) -> None:
    exporting = b"Resources: {B: {Type: AWS::S3::Bucket}}\nOutputs: {O: {Value: 'true', Export: {Name: standby}}}\n"
    importing = b"""Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !ImportValue standby}}
"""
    server.put({"t/a.yaml": exporting, "t/b.yaml": importing})
    found = relint.check("s3://stacks/t/", select=["RDS-701"]).results
    alone = relint.check("s3://stacks/t/b.yaml", select=["RDS-701"]).results
    assert ([item.verdict for item in found], [item.verdict for item in alone]) == ([], ["open"])


def test_baseline_contains_urls(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET, "u/a.yaml": BUCKET})
    Path("sub").mkdir()
    run_relint("check", "s3://stacks/t/", "s3://stacks/u/", "--write-baseline", "sub/known.json")
    written = json.loads(Path("sub/known.json").read_text(encoding="utf-8"))
    assert {item["file"] for item in written["findings"]} == {"s3://stacks/t/a.yaml", "s3://stacks/u/a.yaml"}
    again = run_relint("check", "s3://stacks/t/", "--baseline", "sub/known.json", "--prune-baseline")
    assert again.exit_code == 0
    assert json.loads(Path("sub/known.json").read_text(encoding="utf-8")) == written


def test_suppressions_of_objects_are_listed(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET.replace(b"\n", b" # relint: ignore[S3-601] Made anew.\n")})
    done = run_relint("suppressions", "s3://stacks/t/")
    assert done.stdout.startswith("s3://stacks/t/a.yaml:1: S3-601")
    assert "age unknown" in done.stdout
