"""体裁: the kinds of documents, and what distinguishes one from another.

A kind says which fields of the front matter its documents must have and which they may have, whether their numbers
belong to the numbering of the county, and which rules do not apply. gazette.toml can add kinds and re-grade fields;
each kind that it adds is treated like one of the built-in kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from liulin_gazette.model.document_types import PUBLIC_TYPES, type_in

OFFICIAL = "公文"
"""The kind of a document that states none."""
COMMON_FIELDS = frozenset(
    {"体裁", "标题", "标题分行", "成文日期", "网址名", "印刷页码", "接排", "分栏", "校核豁免"}
)
"""Fields that a document of any kind may have."""
NEEDED_BY_ALL = ("标题", "成文日期")
_REGISTER = frozenset({"题注", "索引号", "主题分类", "发布日期", "日程", "解读"})
_RELATIONS = frozenset({"修订", "废止", "代替", "更正", "勘误"})
_NORMATIVE = frozenset({"有效性", "施行日期", "有效期至", "有效期", "废止日期", "统一登记号"})
_TITLE_RULES = frozenset({"S003", "S030", "S032"})
"""Rules for titles of official documents: they begin with 发文机关 and end in 文种."""


class Need(Enum):
    """Whether a document must, may or must not have a field."""

    REQUIRED = "必填"
    ALLOWED = "可填"
    FORBIDDEN = "不填"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of documents (体裁)."""

    name: str
    slug: str
    """Its name in pinyin, with which the address of a document without a number begins."""
    required: tuple[str, ...]
    """Fields that its documents must have, besides 标题 and 成文日期; sorted, as are the other tuples."""
    allowed: tuple[str, ...]
    """Further fields that its documents may have, besides ``COMMON_FIELDS``."""
    base: str = ""
    """The built-in kind that a kind of gazette.toml is treated like; empty for a built-in kind."""
    county_numbers: bool = True
    """Whether its 发文字号 belong to the numbering of the county's issuers. Those of reprints do not."""
    signed: bool = True
    """Whether a signature is printed at the end of the text where the source has no 落款."""
    has_type: bool = True
    """Whether its titles end in a 文种."""
    rules_off: tuple[str, ...] = ()
    """Codes of rules that do not apply to its documents."""
    optional_for_all: tuple[str, ...] = ()
    """Required fields that a document to everybody, such as a 公告, may do without."""

    @property
    def treated_as(self) -> str:
        """The name of the built-in kind that decides how it is treated."""
        return self.base or self.name

    def need(self, field: str, title: str = "") -> Need:
        """Return whether a document of this kind with ``title`` must, may or must not have ``field``.

        ``title`` tells whether it is issued to everybody.
        """
        if field in self.required:
            optional = field in self.optional_for_all
            return Need.ALLOWED if optional and type_in(title) in PUBLIC_TYPES else Need.REQUIRED
        return Need.ALLOWED if field in self.allowed or field in COMMON_FIELDS else Need.FORBIDDEN


def _kind(
    name: str,
    slug: str,
    required: str = "",
    allowed: str = "",
    more: frozenset[str] = frozenset(),
    *,
    county_numbers: bool = True,
    signed: bool = True,
    has_type: bool = True,
    rules_off: frozenset[str] = frozenset(),
    optional_for_all: tuple[str, ...] = (),
) -> Kind:
    """Return a built-in kind; ``required`` and ``allowed`` are names of fields separated by spaces."""
    return Kind(
        name,
        slug,
        tuple(sorted(required.split())),
        tuple(sorted(_REGISTER.union(allowed.split(), more))),
        county_numbers=county_numbers,
        signed=signed,
        has_type=has_type,
        rules_off=tuple(sorted(rules_off)),
        optional_for_all=optional_for_all,
    )


def _unnumbered(name: str, slug: str, allowed: str = "", more: frozenset[str] = frozenset()) -> Kind:
    """Return a built-in kind whose documents have no number, no set form of title, and mostly no signature."""
    return _kind(name, slug, "", allowed, more, signed=False, has_type=False, rules_off=_TITLE_RULES)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind(
            OFFICIAL,
            "gong-wen",
            "发文字号 发文机关 公开方式 政策咨询",
            "主送 签署",
            _RELATIONS | _NORMATIVE,
            optional_for_all=("发文字号", "公开方式", "政策咨询"),
        ),
        _kind(
            "政府令",
            "zheng-fu-ling",
            "令号 发文机关",
            "签署 政策咨询",
            _RELATIONS | _NORMATIVE,
            has_type=False,
            rules_off=_TITLE_RULES,
        ),
        _kind(
            "人事任免",
            "ren-shi-ren-mian",
            "",
            "发文字号 发文机关 公开方式 主送 签署",
            _RELATIONS,
            rules_off=frozenset({"S030"}),
        ),
        _unnumbered("讲话", "jiang-hua", "发文机关 来源"),
        _unnumbered("报告", "bao-gao", "发文机关 签署 来源"),
        _unnumbered("政策解读", "zheng-ce-jie-du", "发文机关 政策咨询 来源"),
        _unnumbered("大事记", "da-shi-ji", "发文机关"),
        _unnumbered("统计公报", "tong-ji-gong-bao", "发文机关 政策咨询 来源"),
        _unnumbered("更正", "geng-zheng", "发文机关", frozenset({"更正", "勘误"})),
        _kind(
            "转载",
            "zhuan-zai",
            "",
            "发文字号 令号 发文机关 公开方式 主送 签署 来源",
            _RELATIONS | _NORMATIVE,
            county_numbers=False,
            signed=False,
            rules_off=_TITLE_RULES | {"N015", "S044", "S046", "S047", "C021"},
        ),
        _unnumbered("资料", "zi-liao", "发文机关 来源 总目录"),
        _kind(
            "公示",
            "gong-shi",
            "",
            "发文字号 发文机关 公开方式 主送 政策咨询 签署",
            _RELATIONS,
            rules_off=_TITLE_RULES,
        ),
    )
}
"""The built-in kinds by name."""
FIELDS: frozenset[str] = COMMON_FIELDS.union(*(kind.required + kind.allowed for kind in KINDS.values()))
"""Every field of the front matter that some kind has."""


def regraded(kind: Kind, needs: Mapping[str, Need]) -> Kind:
    """Return ``kind`` with its fields graded anew as ``needs`` says, for documents to everybody too."""
    required, allowed = set(kind.required), set(kind.allowed)
    for field, need in needs.items():
        required.discard(field)
        allowed.discard(field)
        if need is Need.REQUIRED:
            required.add(field)
        elif need is Need.ALLOWED:
            allowed.add(field)
    optional = tuple(field for field in kind.optional_for_all if field not in needs)
    return replace(
        kind, required=tuple(sorted(required)), allowed=tuple(sorted(allowed)), optional_for_all=optional
    )


def treatment(treated_as: str) -> Kind:
    """Return the built-in kind that documents with this ``treated_as`` are treated like."""
    return KINDS[treated_as]


def kinds_with(field: str) -> tuple[str, ...]:
    """Return the names of the built-in kinds whose documents may have ``field``."""
    return tuple(kind.name for kind in KINDS.values() if kind.need(field) is not Need.FORBIDDEN)
