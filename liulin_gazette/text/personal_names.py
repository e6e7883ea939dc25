"""Personal names in running text, as far as their surnames tell: 张三 李四, and 王 五 spread to three characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董"
    "梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉"
    "钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景"
    "詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏"
    "浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那"
    "简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付肖闫冼覃褟岳仉苟旦代邸原行门降亓补朴佟仝隋揭冶妥迟苑鹿"
)
"""《百家姓》 and some that it lacks."""
_COMPOUND = (
    "欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|呼延|长孙|宇文|澹台|申屠|轩辕|南宫"
)
SURNAME = f"(?:{_COMPOUND}|[{_SURNAMES}])"
_SPACE = "[ 　]"
_NAME = rf"{SURNAME}{_SPACE}*[一-鿿]{{1,2}}"
_LIST = re.compile(rf"{_NAME}(?:{_SPACE}+{_NAME})+[。；]?")
_WORD = rf"(?:[一-鿿]{{2,4}}|[一-鿿]{_SPACE}+[一-鿿])"
_LONG_LIST = re.compile(rf"{_WORD}(?:{_SPACE}+{_WORD}){{2,}}")
_LABELLED = re.compile(r"(?:[一-鿿]　*){2,4}：")
_LONG_WORD = r"(?:[一-鿿·]{2,12}|[一-鿿]　+[一-鿿])"
_LABELLED_LIST = re.compile(rf"{_LONG_WORD}(?:　+{_LONG_WORD})+")
"""Names of any length, as those of Mongolians and Uygurs are, with full-width spaces between them."""
_WITH_POST = re.compile(rf"(?:[^：]{{1,12}}：)?{_SPACE}*{_NAME}{_SPACE}+[一-鿿]{{2}}")
_SPREAD = re.compile(rf"(?<![一-鿿])[一-鿿](?:{_SPACE}+[一-鿿])+(?![一-鿿])")
_WHOLE_NAME = re.compile(rf"{SURNAME}[一-鿿]{{1,2}}|[一-鿿]{{1,6}}(?:·[一-鿿]{{1,8}})+")
_ENDS_IN_NAME = re.compile(rf"{SURNAME}[一-鿿]{{0,2}}$")
_BEGINS_WITH_NAME = re.compile(rf"{_SPACE}*{SURNAME}[一-鿿]")
_BEGINS_WITH_SEPARATE_NAME = re.compile(rf"{_NAME}(?:{_SPACE}|$)")
_ENDS_IN_SURNAME = re.compile(rf"{SURNAME}$")


def is_name(text: str) -> bool:
    """Tell whether ``text`` is formed as a name: a known surname and one or two characters, or parts with · between."""
    return _WHOLE_NAME.fullmatch(text) is not None


def is_list_of_names(text: str) -> bool:
    """Tell whether ``text`` is names with spaces between them, after words that end in ： where there are some.

    Three words and more of the length of names are names whatever their surnames: 字光辉　李　忠　艾　江; after a label
    so are longer ones: 出　席：额尔敦巴特尔　李　伟.
    """
    listed = text.rpartition("：")[2].strip(" 　")
    if (label := _LABELLED.match(text)) and _LABELLED_LIST.fullmatch(text[label.end() :].strip("　")):
        return True
    return _LIST.fullmatch(listed) is not None or _LONG_LIST.fullmatch(listed) is not None


def is_person_with_post(text: str) -> bool:
    """Tell whether ``text`` begins with a name and a space, as a line of a list of members does: 组长：张三　副县长."""
    return _WITH_POST.match(text) is not None


def spread_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each word whose characters are set apart: 李　忠, 指 挥 长, 年　月　日."""
    return (match.span() for match in _SPREAD.finditer(text))


def may_part_names(before: str, after: str) -> bool:
    """Tell whether the space between ``before`` and ``after`` may be one between two names, or inside a name.

    Words that begin as names do (高度, 成效) are taken for names.
    """
    if _ENDS_IN_SURNAME.search(before) or _BEGINS_WITH_SEPARATE_NAME.match(after):
        return True
    return bool(_ENDS_IN_NAME.search(before) and _BEGINS_WITH_NAME.match(after))
