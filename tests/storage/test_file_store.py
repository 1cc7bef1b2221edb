"""The folder of cached results: bounded, private, and harmless if it is damaged."""

from __future__ import annotations

import marshal
import os
import shutil
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import relint
from relint.run.findings_cache import findings_directory
from relint.storage import file_store as store
from tests.helpers.cached_folder import PARENT, SMALL, TEMPLATE, cache_entries, check, run_cached


def test_oldest_entries_go_first(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}").write_bytes(b"x" * 100)
        os.utime(tmp_path / f"{number}", (number, number))
    assert store.disk_usage(str(tmp_path)) == (10, 1000)
    assert store.evict(str(tmp_path), 3 * 4096) == (7, 700)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["7", "8", "9"]


def test_size_of_the_cache_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_BYTES", 20 * 4096)
    monkeypatch.setattr(store, "MAX_ENTRY_BYTES", 5 * 4096)  # so every fifth that is written looks
    for number in range(100):
        (folder / f"stack{number}.yaml").write_text(f"{SMALL}# {number}\n", encoding="utf-8")
    check(cache="../cache")
    assert 10 < len(cache_entries(folder)) < 60


def test_too_large_entry_is_not_cached(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_ENTRY_BYTES", 100)
    assert check(cache="../cache") == check()
    assert cache_entries(folder) == []


def test_only_the_user_can_read_the_cache(folder: Path) -> None:
    check(cache="../cache")
    cache_folder = folder.parent / "cache" / "findings"
    assert cache_folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in cache_entries(folder)] == [0o600]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the platform has no owners of files")
def test_cache_that_another_user_can_write_to_is_not_used(folder: Path) -> None:
    cache_folder = folder.parent / "cache" / "findings"
    cache_folder.mkdir(parents=True)
    cache_folder.chmod(0o777)
    check(cache="../cache")
    assert cache_entries(folder) == []
    cache_folder.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(cache_folder, 12345, 12345)
        check(cache="../cache")
        assert cache_entries(folder) == []
        os.chown(cache_folder, 0, 0)
    check(cache="../cache")
    assert len(cache_entries(folder)) == 1


def test_unwritable_cache_is_ignored(folder: Path) -> None:
    (folder.parent / "file").write_text("", encoding="utf-8")
    assert check(cache=str(folder.parent / "file")) == check()
    assert run_cached(folder, "check", ".").stdout == run_cached(folder, "check", ".", "--no-cache").stdout != ""


def damaged_entries(entry: bytes) -> dict[str, bytes]:
    key = entry[:20]
    plain = marshal.loads(entry[24:])
    finding = list(plain[6][0])

    def with_checksum(content: object) -> bytes:
        data = marshal.dumps(content)
        return key + zlib.crc32(data, zlib.crc32(key)).to_bytes(4, "big") + data

    assert with_checksum(plain)[:24] == key + zlib.crc32(marshal.dumps(plain), zlib.crc32(key)).to_bytes(4, "big")
    return {
        "nothing": b"",
        "half": entry[: len(entry) // 2],
        "without its end": entry[:-1],
        "one letter": entry.replace(b"standby", b"standbv"),
        "of another": bytes([key[0] ^ 1]) + entry[1:],
        "text": b"not an entry at all, but long enough to be one",
        "another shape": with_checksum({"findings": []}),
        "too short": with_checksum(plain[:-1]),
        "an unknown rule": with_checksum((*plain[:3], "NO-101", *plain[4:])),
        "a finding of numbers": with_checksum((*plain[:6], ((1,) * 15,), plain[7])),
        "a message that is invalid": with_checksum((*plain[:6], ((*finding[:3], 7, *finding[4:]),), plain[7])),
        "half a finding": with_checksum((*plain[:6], (tuple(finding[:9]),), plain[7])),
        "a verdict that is invalid": with_checksum((*plain[:6], ((finding[0], "maybe", *finding[2:]),), plain[7])),
        "a place that is invalid": with_checksum((*plain[:6], ((*finding[:7], (1, 2), *finding[8:]),), plain[7])),
        "a suppression that is invalid": with_checksum((*plain[:4], (7,), *plain[5:])),
    }


def test_damaged_entry_is_checked_again_and_replaced(folder: Path) -> None:
    cache = str(folder.parent / "cache")
    wanted = check(cache=cache)
    (file,) = cache_entries(folder)
    good = file.read_bytes()
    for name, content in damaged_entries(good).items():
        file.write_bytes(content)
        assert check(cache=cache) == wanted, name
        assert file.read_bytes() == good, name


def test_entry_under_a_wrong_name_is_not_used(folder: Path) -> None:
    cache = str(folder.parent / "cache")
    check(cache=cache)
    (file,) = cache_entries(folder)
    (folder / "stack.yaml").write_text(PARENT, encoding="utf-8")
    wanted = check(cache=cache)
    (other,) = set(cache_entries(folder)) - {file}
    shutil.copy(file, other)
    assert check(cache=cache) == wanted


def run_and_trim(number: int) -> tuple[relint.Report, int]:
    removed = store.evict(findings_directory("../cache"), 0)[0] if number % 3 == 0 else 0
    return relint.check(".", cache="../cache"), removed


def test_concurrent_runs_give_the_same_report(folder: Path) -> None:
    for number in range(6):
        text = TEMPLATE.replace("Mirror:", f"Mirror{number}:")
        (folder / f"stack{number}.yaml").write_text(text, encoding="utf-8")
    wanted = check()
    with ProcessPoolExecutor(4) as executor:
        done = list(executor.map(run_and_trim, range(12)))
    assert all(report == wanted for report, _ in done)
    assert any(removed for _, removed in done)
    assert all(len(file.name) == 40 for file in cache_entries(folder)), "nothing half written is left"
