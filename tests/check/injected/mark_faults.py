"""Punctuation, brackets and remains of copying."""

from __future__ import annotations

import re
from random import Random

from tests.check.injected.faults import FaultKind, Make, added, in_prose, replaced


def _at_end(*ends: str) -> Make:
    return in_prose(lambda line, chance: line[:-1] + chance.choice(ends) if line.endswith("。") and line.count("。") > 1 else None)  # fmt: skip


def _broken(line: str, chance: Random) -> str | None:
    places = [match.start() for match in re.finditer("(?<=[一-鿿]{6})[一-鿿](?=[一-鿿]{6})", line)]
    if not places or "\n" in line:
        return None
    at = chance.choice(places)
    return f"{line[:at]}\n\n{line[at:]}"


def _spaced(line: str, chance: Random) -> str | None:
    places = [match.start() for match in re.finditer("(?<=[一-鿿]{4})[一-鿿](?=[一-鿿]{4})", line)]
    return f"{line[: (at := chance.choice(places))]} {line[at:]}" if places else None


def _spelled(mark: str, *others: str) -> Make:
    return replaced(rf"(?<=[一-鿿]){mark}(?=[一-鿿])", lambda _, chance: chance.choice(others))


MARK_KINDS = (
    FaultKind("漏半个括号", replaced("[（）](?=[一-鿿])|(?<=[一-鿿])[（）]", lambda match, _: "")),
    FaultKind("漏半个引号", replaced("[“”](?=[一-鿿])|(?<=[一-鿿])[“”]", lambda match, _: ""), reach=2),
    FaultKind("漏半个书名号", replaced("[《》](?=[一-鿿])|(?<=[一-鿿])[《》]", lambda match, _: "")),
    FaultKind("六角括号缺半", replaced("[〔〕]", lambda match, _: "")),
    FaultKind("括号一全一半", replaced("）(?=[一-鿿])", lambda match, _: ")")),
    FaultKind("标点重打", replaced("(?<=[一-鿿])[，。；、](?=[一-鿿])", lambda match, chance: match[0] + chance.choice((match[0], "，", ",")))),
    FaultKind("半角标点", replaced("(?<=[一-鿿])[，；：](?=[一-鿿])", lambda match, _: {"，": ",", "；": ";", "：": ":"}[match[0]])),
    FaultKind("英文句点", _spelled("。", ".")),
    FaultKind("直引号", replaced("“[^“”]{2,12}”", lambda match, _: f'"{match[0][1:-1]}"')),
    FaultKind("叹号重打", in_prose(lambda line, _: line[:-1] + "！！" if line.endswith(("。", "！")) else None)),
    FaultKind("段末是逗号", _at_end("，", "、")),
    FaultKind("段末没有标点", _at_end("")),
    FaultKind("句中断成两段", in_prose(_broken), reach=2),
    FaultKind("句中有空格", in_prose(_spaced)),
    FaultKind("网页的残留", in_prose(lambda line, chance: line[:-1] + chance.choice(("&nbsp;", "[1]", "&lt;", "锟斤拷")) + "。" if line.endswith("。") else None)),
    FaultKind("省略号不全", added(("包括救灾物资、通信设备…。", "包括救灾物资、通信设备...。", "包括救灾物资、通信设备。。。"))),
    FaultKind("省略号后有等", added(("包括救灾物资、通信设备……等。",))),
    FaultKind("破折号不全", added(("坚持一条主线--高质量发展。",))),
    FaultKind("书名号括半个标题", replaced("(?<=《)(?P<a>[^《》]{2,20})(?P<b>条例|管理办法)》(?=[，。、等的])", lambda match, _: f"{match['a']}》{match['b']}")),
    FaultKind("看不见的字符", in_prose(lambda line, chance: line[: len(line) // 2] + chance.choice(("\u200b", "\u00ad", "\ufeff")) + line[len(line) // 2 :])),
    FaultKind("私用区字符", in_prose(lambda line, chance: line[: len(line) // 2] + chance.choice(("\ue000", "\uf0a7", "⼈", "⽇")) + line[len(line) // 2 :])),
    FaultKind("繁体字", replaced("[国华发个会时东车长门]", lambda match, _: {"国": "國", "华": "華", "发": "發", "个": "個", "会": "會", "时": "時", "东": "東", "车": "車", "长": "長", "门": "門"}[match[0]])),
    FaultKind("西里尔字母", added(("采用РОS机结算。", "达到А级标准。", "按照С类办理。"))),
)  # fmt: skip
