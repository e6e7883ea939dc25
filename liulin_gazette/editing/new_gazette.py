"""Another county's gazette from nothing: the program copied, its settings and a sample issue written."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liulin_gazette.editing.new_files import NewDocument, NewIssue, add_to_section, document_text, issue_text
from liulin_gazette.model.publication import Contact
from liulin_gazette.text.editor_error import CONTENT, EditorError
from liulin_gazette.text.pinyin import syllables
from liulin_gazette.text.system_errors import reason

PROGRAM = (
    "build.py", "liulin_gazette", "templates", "pyproject.toml", "requirements.lock", "requirements-quick.lock",
    "requirements-test.lock", "docs", ".vscode", ".gitignore",
)  # fmt: skip
"""What a new project is given of this one."""
OWN_TO_THIS_GAZETTE = ("校核报告-2026-1.md",)
_NAME = re.compile(r"^(?P<place>.{1,20}?)(?P<kind>县|市|区|旗)人民政府公报$")


class InitError(EditorError):
    """A gazette cannot be begun; the message says why, and what to do."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the office says of its gazette."""

    name: str
    """方山县人民政府公报."""
    publisher: str
    code: str
    """机关代字 of the publisher: 方政办发."""
    year: int
    per_year: int = 6
    site_url: str = "https://gazette.example/"


def begin(program: Path, folder: Path, gazette: Beginning) -> None:
    """Make the project of ``gazette`` in ``folder``, which must be new or empty. Raises InitError."""
    if folder.exists() and any(folder.iterdir()):
        raise InitError(f"{folder} 里已经有文件，没有动它。请换一个新的文件夹。")
    if _NAME.match(gazette.name) is None:
        raise InitError(f"刊名“{gazette.name}”写法不对，写作“方山县人民政府公报”的样子。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in PROGRAM:
            source = program / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", ".cache", *OWN_TO_THIS_GAZETTE)
                shutil.copytree(source, folder / name, ignore=ignored)
            elif source.is_file():
                shutil.copyfile(source, folder / name)
        for path, text in _content(gazette).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise InitError(f"写不进 {folder}（{reason(error, '写入')}）。请检查权限和磁盘。") from error


def romanised(name: str) -> str:
    """Return the name in pinyin, 专名 and 通名 apart (GB/T 16159): FANGSHAN XIAN RENMIN ZHENGFU GONGBAO."""
    found = _NAME.match(name)
    if found is None:
        return " ".join(syllables(name)).upper()
    place, kind = "".join(syllables(found["place"])), "".join(syllables(found["kind"]))
    return re.sub("([ln])v", r"\1ü", f"{place} {kind} renmin zhengfu gongbao").upper()


def file_prefix(name: str) -> str:
    """Return what file names begin with: ``fangshan-gazette``."""
    found = _NAME.match(name)
    return re.sub("[^a-z]", "", "".join(syllables(found["place"] if found else name))) + "-gazette"


def _content(gazette: Beginning) -> dict[str, str]:
    issue = NewIssue(gazette.year, 1, 1, _end_of_issue(gazette), ("政府文件",))
    sample = NewDocument(
        title=f"{gazette.publisher}关于试排公报样本的通知",
        number=f"{gazette.code}〔{gazette.year}〕1号",
        issuer=gazette.publisher,
        date=f"{gazette.year}-01-04",
        addressees="各有关单位：",
        contact=Contact(gazette.publisher, "公报编辑室", "样本", "12345"),
        body="这是一份样本，用来试排。换成真实的公文以后，删去本文件。",
    )
    return {
        "content/gazette.toml": _settings(gazette),
        f"content/{issue.name}/issue.toml": add_to_section(issue_text(issue), "政府文件", "01.md"),
        f"content/{issue.name}/01.md": document_text(sample),
        "README.md": _readme(gazette),
    }


def _end_of_issue(gazette: Beginning) -> date:
    month = 12 // gazette.per_year
    return date(gazette.year, month, 28)


def _settings(gazette: Beginning) -> str:
    frequency = {24: "半月刊", 12: "月刊", 6: "双月刊", 4: "季刊", 2: "半年刊", 1: "年刊"}.get(
        gazette.per_year, "不定期"
    )

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return f"""# 公报的基本情况。每项写作 "名称" = "内容"，名称和文字都用英文双引号括起来。各项的说明见 docs/编辑手册.md。

"名称" = {quoted(gazette.name)}
"拼音刊名" = {quoted(romanised(gazette.name))}
"主办单位" = {quoted(gazette.publisher)}
"刊期" = {quoted(frequency)}
# 网址确定后换成真实网址，以斜杠结尾。二维码和引用都用它，印刷前务必改好。
"网址" = {quoted(gazette.site_url)}
"网站名称" = "掌上公报"
# 整期文件的名称以它开头。公布以后不要改。
"文件名前缀" = {quoted(file_prefix(gazette.name))}
"赠阅范围" = "请填写赠阅范围。"

["版面"]
"开本" = "A4"

# 总期号从这里数起。
["期号起算"]
"年" = {gazette.year}
"期" = 1
"总期号" = 1
"每年期数" = {gazette.per_year}

[["发文机关"]]
"名称" = {quoted(gazette.publisher)}
"机关代字" = [{quoted(gazette.code)}]

["封底"]
"标语" = []
"宗旨" = "传达政令 公开信息 指导工作 服务社会"
"地址" = ""
"邮编" = ""
"电话" = ""
"""


def _readme(gazette: Beginning) -> str:
    return f"""# {gazette.name}

```
python3 build.py
```

准备环境，校核 `content/`，在 `output/` 生成网站和 PDF。第一次约需几分钟。

怎样编辑，见 [编辑手册](docs/编辑手册.md)；全部命令：`python3 build.py --help`。
"""
