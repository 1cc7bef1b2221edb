"""The text of an assessment: the picture for a terminal, colours, and entries that are alike."""

from __future__ import annotations

from pathlib import Path

import relint
from relint import render_assessment
from relint.report.layout import Layout
from tests.helpers.paths import ROOT

# fragile-web: the server is in zone 1; the load balancer in both; AWS chooses the zone of the database.
PICTURE = """\
PICTURE  + works  ~ works with less, or after a failover  x does not work  ? not known
                units by zone   when this is lost
                1  2  3         1   2   3   Region  own host
  LoadBalancer  1  1  .         x   ~   +   x       -
  WebServers    1  .  .         x   +   +   x       x
  ShopDatabase  .  .  1         ?   ?   x   x       x
  Uploads       regional        +   +   +   x       -
  1: Zone 1
  2: Zone 2
  3: A zone of ShopDatabase
"""


def text_of(folder: str, **options: object) -> str:
    return render_assessment(relint.assess(ROOT / "fixtures" / folder, config=None), **options)


def test_picture_has_zones_as_columns_and_the_state_in_each_event() -> None:
    text = text_of("fragile-web", unicode=False)

    assert PICTURE in text
    assert text.isascii()


def test_picture_has_other_glyphs_where_the_terminal_takes_them() -> None:
    assert "● works  ◐ works with less, or after a failover  ✕ does not work  ? not known" in text_of("fragile-web")


def test_path_has_the_number_of_units() -> None:
    text = text_of("available-web")

    assert "\n  LoadBalancer(2 zones) > WebServers(2)\n" in text
    assert "Process(? zones)" in text_of("serverless-orders")


def test_data_that_are_alike_share_a_table(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("Resources:\n  A: {Type: AWS::S3::Bucket}\n  B: {Type: AWS::S3::Bucket}\n")
    text = render_assessment(relint.assess(tmp_path, config=None))

    assert text.startswith("DATA A, B\n")
    assert text.count("disruption outcome") == 1


def test_colours_mark_headings_on_request_only() -> None:
    assert "\x1b[" not in text_of("fragile-web")
    assert text_of("fragile-web", layout=Layout(colour=True)).startswith("\x1b[1;4mENTRY LoadBalancer\x1b[0m\n")


def test_zones_that_differ_say_why() -> None:
    text = " ".join(text_of("available-web").split())

    assert "AZ - zone of PublicSubnetA and zone of PublicSubnetB differ: Fn::GetAZs lists each zone once [D2]" in text
