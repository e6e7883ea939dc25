"""Kinds of documents: what each must, may and must not have, and what a whole issue of them becomes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from liulin_gazette.model.blocks import Signature
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.document import FullText, PolicyData, Relation
from liulin_gazette.model.kinds import COMMON_FIELDS, FIELDS, KINDS, NEEDED_BY_ALL, Need, regraded
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.relations import declarations, pending_changes, validity, validity_changes
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.front_matter import split
from liulin_gazette.source.policy_data import policy_data
from tests.conftest import ROOT, Edit, findings
from tests.loading import load

SECOND_COUNTY = ROOT / "tests/second_county"
VALUES = {
    "体裁": "公文",
    "标题": "某县人民政府关于某事的通知",
    "标题分行": "\n  - 某县人民政府\n  - 关于某事的通知",
    "发文字号": "某政发〔2027〕1号",
    "令号": "第3号",
    "发文机关": "某县人民政府",
    "成文日期": "2027-01-02",
    "公开方式": "此件公开发布",
    "主送": "各单位：",
    "政策咨询": "\n  责任单位: 甲局\n  责任股室: 乙股\n  责任人: 丙丁\n  电话: 010-12345678",
    "签署": "\n  职务: 县长\n  姓名: 甲明",
    "题注": "\n  - （2027年1月2日）",
    "来源": "《国务院公报》2026年第36号",
    "网址名": "mou-shi",
    "印刷页码": "12—15",
    "接排": "公文",
    "分栏": "通栏",
    "索引号": "000/2027-1",
    "主题分类": "综合政务",
    "发布日期": "2027-01-03",
    "有效性": "现行有效",
    "施行日期": "2027-02-01",
    "有效期": "5年",
    "有效期至": "2032-01-31",
    "废止日期": "2031-01-01",
    "统一登记号": "MZF-2027-01",
    "总目录": "\n  年: 2026\n  排法: 栏目\n  摘要: 0123456789ab-0123456789ab",
    "勘误": "\n  - 原文: 甲\n    更正为: 乙",
    "日程": "\n  - 日期: 2027-03-01\n    事项: 施行",
    "校核豁免": "\n  - 代码: T009\n    理由: 原件如此",
    **dict.fromkeys(("修订", "废止", "代替", "更正", "解读"), "\n  - 某政发〔2026〕9号"),
}


def front_matter(*fields: str, **changed: str) -> str:
    values = {field: VALUES[field] for field in fields} | changed
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n\n正文。\n"


def found_in(text: str) -> list[tuple[str, str, int]]:
    collector = FindingCollector()
    split(text, "content/2027-1/01.md", collector)
    return [(each.code, each.message, each.place.line) for each in collector.items]


def least(kind: str) -> list[str]:
    """Return the fields that a document of ``kind`` cannot do without."""
    needed = [*NEEDED_BY_ALL, *sorted(KINDS[kind].required)]
    return [*needed, "发文机关"] if kind == "公文" and "发文机关" not in needed else needed


def test_every_field_has_a_value_here() -> None:
    assert VALUES.keys() == FIELDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_needs_what_it_needs_and_nothing_else(kind: str) -> None:
    needed = least(kind)
    assert found_in(front_matter(*needed, 体裁=kind)) == []
    for field in needed:
        rest = [each for each in needed if each != field]
        assert [(code, message) for code, message, _ in found_in(front_matter(*rest, 体裁=kind))] == [
            ("B007", f"文首信息缺少“{field}”。")
        ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("field", sorted(FIELDS - COMMON_FIELDS))
def test_every_field_is_allowed_or_forbidden(kind: str, field: str) -> None:
    issuer = ["发文机关"] if field in ("发文字号", "令号") else []
    fields = list(dict.fromkeys((*least(kind), *issuer, field)))
    text = front_matter(*fields, 体裁=kind)
    allowed = KINDS[kind].need(field) is not Need.FORBIDDEN
    if field in ("发文字号", "令号") and KINDS[kind].need("发文机关") is Need.FORBIDDEN:
        return
    found = found_in(text)
    if allowed:
        assert found == []
    else:
        assert ("B018", f"体裁是“{kind}”的文件不写“{field}”。") in [each[:2] for each in found]
        assert all(line > 1 for _, _, line in found)


def test_a_document_without_a_number_needs_kind_title_and_date_only() -> None:
    for kind in KINDS:
        if "发文字号" not in KINDS[kind].required and kind != "政府令":
            assert found_in(front_matter("标题", "成文日期", 体裁=kind)) == []


def test_an_official_document_for_everybody_needs_neither_release_nor_contact() -> None:
    fields = ("发文字号", "发文机关", "成文日期")
    for title in ("某县人民政府公告", "某县人民政府关于某事的通告", "某县人民政府关于某事的决定"):
        assert found_in(front_matter(*fields, 标题=title)) == []
        assert found_in(front_matter(*fields[1:], 标题=title)) == []
    assert {code for code, _, _ in found_in(front_matter(*fields, 标题="某县人民政府关于某事的通知"))} == {
        "B007"
    }


def test_a_field_that_the_settings_require_is_required_of_a_document_for_everybody() -> None:
    official = regraded(KINDS["公文"], {"政策咨询": Need.REQUIRED})
    assert official.need("政策咨询", "某县人民政府公告") is Need.REQUIRED
    assert official.need("公开方式", "某县人民政府公告") is Need.ALLOWED
    assert official.need("公开方式", "某县人民政府通知") is Need.REQUIRED


def test_an_unknown_kind_is_an_error_with_the_nearest_right_one() -> None:
    collector = FindingCollector()
    assert split(front_matter("标题", "成文日期", 体裁="解读"), "01.md", collector) is None
    (found,) = collector.items
    assert (found.code, found.place.line, found.severity) == ("B008", 4, Severity.ERROR)
    assert "是不是“政策解读”" in found.hint and "大事记" in found.hint


@pytest.mark.parametrize(
    ("fields", "code", "line", "words"),
    [
        ({"令号": "第03号"}, "N021", 2, "第12号"),
        ({"令号": "第十二号"}, "N021", 2, "阿拉伯数字"),
        ({"印刷页码": "十二页"}, "N040", 2, "12—15"),
        ({"印刷页码": "15—12"}, "N040", 2, "12—15"),
        ({"印刷页码": "12【待核：目录写作第13页】"}, "S051", 2, "核对"),
        ({"网址名": "工作报告"}, "B008", 2, "小写字母"),
        ({"有效期": "长期"}, "B008", 2, "有效期至"),
        ({"施行日期": "2027-03-01", "有效期至": "2027-02-01"}, "B009", 3, "核对"),
        ({"有效期": "3年", "有效期至": "2032-01-31"}, "B009", 3, "留一项"),
        ({"有效期": "一二年"}, "B008", 2, "有效期至"),
        ({"废止日期": "2026-12-01"}, "B009", 2, "核对"),
        ({"发文机关": "\n  - 云泽县财政局\n  - 云泽县财政局"}, "B008", 4, "删去一处"),
        ({"发文机关": "[]"}, "B008", 2, "每行写作"),
        ({"签署": "县长"}, "B008", 2, "职务、姓名"),
        ({"签署": "\n  职务: 县长"}, "B007", 3, "姓名"),
        ({"废止": "\n  - 某某旧办法"}, "N001", 3, "机关代字"),
    ],
)
def test_bad_values_are_errors_at_their_place(
    tmp_path: Path, fields: dict[str, str], code: str, line: int, words: str
) -> None:
    root = second_county(tmp_path)
    base = {
        "标题": "云泽县人民政府令",
        "令号": "第13号",
        "发文机关": "云泽县人民政府",
        "成文日期": "2027-01-09",
    }
    values = fields | {key: value for key, value in base.items() if key not in fields} | {"体裁": "政府令"}
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n\n现予公布。\n"
    (root / "content/2027-1/ling.md").write_text(text, "utf-8")
    errors = [
        each
        for each in load(root)[1]
        if each.severity is Severity.ERROR and each.place.path.endswith("/ling.md")
    ]
    assert [(each.code, each.place.line) for each in errors] == [(code, line)]
    assert words in errors[0].hint


@pytest.mark.parametrize(
    ("text", "pages"), [("12", (12, 12)), ("12—15", (12, 15)), ("12-15", (12, 15)), ("3～4", (3, 4))]
)
def test_pages_of_the_issue_on_paper_are_first_and_last(
    tmp_path: Path, text: str, pages: tuple[int, int]
) -> None:
    root = second_county(tmp_path)
    file = root / "content/2027-1/jianghua.md"
    file.write_text(file.read_text("utf-8").replace("---\n", f"---\n印刷页码: {text}\n", 1), "utf-8")
    publication, _ = load(root)
    assert publication is not None
    documents = [document for issue in publication.issues for document in issue.documents]
    assert [each.paper_pages for each in documents if each.path.endswith("2027-1/jianghua.md")] == [pages]
    assert {each.paper_pages for each in documents} == {pages, (0, 0)}


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"有效期": "两年"}, date(2029, 1, 31)),
        ({"有效期": "十二年"}, date(2039, 1, 31)),
        ({"有效期": "5 年", "有效期至": "2032-01-31"}, date(2032, 1, 31)),
        ({"有效期": "5年", "有效期至": "2032-02-01"}, date(2032, 2, 1)),
    ],
)
def test_a_term_may_end_on_the_anniversary_or_the_day_before(fields: dict[str, str], last: date) -> None:
    collector = FindingCollector()
    text = front_matter(
        "标题",
        "发文机关",
        "成文日期",
        **{"体裁": "政府令", "令号": "第1号", "施行日期": "2027-02-01"} | fields,
    )
    front = split(text, "01.md", collector)
    assert front is not None
    policy = policy_data(front.values, date(2027, 1, 9), collector)
    assert (policy.expires, collector.items) == (last, [])


def second_county(tmp_path: Path) -> Path:
    """Return the folder of the second county with the first issue of its year."""
    root = tmp_path / "云泽"
    others = shutil.ignore_patterns("2027-[!1]*")
    shutil.copytree(SECOND_COUNTY / "content", root / "content", ignore=others)
    shutil.copytree(ROOT / "templates", root / "templates")
    return root


def test_a_year_of_another_county_has_no_findings(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    assert findings(root) == []
    publication = examine(root).publication
    assert publication is not None
    kinds = {document.treated_as for issue in publication.issues for document in issue.documents}
    assert kinds == KINDS.keys()


def documents(root: Path) -> dict[str, FullText]:
    publication, found = load(root)
    assert publication is not None, found
    return {
        Path(document.path).stem: document for issue in publication.issues for document in issue.full_texts
    }


def test_addresses_of_documents_without_a_number_are_kind_and_date(tmp_path: Path) -> None:
    found = documents(second_county(tmp_path))
    assert found["jianghua"].slug == "jiang-hua-2027-02-20"
    assert found["baogao"].slug == "bao-gao-2027-01-05-zheng-fu-gong-zuo-bao-gao"
    assert found["ling"].slug == "ling-12"
    assert found["ling"].listed_title == "云泽县人民政府令　云泽县城乡供水管理办法"
    assert found["gongwen"].listed_title == found["gongwen"].title
    assert found["zhuanzai"].slug == "guo-ban-fa-2026-90"
    assert found["jianxun"].kind == "政务简讯" and found["jianxun"].slug == "zi-liao-2027-03-20"


def test_two_of_one_kind_and_day_must_be_told_apart(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    folder = root / "content/2027-1"
    shutil.copy(folder / "jianghua.md", folder / "jianghua2.md")
    issue = folder / "issue.toml"
    issue.write_text(
        issue.read_text("utf-8").replace('"jianghua.md"', '"jianghua.md", "jianghua2.md"'), "utf-8"
    )
    (found,) = findings(root)
    assert found.code == "N012" and "网址名: zai-quan-xian" in found.hint
    second = folder / "jianghua2.md"
    second.write_text(second.read_text("utf-8").replace("成文日期", "网址名: er\n成文日期"), "utf-8")
    assert findings(root) == []
    first = (folder / "jianghua.md").read_text("utf-8")
    title = next(line for line in first.split("\n") if line.startswith("标题: "))
    for number, ending in ((3, "座谈会上的讲话"), (4, "座谈会上的讲话（二）")):
        third = folder / f"jianghua{number}.md"
        third.write_text(first.replace(title, title[:6] + ending), "utf-8")
        issue.write_text(
            issue.read_text("utf-8").replace('"jianghua2.md"', f'"jianghua{number}.md", "jianghua2.md"'),
            "utf-8",
        )
    hints = [each.hint for each in findings(root) if each.code == "N012"]
    names = [hint.split("网址名: ")[1].split("”")[0] for hint in hints]
    assert len(set(names)) == 2 and all(name.startswith("zuo-tan-hui-shang") for name in names)


def test_an_issuer_without_a_code_is_registered_by_its_name(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    gazette = root / "content/gazette.toml"
    assert findings(root) == []
    text = gazette.read_text("utf-8")
    gazette.write_text(
        text.replace('[["发文机关"]]', '[["发文机关"]]\n"名称" = "云泽县档案馆"\n\n[["发文机关"]]', 1),
        "utf-8",
    )
    assert findings(root) == []
    gazette.write_text(gazette.read_text("utf-8").replace('档案馆"', '档案馆"\n"机关代字" = []', 1), "utf-8")
    assert findings(root) == []


def test_a_reprint_is_outside_the_numbering_and_has_nothing_of_the_county(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    file = root / "content/2027-1/zhuanzai.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("国办发〔2026〕90号", "云政发〔2026〕90号"), "utf-8")
    assert [each.code for each in findings(root)] == [
        "N024"
    ]  # But for the codes of the county's own issuers.
    file.write_text(text.replace("〔2026〕90号", "〔2025〕9号").replace("2026-12-01", "2025-01-02"), "utf-8")
    assert findings(root) == []  # It may be as old as the original is.
    file.write_text(
        text.replace(
            "来源:", "政策咨询:\n  责任单位: 甲\n  责任股室: 乙\n  责任人: 丙\n  电话: 0990-2200000\n来源:"
        ),
        "utf-8",
    )
    assert [each.code for each in findings(root)] == ["B018"]


def test_a_joint_document_is_listed_under_each_office_and_signed_by_all(tmp_path: Path) -> None:
    from liulin_gazette.web.registers import by_issuer

    root = second_county(tmp_path)
    joint = documents(root)["lianhe"]
    assert joint.issuers == ("云泽县财政局", "云泽县农业农村局", "虚州市生态环境局云泽分局")
    assert joint.title_lines[:3] == ("云泽县财政局　", "云泽县农业农村局　", "虚州市生态环境局云泽分局")
    assert "".join(joint.title_lines) == joint.title
    publication = examine(root).publication
    assert publication is not None
    groups = {
        group.name: [document.slug for _, document in group.entries] for group in by_issuer(publication)
    }
    assert all(joint.slug in groups[issuer] for issuer in joint.issuers)


def test_an_unregistered_joint_issuer_is_found_at_its_line(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    file = root / "content/2027-1/lianhe.md"
    file.write_text(file.read_text("utf-8").replace("  - 云泽县农业农村局", "  - 云泽县农村局"), "utf-8")
    found = next(each for each in findings(root) if each.code == "N011")
    assert found.place.line == 6 and "云泽县农业农村局" in found.hint


def test_kinds_of_the_settings(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    settings = root / "content/gazette.toml"
    text = settings.read_text("utf-8")
    for old, new, code, words in (
        ('"同" = "资料"', '"同" = "材料"', "B008", "是不是“资料”"),
        ('"同" = "资料"', '', "B007", "同"),
        ('"可填" = ["公开方式", "政策咨询"]', '"可填" = ["公开"]', "B008", "公开方式"),
        ('"可填" = ["公开方式", "政策咨询"]', '"必填" = ["主送"]\n"不填" = ["主送"]', "B008", "留一处"),
        ('"可填" = ["公开方式", "政策咨询"]', '"不填" = ["标题"]', "B008", "删去"),
        ('"名称" = "政务简讯"', '"名称" = "公文"', "B006", "合成一处"),
    ):  # fmt: skip
        assert old in text
        settings.write_text(text.replace(old, new), "utf-8")
        found = next(each for each in load(root)[1] if each.place.path.endswith("gazette.toml"))
        assert found.code == code and words in found.hint, (new, found)


def test_validity_changes_on_the_days_that_are_declared(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    file = root / "content/2027-1/gongwen.md"
    new = "施行日期: 2028-02-01\n修订:\n  - 云泽县人民政府令第12号\n主送:"
    file.write_text(file.read_text("utf-8").replace("主送:", new), "utf-8")
    publication = load(root)[0]
    assert publication is not None
    declared, order = declarations(publication), documents(root)["ling"]
    assert [(each.day, each.act) for each in validity_changes(order, declared)] == [
        (date(2027, 3, 1), "施行"),
        (date(2028, 2, 1), "修订"),
        (date(2032, 3, 1), "失效"),
    ]
    states = [
        validity(order, declared, day)
        for day in (date(2027, 2, 1), date(2027, 3, 1), date(2028, 2, 1), date(2032, 3, 1))
    ]
    assert states == ["尚未施行", "", "已修订", "失效"]


@pytest.mark.parametrize(
    ("policy", "on_first", "pending"),
    [
        # What the document states does not outlast what comes about later.
        (PolicyData(validity="现行有效"), "现行有效", [(date(2026, 7, 1), "废止", "已废止")]),
        (PolicyData(validity="部分失效"), "部分失效", [(date(2026, 7, 1), "废止", "已废止")]),
        (PolicyData(validity="已废止"), "已废止", []),
        (PolicyData(repealed=date(2026, 6, 1), expires=date(2031, 2, 28)), "已废止", []),
        (
            PolicyData(expires=date(2026, 6, 14)),
            "",
            [(date(2026, 6, 15), "失效", "失效"), (date(2026, 7, 1), "废止", "已废止")],
        ),
        (PolicyData(expires=date(2026, 8, 1)), "", [(date(2026, 7, 1), "废止", "已废止")]),
        (
            PolicyData(effective=date(2026, 7, 1)),
            "尚未施行",
            [(date(2026, 7, 1), "废止", "已废止"), (date(2026, 7, 1), "施行", "已废止")],
        ),
    ],
)
def test_what_the_script_will_state_is_what_a_later_build_states(
    publication: Publication, policy: PolicyData, on_first: str, pending: list[tuple[date, str, str]]
) -> None:
    issue = publication.issues[0]
    old, new = issue.documents[:2]
    old = replace(old, policy=policy)
    repealing = PolicyData(effective=date(2026, 7, 1))
    new = replace(new, relations=(Relation("废止", old.identifier),), policy=repealing)
    issue = replace(issue, sections=(replace(issue.sections[0], documents=(old, new)),))
    declared = declarations(replace(publication, issues=(issue,)))
    first = date(2026, 6, 5)
    assert validity(old, declared, first) == on_first
    changes = list(pending_changes(old, declared, first))
    assert [(each.day, each.act, each.state) for each in changes] == pending
    for day in (first + timedelta(days=passed) for passed in range(0, 2000, 5)):
        by_script = next((each.state for each in reversed(changes) if each.day <= day), on_first)
        assert by_script == validity(old, declared, day), day


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("废止:\n  - 云政发〔2019〕4号\n", "", "C025"),
        ("施行日期: 2027-03-01", "施行日期: 2027-04-01", "C026"),
        ("有效期: 5年", "有效期: 3年", "C027"),
        ("有效期: 5年", "有效期至: 2032-02-29", ""),
    ],
)
def test_the_text_agrees_with_the_fields(tmp_path: Path, old: str, new: str, code: str) -> None:
    root = second_county(tmp_path)
    file = root / "content/2027-1/ling.md"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert [each.code for each in findings(root)] == ([code] if code else [])


def test_a_whole_issue_of_all_kinds_is_built(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    result = build(root, Wanted(jobs=1, site_only=True), lambda _: None)
    assert not result.failed
    site = root / "output/site/2027/1"

    def page(slug: str) -> str:
        return (site / slug / "index.html").read_text("utf-8")

    speech = page("jiang-hua-2027-02-20")
    assert "发文字号" not in speech and "此件公开发布" not in speech and "政策咨询</h2>" not in speech
    assert "（2027年2月20日）" in speech and 'class="signature"' not in speech
    order = page("ling-12")
    assert "第12号" in order and ">县长</span>　" in order and "本文件有政策解读，见" in order
    assert "自施行之日起5年" in order and "2032年2月29日" in order
    assert "本文件解读" in page("zheng-ce-jie-du-2027-01-09")
    assert "来源：" in page("guo-ban-fa-2026-90")
    assert "本文件有更正，见" in page("bao-gao-2027-01-05-zheng-fu-gong-zuo-bao-gao")
    data = json.loads((site / "yun-cai-fa-2027-3/yun-cai-fa-2027-3.json").read_text("utf-8"))
    assert data["联合发文"] == ["云泽县财政局", "云泽县农业农村局", "虚州市生态环境局云泽分局"]
    assert data["体裁"] == "公文"


def test_a_reprint_is_signed_only_where_the_original_is(tmp_path: Path) -> None:
    root = second_county(tmp_path)
    file = root / "content/2027-1/zhuanzai.md"
    assert any(isinstance(block, Signature) for block in documents(root)["zhuanzai"].blocks)
    file.write_text(file.read_text("utf-8").partition("\n::: 落款")[0], "utf-8")
    assert not any(isinstance(block, Signature) for block in documents(root)["zhuanzai"].blocks)


def test_nothing_is_signed_that_the_original_does_not_sign(project: Path, edit: Edit) -> None:
    text = "---\n体裁: 讲话\n标题: 讲话\n成文日期: 2026-02-06\n---\n\n同志们：\n\n::: 落款\n:::\n"
    (project / "content/2026-1/01.md").write_text(text, "utf-8")
    assert [each.code for each in findings(project)] == ["S022"]
