"""``new document``: which questions are asked of which kind, what is proposed, and what is asked again."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.model.kinds import KINDS
from liulin_gazette.pipeline.examination import examine
from tests.commands.test_desk_commands import Capture, tree
from tests.conftest import Edit

Answers = Callable[[list[tuple[str, str]]], list[str]]
OFFICE = "柳林县人民政府办公室"
BUREAU = "柳林县林业局"
NOTICE = [("体裁", ""), ("标题", "柳林县林业局关于护林的通知"), ("成文日期", "2026-02-09")]
CONTACT = [("责任单位", ""), ("责任股室", "森防办"), ("责任人", "刘荣"), ("电话", "0358-4022294")]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Return a function that gives the answers to a dialogue: what each question begins with, and the answer.

    It returns the list of questions that have been asked. An answer ``EOF`` ends the input.
    """
    asked: list[str] = []

    def prepare(dialogue: list[tuple[str, str]]) -> list[str]:
        left = iter(dialogue)

        def answer(question: str = "") -> str:
            asked.append(question)
            label, reply = next(left)
            assert question.startswith(label), (question, label)
            if reply == "EOF":
                raise EOFError
            return reply

        monkeypatch.setattr(builtins, "input", answer)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        return asked

    return prepare


def written(project: Path, name: str = "02.md") -> str:
    return (project / "content/2026-1" / name).read_text("utf-8")


def front(text: str) -> list[str]:
    """Return the names of the fields in the front matter of ``text``."""
    lines = text.split("---\n")[1].splitlines()
    return [line.partition(":")[0] for line in lines if not line.startswith(" ")]


def errors(project: Path) -> list[str]:
    return [
        f"{each.code} {each.message}"
        for each in examine(project).diagnostics
        if each.severity.value == "错误"
    ]


def test_a_notice_proposes_the_next_number_and_keeps_all_answers_when_one_is_wrong(
    project: Path, edit: Edit, answers: Answers, capsys: Capture
) -> None:
    edit(
        "2026-1/issue.toml",
        '"文件" = ["01.md"]',
        '"文件" = ["01.md"]\n\n[["栏目"]]\n"名称" = "任免"\n"文件" = []',
    )
    edit("gazette.toml", '["柳林发"]', '["柳林发", "柳林函"]')
    asked = answers(
        [
            ("体裁（直接回车用“公文”", "公告文"),
            ("体裁", "1"),
            ("栏目", "3"),
            ("栏目", "部门"),
            ("标题", ""),
            ("标题", "柳林县林业局关于护林的通知"),
            ("成文日期", "2月9日"),
            ("成文日期", "2026-02-09"),
            ("发文机关", "柳林县民政局"),
            ("发文机关", "林业"),
            ("发文字号（直接回车用“柳林发〔2026〕10号”", "柳林发[2026]10号"),
            ("发文字号", "柳卫字〔2026〕1号"),
            ("发文字号", "柳林发〔2025〕1号"),
            ("发文字号", "柳林发〔2026〕9号"),
            ("发文字号", "2"),
            ("主送（没有的直接回车）", "局属各单位"),
            ("主送", "局属各单位："),
            ("公开方式（直接回车用“此件公开发布”", ""),
            *CONTACT,
            ("照上面写吗", "y"),
        ]
    )
    assert main(["new", "document", "2026-1"], project) == 0
    said = capsys.readouterr().out
    for fault in (
        "没有“公告文”这个体裁。可用的有：公文、政府令、",
        "没有“3”这个栏目。可用的有：县政府部门文件、任免。",
        "要写标题。",
        "日期“2月9日”写法不对，写作 2026-03-06 的样子。",
        "没有“柳林县民政局”这个发文机关。可用的有：柳林县人民政府办公室、",
        "应写作“柳林发〔2026〕10号”。",
        "机关代字“柳卫字”不是柳林县林业局的，可用的有：柳林发、柳林函。",
        "字号的年份（2025）与成文日期（2026-02-09）不是同一年。",
        "“柳林发〔2026〕9号”已经用过：content/2026-1/01.md《柳林县林业局关于加强护林工作的通知》。",
        "  2  柳林函〔2026〕1号",
        "主送机关以全角冒号“：”结尾。",
        "接着在 content/2026-1/02.md 里写正文。",
    ):
        assert fault in said
    assert len(asked) == 23 and errors(project) == []
    assert (
        written(project)
        == """---
标题: 柳林县林业局关于护林的通知
发文字号: 柳林函〔2026〕1号
发文机关: 柳林县林业局
成文日期: 2026-02-09
公开方式: 此件公开发布
主送: 局属各单位：
政策咨询:
  责任单位: 柳林县林业局
  责任股室: 森防办
  责任人: 刘荣
  电话: 0358-4022294
---

正文……
"""
    )


NUMBERED = ["体裁", "标题", "发文字号", "发文机关", "成文日期"]
KIND_DIALOGUES: Mapping[str, tuple[list[tuple[str, str]], list[str]]] = {
    "政府令": (
        [("发文机关", "1"), ("令号（直接回车用“第1号”", ""), ("签署人的职务", "县长"), ("签署人的姓名", "张三"), ("责任单位", "")],
        ["体裁", "标题", "发文机关", "成文日期", "令号", "签署"],
    ),
    "人事任免": (
        [("发文机关", "3"), ("发文字号（没有的直接回车）", "1"), ("主送", ""), ("公开方式（没有的直接回车）", "")],
        NUMBERED,
    ),
    "讲话": ([("发文机关", "")], ["体裁", "标题", "成文日期"]),
    "报告": ([("发文机关", "")], ["体裁", "标题", "成文日期"]),
    "大事记": ([("发文机关", "")], ["体裁", "标题", "成文日期"]),
    "资料": ([("发文机关", "")], ["体裁", "标题", "成文日期"]),
    "统计公报": ([("发文机关", ""), ("责任单位", "")], ["体裁", "标题", "成文日期"]),
    "政策解读": (
        [("发文机关", ""), ("解读的是哪一份", "柳林发2026"), ("解读的是哪一份", "柳林发〔2026〕9号"), ("责任单位", "")],
        ["体裁", "标题", "成文日期", "解读"],
    ),
    "更正": (
        [("发文机关", ""), ("更正的是哪一份", "柳林发〔2026〕9号、柳林发〔2026〕8号")],
        ["体裁", "标题", "成文日期", "更正"],
    ),
    "转载": (
        [
            ("发文机关（没有的直接回车）", "国务院办公厅"), ("发文字号（没有的直接回车）", "国办发〔2026〕1号"),
            ("来源", "《国务院公报》2026年第2号第3页"), ("主送", "各省人民政府："), ("公开方式（没有的直接回车）", ""),
        ],
        [*NUMBERED, "来源", "主送"],
    ),
    "公示": (
        [("发文机关", ""), ("主送", ""), ("公开方式", ""), ("责任单位", "")],
        ["体裁", "标题", "成文日期"],
    ),
}  # fmt: skip


def test_each_kind_has_its_dialogue() -> None:
    assert KIND_DIALOGUES.keys() | {"公文"} == KINDS.keys()


@pytest.mark.parametrize("kind", KIND_DIALOGUES)
def test_the_questions_follow_from_the_kind(project: Path, answers: Answers, kind: str) -> None:
    dialogue, fields = KIND_DIALOGUES[kind]
    asked = answers([("标题", "某事"), ("成文日期", "2026-02-09"), *dialogue, ("照上面写吗", "y")])
    assert main(["new", "document", "2026-1", "--kind", kind], project) == 0
    assert len(asked) == len(dialogue) + 3
    assert front(written(project)) == fields
    assert [each for each in errors(project) if "C024" not in each] == []


def test_a_joint_document_has_the_number_of_the_first_issuer(project: Path, answers: Answers) -> None:
    answers(
        [
            ("发文机关，可以写几个", "3、2"),
            ("发文字号", "1"),
            ("照上面写吗", "y"),
        ]
    )
    words = [
        "--kind",
        "公文",
        "--title",
        "关于护林的公告",
        "--date",
        "2026-02-09",
        "--release",
        "此件公开发布",
        "--unit",
        "x",
    ]
    more = ["--office", "x", "--person", "x", "--phone", "0358-4022294"]
    assert main(["new", "document", "2026-1", *words, *more], project) == 0
    assert "发文机关:\n  - 柳林县林业局\n  - 柳林县工信和科技局\n" in written(project)


def test_a_kind_and_a_field_of_gazette_toml_are_asked_for(
    project: Path, edit: Edit, answers: Answers
) -> None:
    kinds = '[["体裁"]]\n"名称" = "简讯"\n"同" = "资料"\n"必填" = ["索引号", "施行日期", "题注"]\n"不填" = ["发文机关"]\n\n["封底"]'
    edit("gazette.toml", '["封底"]', kinds)
    required = [("施行日期", "三月"), ("施行日期", "2026-03-01"), ("索引号", "A1"), ("题注", "甲、乙")]
    dialogue = [
        ("体裁", "简讯"),
        ("标题", "某事"),
        ("成文日期", "2026-02-09"),
        *required,
        ("照上面写吗", "y"),
    ]
    asked = answers(dialogue)
    assert main(["new", "document", "2026-1"], project) == 0
    assert len(asked) == len(dialogue) and errors(project) == []
    assert front(written(project)) == ["体裁", "标题", "成文日期", "施行日期", "索引号", "题注"]


def test_a_second_document_of_a_day_is_asked_for_the_end_of_its_address(
    project: Path, answers: Answers, capsys: Capture
) -> None:
    words = ["new", "document", "2026-1", "--kind", "讲话", "--date", "2026-02-09"]
    assert main([*words, "--title", "讲话", "--yes"], project) == 0
    name = ("网址名（同一天已有一份，网址以它区别）（直接回车用“jiang-hua”）", "讲话二")
    answers([("标题", "讲话"), ("发文机关", ""), name, ("网址名", ""), ("照上面写吗", "y")])
    assert main(words, project) == 0
    assert "网址名用小写字母" in capsys.readouterr().out
    assert "网址名: jiang-hua\n" in written(project, "03.md") and errors(project) == []


def test_the_next_number_counts_unfinished_files_and_unpublished_numbers(
    project: Path, edit: Edit, answers: Answers
) -> None:
    edit("2026-1/01.md", "成文日期: 2026-02-06", "成文日期: 昨天")
    edit("gazette.toml", '["封底"]', '["校核"]\n"不公开文号" = ["柳林发〔2026〕10号"]\n\n["封底"]')
    answers([*NOTICE, ("发文机关", "3"), ("发文字号（直接回车用“柳林发〔2026〕11号”", "EOF")])
    assert main(["new", "document", "2026-1"], project) == 1


@pytest.mark.parametrize("end", ["EOF", "n"])
def test_what_is_broken_off_leaves_nothing(
    project: Path, answers: Answers, end: str, capsys: Capture
) -> None:
    before = tree(project)
    answers(
        [
            *NOTICE,
            ("发文机关", "3"),
            ("发文字号", ""),
            ("主送", ""),
            ("公开方式", ""),
            *CONTACT,
            ("照上面写吗", end),
        ]
    )
    assert main(["new", "document", "2026-1"], project) == 1
    said = capsys.readouterr()
    assert "没有答完，什么都没有写。" in said.err if end == "EOF" else "没有写。" in said.out
    assert tree(project) == before and not (project / ".undo").exists()


def test_an_interruption_leaves_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(question: str = "") -> str:
        raise KeyboardInterrupt

    before = tree(project)
    monkeypatch.setattr(builtins, "input", interrupted)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    with pytest.raises(KeyboardInterrupt):
        main(["new", "document", "2026-1"], project)
    assert tree(project) == before and not (project / ".undo").exists()


PLAIN = ["--title", "某事", "--date", "2026-02-09"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--kind", "讲活"], "没有“讲活”这个体裁。可用的有：公文、政府令、人事任免、讲话、"),
        (["--kind", "讲话", "--number", "柳林发〔2026〕10号"], "体裁是“讲话”的文件不写“发文字号”，不要用 --number。“发文字号”是公文、人事任免、转载、公示的项目。"),
        (["--issuer", BUREAU, "--number", "柳林发〔2026〕10号", "--corrects", "柳林发"], "发文字号“柳林发”"),
        (["--kind", "更正", "--corrects", "第9号"], "发文字号“第9号”"),
        (["--kind", "政府令", "--issuer", OFFICE], "缺少令号，用 --order 写明。下一个是第1号。"),
        (["--kind", "政府令", "--issuer", OFFICE, "--order", "012"], "令号“012”写法不对"),
        (["--kind", "讲话", "--address-name", "讲话"], "网址名用小写字母"),
        (["--kind", "讲话", "--date", "2026-2-9"], "日期“2026-2-9”写法不对，写作 2026-03-06 的样子。"),
        (["--issuer", BUREAU], "缺少发文字号，用 --number 写明。下一个是 柳林发〔2026〕10号。"),
        (["--issuer", "柳林县民政局", "--number", "柳民发〔2026〕1号"], "没有“柳林县民政局”这个发文机关。可用的有："),
        (["--issuer", f"{BUREAU}、{BUREAU}", "--number", "柳林发〔2026〕10号"], "“柳林县林业局”写了两次。"),
        (["--issuer", "3", "--number", "柳林发〔2026〕10号"], "没有“3”这个发文机关。"),
        (["--issuer", BUREAU, "--number", "柳林发〔2026〕10号", "--addressees", "各乡镇"], "以全角冒号“：”结尾。"),
        (["--kind", "人事任免", "--number", "柳林发〔2026〕10号"], "写了发文字号的，要写发文机关。"),
    ],
)  # fmt: skip
def test_an_option_that_cannot_be_used_is_said(
    project: Path, words: list[str], said: str, capsys: Capture
) -> None:
    before = tree(project)
    assert main(["new", "document", "2026-1", *PLAIN, *words, "--yes"], project) == 1
    assert said in capsys.readouterr().err
    assert tree(project) == before


def test_options_write_each_field(project: Path) -> None:
    order = [
        "--kind",
        "政府令",
        "--issuer",
        OFFICE,
        "--order",
        "第3号",
        "--post",
        "县长",
        "--signatory",
        "张三",
    ]
    assert main(["new", "document", "2026-1", *PLAIN, *order, "--yes"], project) == 0
    assert "令号: 第3号\n签署:\n  职务: 县长\n  姓名: 张三\n---" in written(project)
    reprint = [
        "--kind",
        "转载",
        "--issuer",
        "国务院",
        "--source",
        "《国务院公报》",
        "--number",
        "国发〔2026〕1号",
    ]
    assert main(["new", "document", "2026-1", *PLAIN, *reprint, "--yes"], project) == 0
    assert "来源: 《国务院公报》\n---" in written(project, "03.md")
    note = [
        "--kind",
        "政策解读",
        "--explains",
        "柳林发〔2026〕9号、guo-fa-2026-1",
        "--address-name",
        "jie-du",
    ]
    assert main(["new", "document", "2026-1", *PLAIN, *note, "--yes"], project) == 0
    assert "解读:\n  - 柳林发〔2026〕9号\n  - guo-fa-2026-1\n网址名: jie-du\n---" in written(project, "04.md")
    assert errors(project) == []


def test_nothing_is_asked_for_an_issue_that_is_not_there(
    project: Path, answers: Answers, capsys: Capture
) -> None:
    asked = answers([])
    assert main(["new", "document", "2026-2"], project) == 1
    assert asked == [] and "还没有 2026-2 这一期" in capsys.readouterr().err
