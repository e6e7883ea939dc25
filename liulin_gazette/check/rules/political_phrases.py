"""Rules about political phrases with fixed words, sessions and regions (codes K004–K006)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import sentence_at
from liulin_gazette.check.knowledge.data_tables import SetPhrase, party_sessions, set_phrases
from liulin_gazette.check.knowledge.phrase_slips import may_have_slips, slips_in
from liulin_gazette.check.knowledge.single_edits import EditKind, is_confusable, single_edit
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_SHORT = 4
"""Characters of a short phrase, which is compared only in quotation marks after its verb."""
_QUOTED = re.compile("(?P<lead>[一-鿿]{2}|(?<=”)、?)“(?P<phrase>[一-鿿]{3,5})”")
_SESSION = re.compile(
    "(?<!迎接)(?<!迎接党的)(?P<name>(?:十[八九]|二十[一二三]?)(?:届[一二三四五六七八九十]{1,2}中全会|大(?=[报精以会])))(?!的?(?:召开|将|前夕))"
)
_IN_ITS_SPIRIT = re.compile("贯彻|落实|学习|精神|宣讲")
_COUNTRIES = "美国|日本|韩国|英国|法国|德国|意大利|加拿大|澳大利亚|新西兰|新加坡|马来西亚|泰国|越南|印度尼西亚|印度|菲律宾|俄罗斯|西班牙|荷兰|瑞士|朝鲜"
_REGIONS = "香港|澳门|台湾"
_AMONG_COUNTRIES = re.compile(
    rf"(?:(?:{_COUNTRIES})[、和及与](?:(?:{_COUNTRIES}|{_REGIONS})[、和及与]){{0,8}}(?P<last>{_REGIONS})"
    rf"|(?P<first>{_REGIONS})[、和及与](?:(?:{_REGIONS})[、和及与]){{0,2}}(?:{_COUNTRIES}))"
    "(?!特别行政区|地区|省|同胞|、?[^。；，]{0,12}(?:地区|特别行政区))"
)


def set_phrases_have_their_words(annotated: AnnotatedDocument) -> Findings:
    """K004: a political phrase with fixed words is written as in the document that it comes from."""
    settings = annotated.archive.gazette.proofreading
    own = tuple(SetPhrase(text, (), (), ()) for text in settings.set_phrases)
    phrases = tuple(each for each in (*set_phrases(), *own) if each.text not in settings.accepted)
    whole = annotated.whole
    suspected = [phrase for phrase in phrases if may_have_slips(whole, phrase)]
    for passage in annotated.passages if suspected else ():
        for slip in slips_in(passage.text, suspected):
            typed = passage.text[slip.start : slip.end]
            if typed not in settings.accepted:
                yield _finding(passage, slip.start, typed, slip.right, slip.is_certain)
    short = {phrase.text: phrase for phrase in phrases if len(phrase.text) == _SHORT}
    for passage, match in annotated.matches(_QUOTED):
        typed = match["phrase"]
        if typed in short or typed in settings.accepted:
            continue
        for phrase in short.values():
            edit = single_edit(typed, phrase.text)
            if edit is None:
                continue
            is_certain = edit.kind is not EditKind.REPLACED or is_confusable(
                typed[edit.offset], phrase.text[edit.offset]
            )
            if match["lead"] in phrase.leads or (is_certain and match["lead"] in ("", "、")):
                yield _finding(passage, match.start("phrase"), typed, phrase.text, is_certain)


def _finding(passage: Passage, start: int, typed: str, right: str, is_certain: bool) -> Finding:
    return Finding(
        passage.at(start),
        f"“{typed}”的固定写法是“{right}”。",
        "核对原件；确实无误的，写明豁免理由，或在 gazette.toml “校核”的“认可的名称”中登记。",
        typed,
        None if is_certain else Severity.WARNING,
    )


def sessions_have_been_held(annotated: AnnotatedDocument) -> Findings:
    """K005: whose spirit a document follows is a session that was closed by its 成文日期."""
    for passage, match in annotated.matches(_SESSION):
        if not _IN_ITS_SPIRIT.search(sentence_at(passage.text, match.start())):
            continue
        name, day = match["name"], annotated.document.date
        closed = party_sessions().get(name)
        if closed is not None and closed <= day:
            continue
        if closed is not None:
            message, severity = f"“{name}”{closed}才闭幕，晚于成文日期（{day}）。", None
        elif _may_be_later(name):
            message, severity = (
                f"“{name}”不在程序知道的会议之内（到{max(party_sessions().values())}）。",
                Severity.NOTE,
            )
        else:
            message, severity = f"没有“{name}”。", None
        yield Finding(passage.at(match.start()), message, "核对会议的名称。", name, severity)


def _may_be_later(name: str) -> bool:
    """Tell whether a session called ``name`` may have been held after the table ends."""
    congress, is_plenum, plenum = name.partition("届")
    last = list(party_sessions())[-1].partition("届")[0]
    if not is_plenum:
        return congress.removesuffix("大") not in {each.removesuffix("大") for each in party_sessions()}
    number = plenum.removesuffix("中全会")
    order = "一二三四五六七"
    return len(number) == 1 and number in order and (congress == last or congress not in ("十八", "十九"))


def regions_are_no_countries(annotated: AnnotatedDocument) -> Findings:
    """K006: 香港, 澳门 and 台湾 in a list with countries are called regions (《出版物汉字使用管理规定》等通行要求)."""
    for passage, match in annotated.matches(_AMONG_COUNTRIES):
        region = match["last"] or match["first"]
        yield Finding(
            passage.at(match.start()),
            f"“{match[0]}”把{region}与国家并列。",
            "写作“国家和地区”，或“香港特别行政区”“澳门特别行政区”“台湾地区”。核对原件。",
            match[0],
        )
