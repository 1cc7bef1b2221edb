from __future__ import annotations

import pytest

from relint.report.sarif.github_fingerprints import hash_lines
from relint.report.sarif.log import to_sarif
from tests.helpers.report_builder import make_finding, make_report

GREETINGS = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]

VECTORS = [  # the values that github/codeql-action states in src/fingerprints.test.ts
    pytest.param("", ["c129715d7a2bc9a3:1"], id="an empty file has one line"),
    pytest.param(
        " a\nb\n  \t\tc\n d",
        ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        id="blanks and tabs do not count",
    ),
    pytest.param(
        " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
        [
            "8b7cf3e952e7aeb2:1",
            "b1ae1287ec4718d9:1",
            "bff680108adb0fcc:1",
            "c6805c5e1288b612:1",
            "b86d3392aea1be30:1",
            "e6ceba753e1a442:1",
        ],
        id="the last line may lack its line break",
    ),
    pytest.param(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS, id="lines may end with LF"),
    pytest.param(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS, id="lines may end with CR"),
    pytest.param(
        " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS, id="lines may end with CRLF"
    ),
    pytest.param(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS, id="line ends may be mixed"),
    pytest.param(
        "Lorem ipsum dolor sit amet.\n" * 10,
        [
            *(f"a7f2ff13bc495cf2:{n}" for n in range(1, 7)),
            "a7f2ff1481e87703:1",
            "a9cf91f7bbf1862b:1",
            "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1",
            "c129715d7a2bc9a3:1",
        ],
        id="equal hashes are counted",
    ),
]


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_hashes_are_those_of_github(text: str, expected: list[str]) -> None:
    assert hash_lines(text, range(1, 100)) == dict(enumerate(expected, start=1))


def rolling_hashes(text: str) -> list[str]:
    """The algorithm as described: h = 37h + c - 37^100 c_out, unit by unit, out 100 units after a line starts."""
    units = text.encode("utf-16-le", "surrogatepass")
    codes = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
    window, starts, counts, hashes = [0] * 100, [False] * 100, {}, []
    value, index, starting, after_cr = 0, 0, True, False

    def out() -> None:
        counts[value] = counts.get(value, 0) + 1
        hashes.append(f"{value:x}:{counts[value]}")
        starts[index] = False

    def roll(code: int) -> None:
        nonlocal value, index
        value = (37 * value + code - pow(37, 100) * window[index]) % 2**64
        window[index] = code
        index = (index + 1) % 100

    for code in [*codes, 0xFFFF]:
        if code in (32, 9) or (after_cr and code == 10):
            after_cr = False
            continue
        after_cr = code == 13
        if starts[index]:
            out()
        if starting:
            starts[index] = True
        starting = code in (10, 13)
        roll(10 if code == 13 else code)
    for _ in range(100):
        if starts[index]:
            out()
        roll(0)
    return hashes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Name: \N{PACKAGE}\n" * 3 + "A: " + "x" * 300 + "\nB: \N{SNOWMAN}",
            id="characters beyond the BMP are two units",
        ),
        pytest.param("a\r \nb\r\n \r\n", id="a blank between CR and LF makes them two line breaks"),
        pytest.param('{"a":' + "1" * 99 + "}", id="one line longer than the window"),
        pytest.param("x" * 100 + "\n" + "y" * 99 + "\n" + "z" * 98, id="lines as long as the window"),
    ],
)
def test_hashes_of_windows_equal_the_rolling_hash(text: str) -> None:
    assert list(hash_lines(text, range(1, 100)).values()) == rolling_hashes(text)


def test_only_wanted_lines_are_hashed_but_all_are_counted() -> None:
    text = "Lorem ipsum dolor sit amet.\n" * 10
    assert hash_lines(text, {3}) == {3: "a7f2ff13bc495cf2:3"}


def test_finding_on_a_line_without_text_has_a_fingerprint_of_its_own() -> None:
    finding = make_finding()
    log = to_sarif(make_report([finding], sources={}), profile="github")
    (result,) = log["runs"][0]["results"]
    assert result["partialFingerprints"]["primaryLocationLineHash"] == f"{finding.fingerprint[:16]}:1"
