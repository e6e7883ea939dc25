"""Generates an archive of any size for measurements: ``python3 -m tests.synthetic_archive FOLDER --issues 600``.

Issuers, people and texts are invented and say so (示例县, 样本): nobody can take them for official. The
same arguments give the same bytes. Lengths and tables follow those of the real issue.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

OFFICES = (
    "人民政府办公室",
    "样本甲局",
    "样本乙局",
    "样本丙局",
    "样本丁局",
    "样本戊局",
    "样本己局",
    "样本庚局",
)
CODES = ("示政办发", "示甲发", "示乙发", "示丙发", "示丁发", "示戊发", "示己发", "示庚发")
VERBS = [
    "推进",
    "落实",
    "加强",
    "完善",
    "组织",
    "检查",
    "指导",
    "协调",
    "规范",
    "健全",
    "部署",
    "开展",
    "保障",
    "促进",
    "提升",
    "督促",
    "监督",
    "统筹",
    "优化",
    "压实",
    "明确",
    "制定",
    "修订",
    "公布",
    "报送",
    "汇总",
    "核实",
    "整改",
    "评估",
    "考核",
]
NOUNS = [
    "样本",
    "工作",
    "机制",
    "责任",
    "措施",
    "方案",
    "制度",
    "任务",
    "台账",
    "清单",
    "服务",
    "安全",
    "生产",
    "农业",
    "林业",
    "水利",
    "交通",
    "教育",
    "卫生",
    "医疗",
    "养老",
    "就业",
    "住房",
    "环境",
    "生态",
    "文化",
    "旅游",
    "市场",
    "资金",
    "项目",
    "工程",
    "设施",
    "设备",
    "信息",
    "数据",
    "档案",
    "宣传",
    "培训",
    "演练",
    "隐患",
    "风险",
    "应急",
    "防汛",
    "抗旱",
    "森林",
    "草原",
    "道路",
    "桥梁",
    "河道",
    "村庄",
    "社区",
    "学校",
    "医院",
    "企业",
    "商户",
    "农户",
    "群众",
    "干部",
    "专家",
    "队伍",
    "单位",
    "部门",
    "乡镇",
]
PLACES = ["甲乡", "乙镇", "丙镇", "丁乡", "戊镇", "己乡", "庚镇", "辛乡", "壬镇", "癸乡"]
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "样例本示范测试用虚构甲乙丙丁"
KINDS = ("通知", "通知", "通知", "通知", "意见", "决定", "公告", "通报", "批复")
LAST_YEAR = 2026
EARLIEST_YEAR = 1950
"""Larger archives go on into years to come."""
PER_YEAR = 12

GAZETTE = """"名称" = "示例县人民政府公报（样本）"
"拼音刊名" = "SHILIXIAN RENMIN ZHENGFU GONGBAO"
"主办单位" = "示例县人民政府办公室"
"刊期" = "月刊"
"网址" = "https://sample.example/"
"赠阅范围" = "本刊为测试样本，不赠阅。"

["期号起算"]
"年" = {year}
"期" = 1
"总期号" = 1
"每年期数" = 12

{issuers}
["封底"]
"标语" = ["测试样本"]
"宗旨" = "测试样本"
"""


def _sentence(chance: random.Random) -> str:
    parts: list[str] = []
    for _ in range(chance.randint(2, 5)):
        parts.append(chance.choice(VERBS) + "".join(chance.sample(NOUNS, 2)))
    tail = (
        f"，由{chance.choice(PLACES)}于{chance.randint(1, 12)}月{chance.randint(1, 28)}日前办结"
        * chance.randint(0, 1)
    )
    return "，".join(parts) + tail + "。"


def paragraph(chance: random.Random) -> str:
    return "".join(_sentence(chance) for _ in range(chance.randint(2, 6)))


def _name(chance: random.Random) -> str:
    return chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))


def _table(chance: random.Random) -> Iterator[str]:
    yield "| 序号 | 事项 | 责任单位 | 数量 |"
    yield "| --- | --- | --- | --- |"
    for number in range(1, chance.randint(4, 30)):
        yield f"| {number} | {_sentence(chance).rstrip('。')} | {chance.choice(PLACES)} | {chance.randint(1, 9999)} |"


def _body(chance: random.Random, subject: str) -> Iterator[str]:
    yield paragraph(chance)
    yield ""
    yield "::: 落款"
    yield ":::"
    yield ""
    yield f"# 示例县{subject}实施方案"
    for section in range(min(int(chance.lognormvariate(1.7, 0.6)) + 1, 10)):
        yield ""
        yield f"## {'一二三四五六七八九十'[section]}、{chance.choice(VERBS)}{chance.choice(NOUNS)}"
        for _ in range(chance.randint(1, 4)):
            yield ""
            yield paragraph(chance)
    if chance.random() < 0.4:
        yield ""
        yield "::: 附件 1 样本清单"
        yield from _table(chance)
        yield ":::"


def document(year: int, month: int, day: int, office: int, serial: int, chance: random.Random) -> str:
    """Return the Markdown of one document."""
    issuer = f"示例县{OFFICES[office]}"
    subject = "".join(chance.sample(NOUNS[1:], 2)) + "样本"
    kind = chance.choice(KINDS)
    title = (
        f"{issuer}关于印发示例县{subject}实施方案的通知"
        if kind == "通知"
        else f"{issuer}关于{subject}的{kind}"
    )
    head = f"""---
标题: {title}
发文字号: {CODES[office]}〔{year}〕{serial}号
发文机关: {issuer}
成文日期: {year}-{month:02}-{day:02}
公开方式: 此件公开发布
主送: 各样本单位：
政策咨询:
  责任单位: {issuer}
  责任股室: 样本股
  责任人: {_name(chance)}
  电话: 0000-{2000000 + office}
---

"""
    return head + "\n".join(_body(chance, subject)) + "\n"


def write_archive(root: Path, issues: int, documents: int, seed: int = 2026) -> None:
    """Write ``content/`` below ``root``: ``issues`` issues with ``documents`` documents each.

    The last issue is of LAST_YEAR, or later if the first would be earlier than EARLIEST_YEAR.
    """
    chance = random.Random(seed)
    first = max(LAST_YEAR - (issues - 1) // PER_YEAR, EARLIEST_YEAR)
    content = root / "content"
    content.mkdir(parents=True)
    issuers = "\n".join(
        f'[["发文机关"]]\n"名称" = "示例县{office}"\n"机关代字" = ["{code}"]\n'
        for office, code in zip(OFFICES, CODES, strict=True)
    )
    (content / "gazette.toml").write_text(GAZETTE.format(year=first, issuers=issuers), "utf-8")
    serials: dict[tuple[int, int], int] = {}
    for index in range(issues):
        year, month = first + index // PER_YEAR, index % PER_YEAR + 1
        folder = content / f"{year}-{month}"
        folder.mkdir()
        names: list[str] = []
        for number in range(documents):
            office = chance.randrange(len(OFFICES)) if number else 0
            serials[year, office] = serial = serials.get((year, office), 0) + 1
            names.append(f"{number + 1:02}.md")
            (folder / names[-1]).write_text(
                document(year, month, min(2 * number + 1, 27), office, serial, chance), "utf-8"
            )
        listed = ", ".join(f'"{name}"' for name in names)
        (folder / "issue.toml").write_text(
            f'"年" = {year}\n"期" = {month}\n"总期号" = {index + 1}\n"出版日期" = {year}-{month:02}-28\n\n'
            f'[["栏目"]]\n"名称" = "样本文件"\n"文件" = [{listed}]\n',
            "utf-8",
        )


def main() -> None:
    """Write an archive as the command line says."""
    parser = argparse.ArgumentParser(description="生成测试用的样本档案")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--issues", type=int, default=30)
    parser.add_argument("--documents", type=int, default=10)
    given = parser.parse_args()
    write_archive(given.folder, given.issues, given.documents)


if __name__ == "__main__":
    main()
