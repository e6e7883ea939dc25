"""Styles in an SVG picture: style sheets, ``style`` attributes and attributes that name a property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from liulin_gazette.source.pictures.svg_vocabulary import (
    COLOURS,
    FOREIGN,
    FUNCTIONS,
    OPACITIES,
    PROPERTIES,
    RASTERISED,
    REFUSED_PROPERTIES,
    STYLE,
    UNPRINTABLE,
    SvgError,
    unknown,
)

MAX_STYLE_CHARACTERS = 500_000
"""Of all style sheets in a picture together; drawing programs write a few thousand."""
MAX_RULES = 2000
MAX_VALUE_CHARACTERS = 500
"""Of the value of a property that has functions in it."""
Declarations = tuple[tuple[str, str], ...]
"""Properties in lower case with their values, in their order."""
_CHARSET = re.compile(r"\A\s*@charset\s+(?:\"[\w\-]*\"|'[\w\-]*')\s*;", re.IGNORECASE)
"""It names the encoding of a style sheet in a file of its own; inside a picture it says nothing."""
_SELECTORS = re.compile(
    r"(?:[\w\-.#*,>+~\s]"
    r"|:(?:(?:first|last|only)-(?:child|of-type)|root|empty|link|hover|active|focus)(?![\w\-(])"
    r"|:nth-(?:last-)?(?:child|of-type)\([\w+\-\s]{1,20}\))+"
)
_LAST_COMPOUND = re.compile(r"(?P<type>[\w\-]+|\*)?(?P<others>(?:[.#][\w\-]+)*)")
_DECLARATION = re.compile(r"(?P<text>(?:[^;\"'()]|\"[^\"]*\"|'[^']*'|\((?:[^()]|\([^()]*\))*\))*)(?:;|$)")
_NAME = re.compile(r"[\w\-]+")
_FUNCTION = re.compile(r"([\w\-]*)\(")
_URL = re.compile(r"url\(\s*([\"']?)#[^\s\"'()\\]+\1\s*\)", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\s\"'()\\]+)", re.IGNORECASE)
_ALPHA = re.compile(r"#(?:[\da-f]{8}|[\da-f]{4})\b", re.IGNORECASE)
_COLOUR_FUNCTION = re.compile(r"(?:rgb|hsl)\((?P<arguments>[^()]*)(?P<end>[()]?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Target:
    """What the last part of a selector asks of an element."""

    tag: str = ""
    """Empty for any."""
    identities: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StyleRule:
    """Declarations of a style sheet for the elements that one of the selectors picks."""

    selectors: tuple[str, ...]
    declarations: Declarations
    targets: tuple[_Target, ...]
    """Of each selector."""

    def may_match(self, tag: str, identity: str, classes: frozenset[str]) -> bool:
        """Tell whether the rule can apply to such an element, whatever it stands in."""
        return any(
            target.tag in ("", tag) and target.identities <= {identity} and target.classes <= classes
            for target in self.targets
        )


def style_rules(sheet: str) -> tuple[StyleRule, ...]:
    """Return the rules of a style sheet. Raises SvgError for whatever is not known to be harmless."""
    if "@import" in sheet.lower():
        raise SvgError(FOREIGN)
    *blocks, rest = _CHARSET.sub("", _without_comments(sheet), count=1).split("}")
    if rest.strip() or len(blocks) > MAX_RULES:
        raise SvgError(STYLE)
    return tuple(map(_rule, blocks))


def _rule(block: str) -> StyleRule:
    selectors, _, body = block.partition("{")
    if not _SELECTORS.fullmatch(selectors) or "{" in body:
        raise SvgError(STYLE)
    several = tuple(" ".join(each.split()) for each in selectors.split(","))
    return StyleRule(several, declarations(body), tuple(map(_target, several)))


def declarations(text: str) -> Declarations:
    """Return what a ``style`` attribute, or the block of a rule, declares. Raises SvgError."""
    return tuple(_declared(_without_comments(text)))


def _without_comments(text: str) -> str:
    first, *others = text.split("/*")
    return first + "".join(f" {other.partition('*/')[2]}" for other in others)


def _declared(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        found = _DECLARATION.match(text, position)
        if found is None:
            raise SvgError(STYLE)
        position = found.end()
        name, colon, value = (part.strip() for part in found["text"].partition(":"))
        if not colon or not _NAME.fullmatch(name) or name.startswith("-"):
            continue  # What is no declaration, or is for one program alone, applies nowhere else.
        name = name.lower()
        if name in REFUSED_PROPERTIES:
            raise SvgError(unknown("样式", name))
        if name in PROPERTIES:
            check_value(name, value)
            yield name, value


def check_value(name: str, value: str) -> None:
    """Check the value of the property ``name``. Raises SvgError if it leads out of the file or cannot be printed."""
    if "\\" in value or "<" in value or ("(" in value and len(value) > MAX_VALUE_CHARACTERS):
        raise SvgError(STYLE)
    plain = value.lower().removesuffix("!important").strip()
    if plain not in RASTERISED.get(name, frozenset({plain})):
        raise SvgError(UNPRINTABLE)
    if "(" in value:
        _check_functions(value)
    if name in OPACITIES and ("(" in plain or _is_partial(plain)):
        raise SvgError(UNPRINTABLE)
    if name in COLOURS and _is_translucent(_URL.sub("", value)):
        raise SvgError(UNPRINTABLE)


def references(value: str) -> frozenset[str]:
    """Return the identifiers that the value of a property refers to."""
    return frozenset(_REFERENCE.findall(value))


def written(declared: Declarations) -> str:
    """Return declarations as text."""
    return ";".join(f"{name}:{value}" for name, value in declared)


def written_sheet(rules: tuple[StyleRule, ...]) -> str:
    """Return rules as a style sheet."""
    return "".join(f"{','.join(rule.selectors)}{{{written(rule.declarations)}}}" for rule in rules)


def _check_functions(value: str) -> None:
    for function in _FUNCTION.findall(value.lower()):
        if function in ("rgba", "hsla"):
            raise SvgError(UNPRINTABLE)
        if function not in FUNCTIONS:
            raise SvgError(unknown("样式", f"{function}()"))
    if "url(" in _URL.sub("", value).lower():
        raise SvgError(FOREIGN)


def _is_partial(value: str) -> bool:
    """Tell whether an opacity lets through a part of the light."""
    try:
        opacity = float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return False
    return 0 < opacity < 1


def _is_translucent(colour: str) -> bool:
    """Tell whether a colour has a fourth value, or one that is calculated, so that it may have one."""
    return bool(_ALPHA.search(colour)) or any(
        found["end"] == "(" or "/" in found["arguments"] or found["arguments"].count(",") > 2
        for found in _COLOUR_FUNCTION.finditer(colour)
    )


def _target(selector: str) -> _Target:
    """Return what the last part of ``selector`` asks; nothing where it is not a plain name with classes."""
    last = re.split(r"[\s>+~]", selector.strip())[-1]
    compound = _LAST_COMPOUND.fullmatch(last)
    if compound is None:
        return _Target()
    tag = compound["type"] or ""
    others: list[tuple[str, str]] = re.findall(r"([.#])([\w\-]+)", compound["others"])
    return _Target(
        "" if tag == "*" else tag,
        frozenset(name for sign, name in others if sign == "#"),
        frozenset(name for sign, name in others if sign == "."),
    )
