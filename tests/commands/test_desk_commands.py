"""The editor's commands as typed: what they print, write, refuse and undo."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from liulin_gazette.cli import COMMANDS, main, usage
from liulin_gazette.editing.changes import EditingError, apply, file_change, undo
from liulin_gazette.editing.issue_file import add_to_section
from liulin_gazette.editing.new_files import document_text
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.manuscript import Manuscript
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.front_matter import split
from tests.conftest import Edit

Capture = pytest.CaptureFixture[str]
DOCUMENT = [
    "--section", "县政府部门文件", "--title", "柳林县林业局关于护林的通知", "--number", "柳林发〔2026〕10号",
    "--issuer", "柳林县林业局", "--date", "2026-03-06", "--office", "森防办", "--person", "刘荣", "--phone", "0358-4022294",
]  # fmt: skip


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "content").rglob("*"))
        if path.is_file()
    }


def test_help_names_every_command(capsys: Capture) -> None:
    assert main(["--help"]) == 0
    assert capsys.readouterr().out.strip() == usage()
    assert all(f"  {name}" in usage() for name in COMMANDS)
    for name in COMMANDS:
        if name != "sign":
            assert main([name, "--help"]) == 0
            assert "用法：" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--frmat", "json"], "不认识“--frmat"),
        (["check", "--format", "xml"], "没有“xml”这个选择"),
        (["bild"], "不认识“bild”"),
        (["2026-9"], "没有 2026-9 这一期"),
        (["new", "issue", "2026"], "写作“2026”不对"),
        (["new"], "缺少"),
        (["build", "--jobs", "x"], "写作“x”不对"),
        (["build", "--jobs", "0"], "--jobs 至少是 1。"),
        (["build", "--jobs=-3"], "--jobs 至少是 1。"),
    ],
)
def test_slips_are_answered_in_chinese(project: Path, words: list[str], said: str, capsys: Capture) -> None:
    assert main(words, project) == 2
    assert said in capsys.readouterr().err


def test_new_issue_and_document_are_sound_at_once(project: Path, capsys: Capture) -> None:
    before = tree(project)
    assert main(["new", "issue", "--yes"], project) == 0
    text = (project / "content/2026-2/issue.toml").read_text("utf-8")
    assert '"总期号" = 31\n"出版日期" = 2026-04-30\n' in text
    assert main(["new", "document", "2026-2", *DOCUMENT, "--yes"], project) == 0
    assert '"文件" = ["01.md"]' in (project / "content/2026-2/issue.toml").read_text("utf-8")
    examined = examine(project)
    assert examined.publication is not None
    assert [issue.name for issue in examined.publication.issues] == ["2026-1", "2026-2"]
    assert not [each for each in examined.diagnostics if each.severity.value == "错误"]
    capsys.readouterr()
    assert main(["undo", "--yes"], project) == main(["undo", "--yes"], project) == 0
    assert tree(project) == before
    assert main(["undo", "--yes"], project) == 0
    assert "没有可以撤销的改动" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["new", "issue", "--yes"], ["intake", "-", "--yes"], ["status"], ["diff", "2026-1", "."]]
)
def test_commands_that_need_the_settings_say_so(project: Path, words: list[str], capsys: Capture) -> None:
    (project / "content/gazette.toml").write_text("名称 = ", "utf-8")
    assert main(words, project) == 1
    assert capsys.readouterr().err == "content/gazette.toml 读不懂。先运行 python3 build.py check 改正。\n"


def test_nothing_is_written_unasked(project: Path, capsys: Capture) -> None:
    before = tree(project)
    assert main(["new", "issue"], project) == 1
    assert "加上 --yes" in capsys.readouterr().err
    assert tree(project) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "issue", "2026-1", "--yes"], "已经有了"),
        (["new", "issue", "--date", "2月", "--yes"], "写法不对"),
        (["new", "document", "2026-3", *DOCUMENT, "--yes"], "还没有 2026-3 这一期"),
        (["new", "document", "2026-1", *DOCUMENT, "--section", "规章", "--yes"], "没有“规章”这个栏目"),
        (
            ["new", "document", "2026-1", *DOCUMENT, "--number", "柳林发[2026]10号", "--yes"],
            "柳林发〔2026〕10号",
        ),
    ],
)
def test_what_cannot_be_made_is_said(project: Path, words: list[str], said: str, capsys: Capture) -> None:
    before = tree(project)
    assert main(words, project) == 1
    assert said in capsys.readouterr().err
    assert tree(project) == before


def test_numbers_skip_what_was_declared(project: Path) -> None:
    gazette = project / "content/gazette.toml"
    exceptions = '\n[["期号例外"]]\n"年" = 2026\n"期" = {}\n"类别" = "{}"\n'
    gazette.write_text(gazette.read_text("utf-8") + exceptions.format(2, "停刊"), "utf-8")
    assert main(["new", "issue", "--yes"], project) == 0
    text = (project / "content/2026-3/issue.toml").read_text("utf-8")
    assert '"总期号" = 31\n' in text and "2026-06-30" in text


def test_comments_and_order_of_the_issue_file_stay() -> None:
    text = '# 说明\n"年" = 2026\n\n[["栏目"]]\n"名称" = "甲" # 一\n"文件" = [\n  "01.md", # 先\n]\n'
    made = add_to_section(text.encode(), "", "02.md").decode()
    assert made.startswith('# 说明\n"年" = 2026\n\n[["栏目"]]\n"名称" = "甲" # 一\n')
    assert '"01.md", # 先' in made and '"02.md"' in made


def test_values_of_any_kind_read_back(project: Path) -> None:
    from liulin_gazette.editing.new_files import NewDocument
    from liulin_gazette.model.document import Contact

    hard = '甲: 乙 #丙 "丁" [戊]'
    contact = Contact(hard, "- 股", "'人'", "*1")
    text = document_text(
        NewDocument(hard, "柳林发〔2026〕1号", "是", "2026-01-01", "各镇：", contact=contact)
    )
    findings = FindingCollector()
    front = split(text, "x.md", findings)
    assert front is not None, findings.items
    assert front.values["标题"].text == hard
    assert front.values["政策咨询"].fields["责任单位"][0] == hard


@pytest.mark.parametrize(("written", "mended"), [("柳林发20269号", "柳林发〔2026〕9号"), ("柳林发269号", "")])
def test_fix_writes_a_number_without_brackets_only_if_its_year_is_clear(
    project: Path, edit: Edit, written: str, mended: str
) -> None:
    edit("2026-1/01.md", "柳林发〔2026〕9号", written)
    assert main(["check", "--fix", "--yes"], project) == (0 if mended else 1)
    assert f"发文字号: {mended or written}\n" in (project / "content/2026-1/01.md").read_text("utf-8")


def test_fix_mends_only_what_is_certain(project: Path, edit: Edit, capsys: Capture) -> None:
    body = "按照《意见》（国办发[2020]第53号）加强巡护,严防 死守。涉及2.5米，会报情况(含附件)。"
    edit("2026-1/01.md", "请认真执行。", body)
    before = tree(project)
    assert main(["check", "--fix"], project) == 1
    assert tree(project) == before
    assert main(["check", "--fix", "--yes"], project) == 0
    said = capsys.readouterr().out
    text = (project / "content/2026-1/01.md").read_text("utf-8")
    mended = "按照《意见》（国办发〔2020〕53号）加强巡护，严防死守。涉及2.5米，会报情况（含附件）。"
    assert mended in text
    assert f"-{body}" in said and f"+{mended}" in said
    assert main(["undo", "--yes"], project) == 0
    assert tree(project) == before


def test_fix_keeps_line_ends_and_byte_order_mark(project: Path) -> None:
    file = project / "content/2026-1/01.md"
    text = file.read_text("utf-8").replace("请认真执行。", "加强巡护,严防死守。")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert main(["check", "--fix", "--yes"], project) == 0
    assert file.read_bytes() == b"\xef\xbb\xbf" + text.replace(",", "，").replace("\n", "\r\n").encode()


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--format", "github"], ["--fix", "--yes"]])
def test_an_error_in_another_issue_counts_and_is_told(
    project: Path, options: list[str], capsys: Capture
) -> None:
    assert main(["check", "2026-1", *options], project) == 0
    assert "以外还有错误" not in capsys.readouterr().err
    shutil.copytree(project / "content/2026-1", project / "content/2026-2")
    assert main(["check", "2026-1", *options], project) == 1
    assert "2026-1 以外还有错误 " in capsys.readouterr().err
    assert main(["check", *options], project) == 1
    assert "以外还有错误" not in capsys.readouterr().err


def test_an_error_of_the_settings_counts_and_is_told(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("gazette.toml", '"刊期"', '"期刊"')
    assert main(["check", "2026-1"], project) == 1
    assert "2026-1 以外还有错误 " in capsys.readouterr().err


def test_fix_keeps_each_line_end_of_a_file_that_mixes_them(project: Path) -> None:
    file = project / "content/2026-1/01.md"
    text = file.read_text("utf-8").replace("请认真执行。", "加强巡护,严防死守。\r\n\r\n照此办理。")
    file.write_bytes(text.encode())
    assert main(["check", "--fix", "--yes"], project) == 0
    assert file.read_bytes() == text.replace(",", "，").encode()


def test_an_undo_that_would_lose_work_is_refused(project: Path) -> None:
    path = "content/2026-1/01.md"
    apply(project, "试", (file_change(project, path, "新".encode()),))
    (project / path).write_text("又改", "utf-8")
    with pytest.raises(EditingError, match="后来又改过"):
        undo(project)
    stale = file_change(project, path, b"x")
    (project / path).write_text("再改", "utf-8")
    with pytest.raises(EditingError, match="刚刚被别的程序改过"):
        apply(project, "试", (stale,))
    assert (project / path).read_text("utf-8") == "再改"


@pytest.mark.parametrize("journal", [None, "", "[]", "{}", '{"title": "试", "files": [1]}'])
def test_a_step_that_cannot_be_read_is_not_undone(
    project: Path, journal: str | None, capsys: Capture
) -> None:
    path = "content/2026-1/01.md"
    apply(project, "试", (file_change(project, path, "新".encode()),))
    (step,) = (project / ".undo").iterdir()
    (step / "journal.json").unlink()
    if journal is not None:
        (step / "journal.json").write_text(journal, "utf-8")
    assert main(["undo", "--yes"], project) == 1
    assert "没有撤销" in capsys.readouterr().err
    assert (project / path).read_text("utf-8") == "新"


def test_an_undo_that_cannot_be_written_changes_nothing(project: Path) -> None:
    names = ("content/2026-1/01.md", "content/2026-1/issue.toml")
    before = tree(project)
    apply(project, "试", [file_change(project, name, "新".encode()) for name in names])
    obstacle = project / "content/2026-1/.issue.toml.partial"
    obstacle.mkdir()
    with pytest.raises(EditingError, match="没有撤销"):
        undo(project)
    assert [(project / name).read_text("utf-8") for name in names] == ["新", "新"]
    obstacle.rmdir()
    assert undo(project) is not None
    assert tree(project) == before and undo(project) is None


def test_what_could_not_be_written_is_no_step(project: Path) -> None:
    name = "content/2026-1/01.md"
    before = tree(project)
    apply(project, "一", [file_change(project, name, b"1")])
    obstacle = project / "content/2026-1/.issue.toml.partial"
    obstacle.mkdir()
    with pytest.raises(EditingError, match="什么都没有改"):
        changes = [file_change(project, each, b"2") for each in (name, "content/2026-1/issue.toml")]
        apply(project, "二", changes)
    obstacle.rmdir()
    undone = undo(project)
    assert undone and undone.title == "一" and tree(project) == before


def test_a_step_that_was_killed_half_way_is_undone(project: Path) -> None:
    names = ("content/2026-1/01.md", "content/2026-1/issue.toml")
    before = tree(project)
    first = (project / names[0]).read_bytes()
    apply(project, "试", [file_change(project, name, b"1") for name in names])
    (project / names[0]).write_bytes(first)  # as if it had not been written yet
    assert undo(project) and tree(project) == before


@pytest.mark.parametrize("words", [["proof"], ["diff", "2026-1", "content/2026-1"], ["intake", "来稿.txt"]])
def test_a_template_with_a_fault_is_named(
    project: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project)
    (project / "来稿.txt").write_text("关于护林的通知\n请认真执行。\n", "utf-8")
    for file in (project / "templates").rglob("*.html"):
        file.write_text("{% if %}", "utf-8")
    assert main(words, project) == 3
    assert "写法不对" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["proof"], ["diff", "2026-1", "content/2026-1"], ["intake", "来稿.txt"]])
def test_output_that_cannot_be_written_is_said(
    project: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project)
    (project / "来稿.txt").write_text("关于护林的通知\n请认真执行。\n", "utf-8")
    (project / "output").write_text("", "utf-8")
    assert main(words, project) == 3
    assert "output" in capsys.readouterr().err


def test_a_fault_at_one_manuscript_does_not_end_the_others(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project)
    (project / "output").mkdir(exist_ok=True)
    for name in ("甲", "乙"):
        (project / f"{name}.txt").write_text("关于护林的通知\n请认真执行。\n", "utf-8")

    def recognised(manuscript: Manuscript) -> Intake:
        if manuscript.name == "甲.txt":
            raise IndexError("甲")
        return recognise(manuscript)

    monkeypatch.setattr("liulin_gazette.commands.intake.recognise_within_limits", recognised)
    assert main(["intake", "甲.txt", "没有.txt", "乙.txt", "--yes"], project) == 4
    told = capsys.readouterr()
    assert "甲.txt：程序出错了" in told.err and "没有.txt 读不出来" in told.err
    assert "content/2026-2/01.md" in told.out and "草稿写好了" in told.out


def test_a_proof_without_a_face_names_its_role(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("liulin_gazette.pdf.composition.fonts.FONT_FOLDERS", ())
    assert main(["proof"], project) == 3
    assert "没有可用的小标宋字体" in capsys.readouterr().err


def test_findings_show_the_line_and_a_caret(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真执行,加强巡护。")
    main(["check"], project)
    said = capsys.readouterr().out.split("\n")
    at = next(index for index, line in enumerate(said) if "T003" in line)
    assert said[at + 1] == "  15 | 请认真执行,加强巡护。"
    assert said[at + 2] == "     |           ^"


def test_findings_for_programs(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真执行,加强巡护。")
    main(["check", "--format", "json"], project)
    rows = json.loads(capsys.readouterr().out)
    (row,) = [row for row in rows if row["code"] == "T003"]
    assert (row["path"], row["line"], row["column"], row["severity"]) == (
        "content/2026-1/01.md",
        15,
        6,
        "warning",
    )
    main(["check", "--format", "sarif"], project)
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert "T003" in [result["ruleId"] for result in results]
    main(["check", "--format", "github"], project)
    assert "::warning file=content/2026-1/01.md,line=15,col=6,title=T003::" in capsys.readouterr().out
    edit("2026-1/01.md", "柳林发〔2026〕9号", "柳林发[2026]9号")
    assert main(["check", "--format", "json"], project) == 1


@pytest.fixture
def built(real_build: tuple[Path, object], tmp_path: Path) -> Path:
    """A copy of the real content with its output and the record of its build."""
    for name in ("content", "templates", "output", ".cache"):
        shutil.copytree(real_build[0] / name, tmp_path / name)
    return tmp_path


def state(project: Path, capsys: Capture) -> str:
    """What ``status`` says of the output of the one issue."""
    assert main(["status"], project) == 0
    said = capsys.readouterr().out
    return next(each for each in ("已生成", "有改动", "未生成") if each in said)


def test_status_tells_built_from_stale(built: Path, capsys: Capture) -> None:
    assert state(built, capsys) == "已生成"
    file = built / "content/2026-1/01.md"
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    assert state(built, capsys) == "有改动"
    shutil.rmtree(built / "output")
    assert state(built, capsys) == "未生成"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/2026-1/issue.toml", '"出版日期" = 2026-02-28', '"出版日期" = 2026-02-27'),
        ("content/gazette.toml", '"邮编" = "033300"', '"邮编" = "033301"'),
        ("templates/site/document.html", "{% endblock %}", "<!-- -->{% endblock %}"),
        ("templates/print/document.html", "{% endblock %}", "<!-- -->{% endblock %}"),
    ],
)
def test_status_is_stale_after_a_change_of(
    built: Path, capsys: Capture, name: str, old: str, new: str
) -> None:
    text = (built / name).read_text("utf-8")
    assert old in text
    (built / name).write_text(text.replace(old, new), "utf-8")
    assert state(built, capsys) == "有改动"
    (built / name).write_text(text, "utf-8")
    assert state(built, capsys) == "已生成"


def test_status_is_stale_after_an_upgrade_of_the_program(
    built: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liulin_gazette.pipeline.inputs.program_digest", lambda: "another")
    assert state(built, capsys) == "有改动"


def test_status_is_stale_after_a_file_of_the_output_was_touched(built: Path, capsys: Capture) -> None:
    page = built / "output/site/2026/1/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert state(built, capsys) == "有改动"


def test_status_is_stale_after_an_issue_is_published_after_it(built: Path, capsys: Capture) -> None:
    """The pages of an issue lead to the next one."""
    assert main(["new", "issue", "--yes"], built) == 0
    assert main(["new", "document", "2026-2", *DOCUMENT, "--yes"], built) == 0
    assert main(["status"], built) == 0
    said = capsys.readouterr().out
    assert "有改动" in said and "未生成" in said


def test_status_tells_what_is_published_empty_and_next(project: Path, capsys: Capture) -> None:
    def rows() -> list[list[str]]:
        assert main(["status"], project) == 0
        lines = capsys.readouterr().out.splitlines()
        return [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if "│" in line] + [
            [lines[-1]]
        ]

    assert rows() == [
        ["2026-1", "30", "2026-02-28", "1", "0", "0", "0", "—", "未生成", "—"],
        ["下一期是 2026-2（总第31期），还没有建：python3 build.py new issue。"],
    ]
    assert main(["new", "issue", "--yes"], project) == 0
    record = '{"发布日期": "2026-03-01", "设置": {}, "文件": {}, "改动": []}'
    (project / "content/2026-1/published.json").write_text(record, "utf-8")
    capsys.readouterr()
    empty, first, following = rows()
    assert empty == ["2026-2", "—", "—", "0", "0", "1", "0", "—", "还没有公文", "—"]
    assert first[-1] == "2026-03-01"
    assert following == ["下一期是 2026-2（总第31期），已经建了，还没有能生成的公文。"]
    (project / "content/2026-2/issue.toml").write_text("年 = ", "utf-8")
    assert rows()[0][-2] == "读不懂"


def test_doctor_names_each_role_and_licence(capsys: Capture) -> None:
    from tests.conftest import ROOT

    assert main(["doctor"], ROOT) == 0
    said = capsys.readouterr().out
    assert "✓ Python" in said and "✓ 字体·小标宋" in said and "OFL" in said


def test_doctor_tells_a_face_that_is_cut_off(project: Path, capsys: Capture) -> None:
    from liulin_gazette.pdf.composition import fonts

    role = fonts.ROLES[0]
    (project / "fonts").mkdir()
    (project / "fonts" / role.candidates[0].file_name).write_bytes(b"\0\1\0\0\0\1")
    assert main(["doctor"], project) == 3
    said = capsys.readouterr().out
    assert f"字体·{role.name}" in said and "没有复制完整" in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_knows_every_command(shell: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)
    program = shutil.which(shell)
    if program and shell != "powershell":
        (tmp_path / "script").write_text(script, "utf-8")
        assert subprocess.run([program, "-n", str(tmp_path / "script")], check=False).returncode == 0
