"""Strategies of hypothesis for templates: unusual ones, likely ones, and changed examples of rules."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from tests.properties.vocabulary import vocabulary

PARAMETERS = ("Env", "Size", "Subnets", "Zone", "Stored")
CONDITIONS = ("IsProd", "IsLarge", "Always", "Nobody")
MAPPINGS = ("Regions", "Sizes")
LOGICAL_IDS = ("A", "B", "Vpc", "Queue", "Database", "__class__", "x y", "Resources")
_PSEUDO = ("AWS::Region", "AWS::NoValue", "AWS::AccountId", "AWS::StackName", "AWS::Partition")
_ATTRIBUTES = ("Arn", "Outputs.X", "AvailabilityZone", "Endpoint.Address", "")


def examples(share: float, **more: Any) -> Callable[[Any], Any]:
    """The settings of a test that takes this share of the examples that the profile asks for, at least two."""
    return settings(max_examples=max(2, int(share * settings.default.max_examples)), **more)


def _one(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda argument: {name: argument}


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 40),
    st.sampled_from([10**30, 1e400, -0.0, 0.1, 2**63, -(2**31)]),
    st.text(max_size=8),
    st.sampled_from(["true", "false", "yes", "no", "TRUE", "7", "007", "0x1F", "1e3", "1_000", ".inf", "2001-12-14"]),
    st.sampled_from(["12:30:45", "~", "=", "<<", "!", "*", "&", "\ud800", "\x1b[31m", "\u2028", "{}"]),
    st.sampled_from(
        ["", " ", "a,b", "us-east-1a", "us-east-1", "{{resolve:ssm:/a:1}}", "${A}", "arn:aws:sqs:::q", "'\""]
    ),
)
SCALARS = st.one_of(ODD, st.sampled_from(vocabulary().operands))
NAMES = st.sampled_from((*PARAMETERS, *CONDITIONS, *LOGICAL_IDS, "Missing"))
SUB_TEXTS = st.lists(
    st.sampled_from(
        ["${A}", "${A.Arn}", "${Env}", "${!Env}", "${AWS::Region}", "${", "}", "x", ",", ":", "/", "${ V }"]
    ),
    max_size=5,
).map("".join)


def values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value made of others: a list, a mapping, or any intrinsic function, right or wrong."""
    items = st.lists(inner, max_size=3)
    refs = st.sampled_from((*PARAMETERS, *LOGICAL_IDS, *_PSEUDO, "Missing")).map(_one("Ref"))
    get_att = st.one_of(
        st.tuples(NAMES, st.one_of(st.sampled_from(_ATTRIBUTES), inner)).map(list),
        st.tuples(NAMES, st.sampled_from(_ATTRIBUTES)).map(".".join),
    )
    subs = st.one_of(SUB_TEXTS, st.tuples(SUB_TEXTS, st.dictionaries(st.sampled_from(["V", "Env"]), inner)).map(list))
    find = st.tuples(
        st.one_of(st.sampled_from(MAPPINGS), inner),
        st.one_of(refs, inner),
        st.one_of(st.sampled_from(["x", "y"]), inner),
    )
    index = st.one_of(st.integers(-1, 3), st.sampled_from(["0", "1", "x"]), inner)
    listed = st.one_of(items, inner, st.just({"Fn::GetAZs": ""}))
    include = {"Name": "AWS::Include", "Parameters": {"Location": "s3://b/../../k"}}
    return st.one_of(
        items,
        st.dictionaries(st.sampled_from(["Key", "Value", "Enabled", "Status", "Name", "Type"]), inner, max_size=3),
        refs,
        get_att.map(_one("Fn::GetAtt")),
        subs.map(_one("Fn::Sub")),
        st.tuples(st.sampled_from(CONDITIONS), inner, inner).map(list).map(_one("Fn::If")),
        st.tuples(st.sampled_from([",", "", "/"]), listed).map(list).map(_one("Fn::Join")),
        st.tuples(index, listed).map(list).map(_one("Fn::Select")),
        st.tuples(st.sampled_from([",", "", "-"]), inner).map(list).map(_one("Fn::Split")),
        find.map(list).map(_one("Fn::FindInMap")),
        st.tuples(find, inner).map(lambda pair: {"Fn::FindInMap": [*pair[0], {"DefaultValue": pair[1]}]}),
        st.one_of(st.just(""), inner).map(_one("Fn::GetAZs")),
        st.tuples(inner, index, index).map(list).map(_one("Fn::Cidr")),
        st.tuples(
            st.sampled_from(["Fn::Base64", "Fn::ImportValue", "Fn::Length", "Fn::ToJsonString", "Fn::New"]), inner
        ).map(lambda pair: dict([pair])),
        st.sampled_from([include, {"Name": "Macro"}, "Macro"]).map(_one("Fn::Transform")),
        st.tuples(inner, inner).map(lambda pair: {"Fn::ForEach::L": ["I", ["p", pair[0]], {"K${I}": pair[1]}]}),
        comparisons(inner),
    )


def comparisons(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A function of the Conditions or Rules section."""
    two = st.tuples(inner, inner).map(list)
    return st.one_of(
        two.map(_one("Fn::Equals")),
        st.sampled_from(CONDITIONS).map(_one("Condition")),
        two.map(_one("Fn::And")),
        st.lists(inner, max_size=3).map(_one("Fn::Or")),
        st.lists(inner, max_size=1).map(_one("Fn::Not")),
        st.tuples(st.sampled_from(["Fn::Contains", "Fn::EachMemberIn", "Fn::EachMemberEquals"]), two).map(
            lambda pair: dict([pair])
        ),
        st.tuples(st.sampled_from(["Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"]), inner).map(
            lambda pair: dict([pair])
        ),
    )


VALUES = st.recursive(SCALARS, values, max_leaves=5).map(copy.deepcopy)  # what is drawn twice would change twice
TESTS = st.recursive(st.one_of(SCALARS, st.sampled_from(PARAMETERS).map(_one("Ref"))), comparisons, max_leaves=4)


def _put(body: Any, path: tuple[Any, ...], value: Any) -> None:
    """Puts a value where a clause reads it: "*" and filters stand for the first item of a list."""
    for step, following in zip(path, (*path[1:], None), strict=True):
        empty: Any = (
            value if following is None else [] if following in ("*", 0, 1) or isinstance(following, tuple) else {}
        )
        if isinstance(body, list):
            item = {**dict(step), **(empty if isinstance(empty, dict) else {})} if isinstance(step, tuple) else empty
            body.append(item)
            body = item
        elif isinstance(body, dict):
            body = body.setdefault(step if isinstance(step, str) else "Key", empty)
        else:
            return


@st.composite
def resources(draw: st.DrawFn) -> dict[str, Any]:
    """A resource of a type that rules judge, with values where they look."""
    paths = vocabulary().paths
    kind = draw(st.sampled_from(list(paths)))
    body: dict[str, Any] = {"Type": kind}
    for path in draw(st.lists(st.sampled_from(paths[kind]), max_size=5)):
        _put(body, path, draw(VALUES))
    if draw(st.booleans()):
        body["Condition"] = draw(st.sampled_from(CONDITIONS))
    for name in draw(
        st.lists(st.sampled_from(["DependsOn", "DeletionPolicy", "UpdatePolicy", "Metadata"]), max_size=1)
    ):
        body.setdefault(name, draw(VALUES))
    return body


PARAMETER = st.fixed_dictionaries(
    {
        "Type": st.sampled_from(
            [
                "String",
                "Number",
                "CommaDelimitedList",
                "List<Number>",
                "List<AWS::EC2::Subnet::Id>",
                "AWS::EC2::Subnet::Id",
                "AWS::SSM::Parameter::Value<String>",
                "AWS::EC2::AvailabilityZone::Name",
            ]
        )
    },
    optional={
        "Default": SCALARS,
        "AllowedValues": st.lists(SCALARS, max_size=3),
        "AllowedPattern": st.sampled_from(["^a+$", "(a+)+$", "["]),
        "MinLength": ODD,
        "MaxLength": st.integers(0, 9),
        "MinValue": ODD,
        "MaxValue": st.integers(0, 9),
        "NoEcho": st.booleans(),
        "ConstraintDescription": st.text(max_size=4),
    },
)
MAPPING = st.dictionaries(
    st.sampled_from(["us-east-1", "prod", "dev", "7"]),
    st.dictionaries(st.sampled_from(["x", "y"]), st.one_of(SCALARS, st.lists(SCALARS, max_size=2)), max_size=2),
    max_size=2,
)
RULE = st.fixed_dictionaries(
    {"Assertions": st.lists(st.fixed_dictionaries({"Assert": TESTS}), max_size=2)}, optional={"RuleCondition": TESTS}
)
SECTIONS = {
    "Parameters": st.dictionaries(st.sampled_from(PARAMETERS), PARAMETER, max_size=4),
    "Conditions": st.dictionaries(st.sampled_from(CONDITIONS), TESTS, max_size=4),
    "Mappings": st.dictionaries(st.sampled_from(MAPPINGS), MAPPING, max_size=2),
    "Rules": st.dictionaries(st.sampled_from(["One", "Two"]), RULE, max_size=1),
    "Outputs": st.dictionaries(
        st.sampled_from(["X", "Y"]),
        st.fixed_dictionaries({"Value": VALUES}, optional={"Export": st.fixed_dictionaries({"Name": SCALARS})}),
        max_size=2,
    ),
    "Transform": st.sampled_from(["AWS::Serverless-2016-10-31", "Macro", "AWS::LanguageExtensions", ["Macro"]]),
    "Metadata": VALUES,
}


@st.composite
def invented(draw: st.DrawFn) -> dict[str, Any]:
    """A template of resources that rules judge, in any mixture."""
    template: dict[str, Any] = {
        "Resources": draw(st.dictionaries(st.sampled_from(LOGICAL_IDS), resources(), min_size=1, max_size=3))
    }
    if draw(st.integers(0, 7)) == 0:
        template["Resources"]["Fn::ForEach::R"] = ["I", draw(VALUES), {"R${I}": draw(resources())}]
    return {**template, **_sections(draw)}


def _sections(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(SECTIONS)), max_size=3, unique=True))
    return {name: draw(SECTIONS[name]) for name in names}


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """The example of a rule with up to three values replaced, left out, or put behind a condition or a parameter."""
    template = copy.deepcopy(draw(st.sampled_from(vocabulary().templates)))
    for name, section in _sections(draw).items():
        template.setdefault(name, section)
    for _ in range(draw(st.integers(0, 3))):
        found = places(template["Resources"])
        if not found:
            break
        container, key = draw(st.sampled_from(found))
        how = draw(st.sampled_from(["replace", "condition", "parameter", "remove"]))
        if how == "replace":
            container[key] = draw(VALUES)
        elif how == "condition":
            container[key] = {"Fn::If": [draw(st.sampled_from(CONDITIONS)), container[key], draw(VALUES)]}
        elif how == "parameter":
            container[key] = {"Ref": draw(st.sampled_from(PARAMETERS))}
        else:
            del container[key]
    return template


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every container and key below a value."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, value in list(members) for place in ((node, key), *places(value))]


TEMPLATES = st.one_of(changed(), invented())
