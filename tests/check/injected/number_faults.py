"""Digits lost, doubled and swapped; dates, times and amounts that cannot be; ordinals that are skipped or stand twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.check.injected.faults import FaultKind, Make, added, doubled, in_prose, replaced, swapped, without

_HAN = "一二三四五六七八九十"


def _digits(pattern: str, change: Callable[[str, int], str]) -> Make:
    """Return what changes a digit of the number in a match of ``pattern`` (its group n)."""

    def of_match(match: re.Match[str], chance: Random) -> str | None:
        number, start = match["n"], match.start("n") - match.start()
        places = list(range(len(number) - 1)) or [0]
        at = chance.choice(places)
        if not number[at].isdigit() or (
            change is swapped and (len(number) < 2 or number[at] == number[at + 1])
        ):
            return None
        return match[0][:start] + change(number, at) + match[0][start + len(number) :]

    return replaced(pattern, of_match)


def _with_letters(match: re.Match[str], chance: Random) -> str | None:
    if not re.search("[01]", match[0]):
        return None
    letters = {"0": "O", "1": "l"}
    at = chance.choice([index for index, digit in enumerate(match[0]) if digit in letters])
    return match[0][:at] + letters[match[0][at]] + match[0][at + 1 :]


def _next_ordinal(match: re.Match[str], _: Random) -> str | None:
    number = match["n"]
    if number.isdigit():
        new = str(int(number) + 1)
    elif number in _HAN[:-1]:
        new = _HAN[_HAN.index(number) + 1]
    else:
        return None
    return match[0].replace(number, new, 1)


def _ordinal_before(match: re.Match[str], _: Random) -> str | None:
    number = match["n"]
    if number.isdigit():
        return match[0].replace(number, str(int(number) - 1), 1) if int(number) > 1 else None
    if number in _HAN[1:]:
        return match[0].replace(number, _HAN[_HAN.index(number) - 1], 1)
    return None


def _weekday(match: re.Match[str], chance: Random) -> str:
    return "（星期" + chance.choice([day for day in "一二三四五六日" if day != match["day"]]) + "）"


_LEVELS = {
    "一级序号": r"^(?:## )?(?P<n>[二三四五六七八])、",
    "二级序号": r"^(?:### |\*\*)?（(?P<n>[二三四五六七八])）",
    "三级序号": r"^(?P<n>[2-8])\. ",
    "条的序号": r"^第(?P<n>[二三四五六七八])条 ",
    "章的序号": r"^## 第(?P<n>[二三四五])章",
    "表中序号": r"^\| (?P<n>[2-8]) \|",
    "预案的序号": r"^#{3} \d\.(?P<n>[2-9]) ",
}
_DAY = r"20\d\d年(?P<n>\d{1,2})月\d{1,2}日"

NUMBER_KINDS = (
    FaultKind("金额数字重打", _digits(r"(?P<n>\d{3,6})万?元", doubled)),
    FaultKind("金额数字漏打", _digits(r"(?P<n>\d{3,6})万?元", without)),
    FaultKind("年份数字颠倒", _digits(r"(?P<n>20\d\d)年", swapped)),
    FaultKind("年份数字漏打", _digits(r"(?P<n>20\d\d)年", without)),
    FaultKind("年份数字重打", _digits(r"(?P<n>20\d\d)年", doubled)),
    FaultKind("月份不存在", replaced(_DAY, lambda match, chance: match[0].replace(f"{match['n']}月", f"{chance.randrange(13, 20)}月", 1))),
    FaultKind("日子不存在", replaced(r"20\d\d年\d{1,2}月\d{1,2}日", lambda match, chance: re.sub(r"\d+日", f"{chance.randrange(32, 40)}日", match[0]))),
    FaultKind("星期不符", replaced("（星期(?P<day>[一二三四五六日])）", _weekday)),
    FaultKind("期限颠倒", replaced(r"(?P<a>20\d\d年\d{1,2}月\d{1,2}日)至(?P<b>20\d\d年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日)", lambda match, _: f"{match['a']}至{int(match['a'][:4]) - 1}年{match['b'].rpartition('年')[2]}")),
    FaultKind("电话漏一位", _digits(r"0\d{3}-(?P<n>\d{7})", without)),
    FaultKind("电话多一位", _digits(r"0\d{3}-(?P<n>\d{7})", doubled)),
    FaultKind("区号写错", replaced(r"0(?:990|358)-(?=\d{7})", lambda match, chance: f"0{chance.choice(('909', '385', '351', '99'))}-")),
    FaultKind("文号年份错位", _digits(r"〔(?P<n>20\d\d)〕", without)),
    FaultKind("文号年份颠倒", replaced(r"〔20(?P<n>[2]\d)〕", lambda match, _: f"〔20{match['n'][::-1]}〕" if match["n"] != "22" else None)),
    FaultKind("文号括号", replaced(r"〔(?P<n>20\d\d)〕", lambda match, chance: chance.choice(("[{}]", "（{}）", "【{}】")).format(match["n"]))),
    FaultKind("数字里有字母", replaced(r"(?<![\d.\-])\d{2,6}(?=[万元年人名户项个亩])", _with_letters)),
    FaultKind("全角数字", replaced(r"(?<!\d)\d{2,4}(?=[万元年人名户项个亩])", lambda match, _: match[0].translate({ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)}))),
    FaultKind("大写与数字不符", replaced("(?P<n>[壹贰叁肆伍陆柒捌玖])(?=[佰拾仟])", lambda match, chance: chance.choice("壹贰叁肆伍陆柒捌玖"))),
    FaultKind("百分比过百", replaced(r"(?<=率达到)\d{2,3}(?=%)", lambda match, chance: f"{match[0]}{chance.randrange(10)}")),
    FaultKind("时刻不存在", replaced(r"(?<=[日至])\d{1,2}:\d\d", lambda match, chance: chance.choice(("25:00", "9:75", "31:30")))),
    FaultKind("小数点重打", replaced(r"\d\.\d(?=[万亿个公%])", lambda match, _: match[0].replace(".", ".."))),
    FaultKind("大写日期混写", replaced(r"(?<=20)2(?=\d年)", lambda match, chance: chance.choice(("二", "２")))),
    *(FaultKind(f"{name}跳号", replaced(pattern, _next_ordinal), reach=12) for name, pattern in _LEVELS.items()),
    *(FaultKind(f"{name}重号", replaced(pattern, _ordinal_before), reach=12) for name, pattern in _LEVELS.items()),
)  # fmt: skip

MEMORY_KINDS = (
    FaultKind("合计算错", replaced(r"^\| 合计 \|.*?(?P<n>\d+) \|", lambda match, chance: match[0][: match.start("n") - match.start()] + str(int(match["n"]) + chance.choice((1, 10, 9, -1))) + " |"), reach=12),
    FaultKind("表中数字错位", replaced(r"^(?:\|[^|\n]*)+\| (?P<n>\d{2,6}) \|$", lambda match, _: match[0][: match.start("n") - match.start()] + match["n"] + "0 |"), reach=12),
    FaultKind("其中之和超过总数", replaced(r"(?<=其中)(?P<a>[一-鿿]{2,10})(?P<n>\d+)", lambda match, _: f"{match['a']}{match['n']}0"), reach=0),
    FaultKind("其中之和不足总数", replaced(r"(?<=其中)(?P<a>[一-鿿]{2,10})(?P<n>\d+)", lambda match, _: f"{match['a']}{int(match['n']) * 4 // 5}"), reach=0),
    FaultKind("金额前后单位不同", replaced(r"(?<=\d)万元(?=（大写|，其中)", lambda match, chance: chance.choice(("元", "亿元"))), reach=2),
    FaultKind("公顷与亩不符", replaced(r"(?P<a>公顷（)(?P<n>\d+)亩", lambda match, _: f"{match['a']}{int(match['n']) * 10}亩")),
    FaultKind("所说的条不存在", replaced("(?<=本办法第)[一二三四五六七八九十]+条", lambda match, chance: chance.choice(("三十条", "四十一条", "二十六条")))),
    FaultKind("说是几个列出的不同", replaced(r"(?<=（)(?P<n>\d+)(?=[个名]）)", lambda match, _: str(int(match["n"]) + 1)), reach=6),
    FaultKind("增长的话不合", replaced("由(?P<a>\\d+)(?P<u>.)增加到(?P<b>\\d+)", lambda match, _: f"由{match['b']}{match['u']}增加到{match['a']}")),
    FaultKind("占比之和不是百分之百", replaced(r"(?<=成绩占)\d0(?=%)", lambda match, chance: chance.choice(("70", "30", "50")))),
    FaultKind("公示天数不符", replaced(r"(?<=共)\d+(?=[日天]。)", lambda match, _: str(int(match[0]) + 3))),
    FaultKind("N人乘组数不符", replaced(r"(?<=共)180(?=人)", lambda _, chance: chance.choice(("160", "190")))),
    FaultKind("完成日期早于成文", added(("请于2024年12月31日前报送情况。", "此项工作于2023年6月底前完成。"))),
    FaultKind("一段录两遍", in_prose(lambda line, _: f"{line}\n\n{line}" if len(line) > 40 else None), reach=3),
    FaultKind("附件不存在", in_prose(lambda line, chance: line[:-1] + f"（见附件{chance.randrange(5, 9)}）。" if line.endswith("。") else None)),
)  # fmt: skip
"""Kinds of what a document says twice."""
