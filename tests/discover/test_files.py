"""Discovery of files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from relint.discover.candidate import Candidate, Input, Skipped, is_exclusion, is_url
from relint.discover.files import discover, file_sizes
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.discover.sharding import is_in_shard
from relint.finding import Failure


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*files: str, text: str = "a: 1") -> None:
    for file in files:
        path = Path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def discover_all(*paths: str) -> list[Input]:
    return list(discover(paths))


def files(*paths: str) -> list[str]:
    return [item.file for item in discover_all(*paths) if not isinstance(item, Skipped)]


def test_folder_search_finds_the_suffixes_of_templates(folder: Path) -> None:
    write("b.YAML", "a.yml", "c.json", "d.template", "e.cfn", "no.txt", "sub/x.yaml", "yaml", ".github/ci.yml")
    assert files(".") == [".github/ci.yml", "a.yml", "b.YAML", "c.json", "d.template", "e.cfn", "sub/x.yaml"]
    assert files(str(folder / "sub")) == [(folder / "sub" / "x.yaml").as_posix()]


def test_folders_of_dependencies_are_not_searched(folder: Path) -> None:
    write(*(f"{name}/x.yaml" for name in (".git", "node_modules", ".aws-sam", ".venv", "venv", "__pycache__", ".tox")))
    write("environment/pyvenv.cfg", "environment/lib/x.yaml", "kept/x.yaml")
    assert files(".") == ["kept/x.yaml"]
    assert files("venv") == ["venv/x.yaml"]


def test_folder_that_is_not_searched_is_listed_with_the_reason(folder: Path) -> None:
    write(
        "node_modules/x.yaml", ".venv/x.yaml", ".aws-sam/x.yaml", "env/pyvenv.cfg", "cdk.out/asset.1/x.json", "t/x.yaml"
    )
    os.symlink(folder / "t", "link", target_is_directory=True)
    assert {item.file: item.reason for item in discover_all(".") if isinstance(item, Skipped)} == {
        "node_modules/": "packages of Node.js",
        ".venv/": "a virtual environment of Python",
        ".aws-sam/": "what `sam build` writes",
        "env/": "a virtual environment of Python",
        "cdk.out/asset.1/": "an asset of the CDK",
        "link/": "a link to a folder, which is not followed",
    }


def test_assets_of_cdk_are_omitted(folder: Path) -> None:
    write("cdk.out/asset.12/x.json", "cdk.out/S.assets.json", "cdk.out/manifest.json", "cdk.out/tree.json")
    write("cdk.out/S.template.json", "cdk.out/assembly-Prod/manifest.json", "cdk.out/assembly-Prod/P.template.json")
    write("manifest.json")
    assert files(".") == ["cdk.out/S.template.json", "cdk.out/assembly-Prod/P.template.json", "manifest.json"]
    assert files("cdk.out") == ["cdk.out/S.template.json", "cdk.out/assembly-Prod/P.template.json"]


def test_file_is_found_once_and_explicit_if_any_argument_names_it(folder: Path) -> None:
    write("a.yaml", "b.txt")
    assert discover_all("b.txt", ".", "./a.yaml", "b.txt") == [
        Candidate("b.txt", b"a: 1", is_explicit=True),
        Candidate("a.yaml", b"a: 1", is_explicit=True),
    ]
    assert discover_all(".") == [Candidate("a.yaml", b"a: 1", is_explicit=False)]


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    write("real/x.yaml")
    for link in ("real/loop", "other", "looks-like.yaml"):
        os.symlink(folder / "real", link, target_is_directory=True)
    os.symlink("nowhere", "broken.yaml")
    assert [item.file for item in discover_all(".") if isinstance(item, Candidate)] == ["real/x.yaml"]
    assert not any(isinstance(item, Failure) for item in discover_all("."))


def test_missing_file_is_a_failure(folder: Path) -> None:
    assert discover_all("x.yaml") == [Failure("x.yaml", "discover", "'x.yaml' does not exist.")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_not_opened(folder: Path) -> None:
    os.mkfifo("pipe.yaml")
    assert discover_all("pipe.yaml") == [Failure("pipe.yaml", "discover", "'pipe.yaml' is not a regular file.")]
    assert discover_all(".") == [Skipped("pipe.yaml", "not a regular file")]


def test_file_beyond_the_size_limit_fails_if_it_is_named_or_may_be_a_template(folder: Path) -> None:
    write("data.json", text="[" + "1," * (MAX_TEMPLATE_BYTES // 2) + "1]")
    write("stack.yaml", text="Resources:\n" + "#" * MAX_TEMPLATE_BYTES)
    data, stack = discover_all(".")
    assert data == Skipped("data.json", "too large")
    assert isinstance(stack, Failure)
    assert f"{MAX_TEMPLATE_BYTES:,}" in stack.message
    assert isinstance(discover_all("data.json")[0], Failure)
    assert list(discover(["data.json"], skip_non_templates=True)) == [data]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that hold")
def test_unreadable_files_and_folders_are_failures(folder: Path) -> None:
    write("a.yaml", "b/x.yaml")
    os.chmod("a.yaml", 0)
    os.chmod("b", 0)
    try:
        assert [type(item) for item in discover_all(".")] == [Failure, Failure]
    finally:
        os.chmod("b", 0o700)


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="needs a file that cannot be read by anybody")
def test_failure_of_reading_is_a_sentence(folder: Path) -> None:
    os.symlink("/proc/self/mem", "a.yaml")
    failure = Failure("a.yaml", "discover", "'a.yaml' cannot be read: Input/output error.")
    assert discover_all("a.yaml") == discover_all(".") == [failure]


def test_name_that_the_system_rejects_is_a_failure(folder: Path) -> None:
    (failure,) = discover_all("a\0b")
    assert isinstance(failure, Failure)
    assert failure.message.startswith("'a\0b' cannot be read: ")


def test_folder_that_is_removed_meanwhile_is_a_failure(folder: Path) -> None:
    write("a.yaml", "sub/b.yaml", "z.yaml")
    found = discover(["."])
    first = next(found)
    (folder / "sub" / "b.yaml").unlink()
    (folder / "sub").rmdir()
    failure = Failure("sub", "discover", "Folder 'sub' cannot be read: No such file or directory.")
    assert [first.file, *(item if isinstance(item, Failure) else item.file for item in found)] == [
        "a.yaml",
        failure,
        "z.yaml",
    ]


def test_links_that_lead_nowhere_are_skipped_in_folders_only(folder: Path) -> None:
    os.symlink("nowhere", "broken.yaml")
    assert discover_all(".") == [Skipped("broken.yaml", "a link to nothing")]
    assert discover_all("broken.yaml") == [Failure("broken.yaml", "discover", "'broken.yaml' does not exist.")]


@pytest.mark.parametrize("size", [MAX_TEMPLATE_BYTES, MAX_TEMPLATE_BYTES + 1], ids=["the limit", "one byte more"])
def test_size_limit_is_inclusive(folder: Path, size: int) -> None:
    write("stack.yaml", text="Resources:\n" + "#" * (size - 11))
    (item,) = discover_all(".")
    message = f"'stack.yaml' has {size:,} bytes; relint reads up to {MAX_TEMPLATE_BYTES:,}, CloudFormation takes 1 MB."
    assert (
        isinstance(item, Candidate)
        if size == MAX_TEMPLATE_BYTES
        else item == Failure("stack.yaml", "discover", message)
    )


def test_excluded_file_names_the_configuration(folder: Path) -> None:
    write("a.yaml", "b.yaml")
    items = list(discover(["."], find_exclusion=lambda path: "relint.yaml" if path == "a.yaml" else None))
    assert items == [Skipped("a.yaml", "excluded by relint.yaml"), Candidate("b.yaml", b"a: 1", is_explicit=False)]
    assert is_exclusion("excluded by relint.yaml")
    assert not is_exclusion("not a CloudFormation template")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("s3://bucket/a.yaml", True),
        ("https://example.com", True),
        ("C://a.yaml", False),
        ("a.yaml", False),
        ("://a", False),
        ("a b://c", False),
        ("s3:/a", False),
    ],
)
def test_url_begins_with_a_protocol(name: str, expected: bool) -> None:
    assert is_url(name) is expected


def test_sizes_are_those_of_the_files_that_are_read(folder: Path) -> None:
    write("a.yaml", "sub/b.json", "c.txt")
    write("d.yaml", text="12")
    os.symlink("nowhere", "broken.yaml")
    assert sorted(file_sizes([".", "missing.yaml", "c.txt"])) == [2, 4, 4, 4]


@pytest.mark.parametrize(
    ("name", "shards"), [("a.yaml", (1, 3, 2)), ("sub/c.yaml", (1, 1, 14)), ("\u00e9.yaml", (1, 1, 4))]
)
def test_shard_of_a_file_is_the_same_in_every_version(name: str, shards: tuple[int, ...]) -> None:
    """The shard is the CRC-32 of the name, so that the machines of a pipeline agree without talking."""
    for count, shard in zip((1, 3, 16), shards, strict=True):
        assert [index for index in range(1, count + 1) if is_in_shard(name, index, count)] == [shard]
