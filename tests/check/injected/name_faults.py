"""Names of units, persons and places, laws, agencies and set phrases with a mistake; what is private or secret; what is missing."""

from __future__ import annotations

import re
from random import Random

from liulin_gazette.check.likelihood.confusable_characters import SAME_SOUND, SHAPE, confusable_characters
from liulin_gazette.check.likelihood.ngram_table import ngram_table
from tests.check.injected.faults import (
    FaultKind,
    added,
    doubled,
    one_of,
    paragraph_added,
    replaced,
    swapped,
    without,
)

_UNIT = r"(?<=县)(?P<n>[一-鿿]{2,8}?)(?=(?:局|委员会)(?![一-鿿]?长))"
_LAW = r"《(?P<n>(?:中华人民共和国)?[一-鿿]{3,16}(?:法|条例))》"
_PERSON = re.compile(r"^ ?[一-鿿]{0,5} ?\| (?P<name>[一-鿿]{3})(?:（兼）)? \|", re.MULTILINE)
_TOWN = re.compile(r"[一-鿿]{2}[镇乡](?![级政镇乡村])")
_NO_NAME = re.compile("[各全本该我所有属级县由对在与和城乡]")


def _alike(character: str, chance: Random) -> str | None:
    """Return a common character that is typed for ``character``."""
    table = ngram_table()
    pool = [
        each
        for each, likeness in confusable_characters().of(character)
        if likeness in (SAME_SOUND, SHAPE)
        and table.singles[table.tokens.get(each, 0)] > 500
        and each in table.tokens
    ]
    return chance.choice(pool[:12]) if pool else None


def _wrong(match: re.Match[str], chance: Random) -> str | None:
    """Return the match with one character of its group n replaced by one that is alike."""
    name, start = match["n"], match.start("n") - match.start()
    at = chance.randrange(len(name))
    alike = _alike(name[at], chance)
    return alike and match[0][: start + at] + alike + match[0][start + at + 1 :]


def _short(match: re.Match[str], chance: Random) -> str | None:
    """Return the match without one character of its group n, swapped, or with one doubled."""
    name, start = match["n"], match.start("n") - match.start()
    at = chance.randrange(len(name) - 1)
    change = chance.choice((without, swapped, doubled))
    return match[0][:start] + change(name, at) + match[0][start + len(name) :]


def _inconsistent(body: str, chance: Random, names: list[str]) -> str | None:
    """Return ``body`` with the last one of several places of a name written with a character that is alike."""
    repeated = sorted({name for name in names if body.count(name) > 1})
    chance.shuffle(repeated)
    for name in repeated:
        at = chance.randrange(2) if name[-1] in "镇乡" else chance.randrange(1, len(name))
        if alike := _alike(name[at], chance):
            start = body.rindex(name)
            return body[:start] + name[:at] + alike + name[at + 1 :] + body[start + len(name) :]
    return None


def _person(body: str, chance: Random) -> str | None:
    return _inconsistent(body, chance, _PERSON.findall(body))


def _town(body: str, chance: Random) -> str | None:
    return _inconsistent(
        body, chance, [name for name in _TOWN.findall(body) if not _NO_NAME.search(name[:2])]
    )


PHRASES = {
    "习近平新时代中国特色社会主义思想": "习近平新时代中国特色社会注意思想 习近平新时代特色社会主义思想 习近平新时期中国特色社会主义思想",
    "“四个意识”": "“四个意志” “四个意思”", "“四个自信”": "“四个自新” “四个自心”", "“两个维护”": "“两个维持” “两个拥护”",
    "“两个确立”": "“两个确定” “两个确力”", "以习近平同志为核心的党中央": "以习近平同志为中心的党中央 以习近平同志为核心党中央",
    "稳中求进工作总基调": "稳中求进工作总基掉 稳中求进工作总基础", "新发展理念": "新发展理论 新发展观念",
    "绿水青山就是金山银山": "绿水青山就是金山金山 绿水青山就是银山金山", "高质量发展": "高质量发张 高质量量发展",
    "以人民为中心的发展思想": "以人民为中心的发展思维 以人名为中心的发展思想", "获得感、幸福感、安全感": "获得感、幸福感、安全敢 获得感、幸福感、安全观",
    "中国式现代化": "中国氏现代化 中国现代式化", "乡村全面振兴": "乡村全面振新 乡村全面震兴", "新质生产力": "新质升产力 新制生产力",
    "中央八项规定精神": "中央八项规定精申 中央八条规定精神", "总体国家安全观": "总体国家安全关",
}  # fmt: skip
_PHRASE_SENTENCES = ("坚定“四个自信”，贯彻新发展理念，推动高质量发展。", "落实总体国家安全观，推进中国式现代化。", "锲而不舍落实中央八项规定精神。")  # fmt: skip


def _phrase(body: str, chance: Random) -> str | None:
    wrong = one_of(PHRASES)
    if changed := wrong(body, chance):
        return changed
    return added([str(wrong(chance.choice(_PHRASE_SENTENCES), chance))])(body, chance)


NAME_KINDS = (
    FaultKind("单位名错一字", replaced(_UNIT, _wrong)),
    FaultKind("单位名漏字重字颠倒", replaced(_UNIT, _short)),
    FaultKind("人名前后不一", _person, reach=1),
    FaultKind("地名前后不一", _town, reach=1),
    FaultKind("法规名错一字", replaced(_LAW, _wrong)),
    FaultKind("法规名漏字重字颠倒", replaced(_LAW, _short)),
    FaultKind("法规名冠错国名", replaced("《(?=(?:森林防火|政府投资|事业单位人事管理|殡葬管理|建设工程质量管理)条例》)", lambda match, _: "《中华人民共和国")),
    FaultKind("引用失效的法规", added(("违反规定的，依照《中华人民共和国合同法》处理。", "按照《信访条例》的规定办理。", "依据《中华人民共和国物权法》的规定确认权利。", "按照《中华人民共和国婚姻法》的规定执行。"))),
    FaultKind("改革前的机关", replaced("县(?:市场监督管理局|自然资源局|卫生健康局|应急管理局|农业农村局|生态环境局|文化和旅游局)", lambda _, chance: chance.choice(("县工商局", "县国土资源局", "县卫计局", "县安监局", "县农业局", "县环保局", "县质监局")))),
    FaultKind("固定提法错一字", _phrase),
    FaultKind("没有开过的会议", added(("全面贯彻党的十九届八中全会精神。", "深入学习贯彻党的二十届七中全会精神。", "认真落实党的二十一大精神。"))),
    FaultKind("地区与国家并列", added(("来自日本、韩国、台湾的客商参加了活动。", "来自香港、新加坡的企业签订了协议。"))),
    FaultKind("别县的名称", added(("本通知经中阳县人民政府同意。", "本办法经方山县人民政府批准。", "经交城县人民政府研究同意，一并执行。"))),
)  # fmt: skip

PRIVACY_KINDS = (
    FaultKind("身份证号", added(("申请人张三，身份证号11010519491231002X。", "证件号码为440524198001010013。"))),
    FaultKind("身份证号有空格", added(("其身份证号为110105 19491231 002X。", "身份证号：110105-19491231-002X。", "身份证号1101051949 1231002X。"))),
    FaultKind("旧身份证号", added(("身份证号：110105491231002。", "身份证号码为142327680512003。", "（身份证142327680512003）。"))),
    FaultKind("手机号", added(("联系人李四，手机13835812345。", "联系电话：15903584894。"))),
    FaultKind("手机号有分隔", added(("联系电话138 3581 2345。", "电话：138-3581-2345。", "手机138.3581.2345。", "手机号（138）35812345。"))),
    FaultKind("汉字手机号", added(("手机号码为一三八三五八一二三四五。", "联系电话一五九〇三五八四八九四。"))),
    FaultKind("银行卡号", added(("汇入银行卡6222021234567890128。", "账号：6222 0212 3456 7890 128。", "卡号6222-0212-3456-7890-128。"))),
    FaultKind("住址", added(("王五，家住石桥镇东街社区12号。", "当事人现居住于城关镇北关小区3号楼2单元。", "住址：大河乡东坪村18号。", "李四，住石桥镇柳树湾村35号。"))),
    FaultKind("车牌", added(("肇事车辆为晋J·A1234。", "车牌号晋JB5678。", "登记车辆晋A12345D。"))),
    FaultKind("微信和QQ", added(("可添加微信号：zhang_san88。", "联系QQ：123456789。", "加微信zhangsan2020咨询。"))),
    FaultKind("个人邮箱", added(("材料发至zhangsan88@163.com。", "请发邮箱12345678@qq.com。", "电子邮箱：lisi_1985@sina.com。"))),
    FaultKind("病情", added(("张三，患有精神分裂症。", "李四因患尿毒症致贫。", "其子系艾滋病感染者王五。"))),
    FaultKind("年龄出生在姓名旁", added(("张三，男，45岁，石桥镇人。", "李四（女，1980年5月生）。", "王五，1975年3月出生。"))),
    FaultKind("密级", paragraph_added(("机密★10年", "秘密", "绝密"))),
    FaultKind("文中说限内部", added(("本通知仅限内部使用。", "此件不予公开。", "本方案属于机密级。", "本资料内部掌握，不得外传。"))),
)  # fmt: skip

_PRIVATE_TABLE = (
    "\n\n| 序号 | 姓名 | {head} |\n| --- | --- | --- |\n| 1 | 张三 | {one} |\n| 2 | 李四 | {other} |\n"
)
_COLUMNS = (
    ("身份证号", "110105194912310021", "110105195012310022"), ("病种", "高血压", "尿毒症"), ("家庭住址", "东坪村12号", "东街8号"),
    ("银行卡号", "6222021234567890128", "6222021234567890136"), ("残疾类别", "肢体", "视力"), ("手机号", "13835812345", "13835812346"),
    ("卡号", "6222021234567890128", "6222021234567890136"), ("年龄", "45", "52"),
)  # fmt: skip


def _private_column(body: str, chance: Random) -> str:
    head, one, other = chance.choice(_COLUMNS)
    return body.rstrip("\n") + _PRIVATE_TABLE.format(head=head, one=one, other=other)


def _row(body: str, chance: Random, change: str) -> str | None:
    rows = list(re.finditer(r"^\| \d+ \|.*\|$", body, re.MULTILINE))
    if not rows:
        return None
    row = chance.choice(rows)
    if change == "twice":
        return body[: row.end()] + "\n" + row[0] + body[row.end() :]
    cells = row[0].split(" | ")
    if change == "cell lost":
        del cells[chance.randrange(1, len(cells) - 1)]
    else:
        cells.insert(2, cells[1])
    return body[: row.start()] + " | ".join(cells) + body[row.end() :]


STRUCTURE_KINDS = (
    FaultKind("表中有个人信息", _private_column, reach=6),
    FaultKind("表中一行录两遍", lambda body, chance: _row(body, chance, "twice"), reach=12),
    FaultKind("表中漏一格", lambda body, chance: _row(body, chance, "cell lost"), reach=12),
    FaultKind("表中多一格", lambda body, chance: _row(body, chance, "cell more"), reach=12),
    FaultKind("附件说明少一个", replaced(r"^2\.青岚县扑火队伍统计表\n\n|^附件：.{5,}\n\n", lambda match, _: ""), reach=60),
    FaultKind("附件题与说明不同", replaced(r"^(?:附件：1\.|2\.)(?P<a>[一-鿿]+)(?P<b>[一-鿿]{2})$", lambda match, _: match[0][:-3] + match[0][-2:]), reach=60),
    FaultKind("没有填上的空", one_of({"2026年3月": "2026年×月 2026年X月 ×年×月", "4月1日": "×月×日 X月X日 __月__日", "5月31日": "XX月XX日 ×月×日", "12月30日": "X月X日", "120万元": "××万元 XX万元 ＿＿万元", "480万元": "__万元 ××万元"})),
    FaultKind("正文里另写落款", lambda body, _: body.rstrip("\n") + "\n\n青岚县人民政府办公室\n\n2026年3月6日\n" if ":::" not in body and body.rstrip().endswith("。") else None, reach=3),
    FaultKind("列表的记号", paragraph_added(("- 加强巡护。", "* 加强巡护。", "• 加强巡护。"))),
)  # fmt: skip
