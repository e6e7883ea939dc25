"""What is a county's own in its folder: settings, a sample issue, the README, and the snippets of its editor."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from liulin_gazette.editing.new_files import NewDocument, NewIssue, add_to_section, document_text, issue_text
from liulin_gazette.model.publication import Contact, Publication
from liulin_gazette.text.pinyin import syllables

NAME = re.compile(
    "(?P<place>[\u3400-\u9fff\U00020000-\U000323af〇]{1,20}?)(?P<kind>县|市|区|旗|州|盟|省)人民政府公报"
)
SNIPPETS = ".vscode/gazette.code-snippets"
NO_AREA_CODE = "区号"
"""What stands for the area code where none is known."""


@dataclass(frozen=True, slots=True)
class County:
    """What the office says of its gazette."""

    name: str
    """方山县人民政府公报."""
    publisher: str
    code: str
    """机关代字 of the publisher: 方政办发."""
    year: int
    per_year: int = 6
    area_code: str = ""
    site_url: str = "https://gazette.example/"


def county_of(publication: Publication) -> County:
    """Return what the settings of a gazette say of its county."""
    series = publication.series
    return County(
        publication.name,
        publication.publisher,
        publication.publisher_code,
        series.year,
        series.per_year,
        publication.local_area_code,
        publication.site_url,
    )


def romanised(name: str) -> str:
    """Return the name in pinyin, 专名 and 通名 apart (GB/T 16159): FANGSHAN XIAN RENMIN ZHENGFU GONGBAO."""
    found = NAME.fullmatch(name)
    if found is None:
        return " ".join(syllables(name)).upper()
    place, kind = "".join(syllables(found["place"])), "".join(syllables(found["kind"]))
    return re.sub("([ln])v", r"\1ü", f"{place} {kind} renmin zhengfu gongbao").upper()


def file_prefix(name: str) -> str:
    """Return what file names begin with: ``fangshan-gazette``; ``gazette`` where the place has no known reading."""
    found = NAME.fullmatch(name)
    place = re.sub("[^a-z]", "", "".join(syllables(found["place"] if found else name)))
    return f"{place}-gazette" if place else "gazette"


def sample_files(county: County) -> dict[str, str]:
    """Return the files that a new gazette starts with, by path: settings, an issue of one document, the README."""
    issue = NewIssue(county.year, 1, 1, date(county.year, 12 // county.per_year, 28), ("政府文件",))
    sample = NewDocument(
        title=f"{county.publisher}关于试排公报样本的通知",
        number=f"{county.code}〔{county.year}〕1号",
        issuer=county.publisher,
        date=f"{county.year}-01-04",
        addressees="各有关单位：",
        contact=Contact(county.publisher, "公报编辑室", "样本", "12345"),
        body="这是一份样本，用来试排。换成真实的公文以后，删去本文件。",
    )
    return {
        "content/gazette.toml": _settings(county),
        f"content/{issue.name}/issue.toml": add_to_section(issue_text(issue), "政府文件", "01.md"),
        f"content/{issue.name}/01.md": document_text(sample),
        "README.md": _readme(county),
    }


def adapted_files(files: Mapping[str, bytes], county: County) -> dict[str, bytes]:
    """Return the ``files`` of a program as ``county`` has them: the snippets propose its own names and numbers."""
    own = dict(files)
    if SNIPPETS in own:
        own[SNIPPETS] = _adapted_snippets(own[SNIPPETS], county)
    return own


def _adapted_snippets(content: bytes, county: County) -> bytes:
    proposals = {
        "发文字号: ": f"${{2:{county.code}}}〔${{3:{county.year}}}〕${{4:1}}号",
        "发文机关: ": f"${{5:{county.publisher}}}",
        "成文日期: ": f"${{6:{county.year}-01-04}}",
        "  电话: ": f"${{11:{county.area_code or NO_AREA_CODE}-}}",
    }
    snippets = cast("dict[str, dict[str, Any]]", json.loads(content))
    for snippet in snippets.values():
        snippet["body"] = [
            next((key + words for key, words in proposals.items() if line.startswith(key)), line)
            for line in cast("list[str]", snippet["body"])
        ]
    return (json.dumps(snippets, ensure_ascii=False, indent=2) + "\n").encode()


def _settings(county: County) -> str:
    frequency = {24: "半月刊", 12: "月刊", 6: "双月刊", 4: "季刊", 2: "半年刊", 1: "年刊"}.get(
        county.per_year, "不定期"
    )

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return f"""# 公报的基本情况。每项写作 "名称" = "内容"，名称和文字都用英文双引号括起来。各项的说明见 docs/编辑手册.md。

"名称" = {quoted(county.name)}
"拼音刊名" = {quoted(romanised(county.name))}
"主办单位" = {quoted(county.publisher)}
"刊期" = {quoted(frequency)}
# 网址确定后换成真实网址，以斜杠结尾。二维码和引用都用它，印刷前务必改好。
"网址" = {quoted(county.site_url)}
"网站名称" = "掌上公报"
# 整期文件的名称以它开头。公布以后不要改。
"文件名前缀" = {quoted(file_prefix(county.name))}
# 本地的电话区号，校核电话时用；写在引号里。
"区号" = {quoted(county.area_code)}
"赠阅范围" = "请填写赠阅范围。"

["版面"]
"开本" = "A4"

# 总期号从这里数起。
["期号起算"]
"年" = {county.year}
"期" = 1
"总期号" = 1
"每年期数" = {county.per_year}

[["发文机关"]]
"名称" = {quoted(county.publisher)}
"机关代字" = [{quoted(county.code)}]

["封底"]
"标语" = []
"宗旨" = "传达政令 公开信息 指导工作 服务社会"
"地址" = ""
"邮编" = ""
"电话" = ""
"""


def _readme(county: County) -> str:
    return f"""# {county.name}

```
python3 build.py
```

准备环境，校核 `content/`，在 `output/` 生成网站和 PDF。第一次约需几分钟。

怎样编辑，见 [编辑手册](docs/编辑手册.md)；全部命令：`python3 build.py --help`。
换新版程序：`python3 build.py upgrade 新程序的文件夹或压缩包`。
"""
