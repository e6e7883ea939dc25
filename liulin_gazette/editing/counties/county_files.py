"""What is a county's own in its folder: settings, a sample issue, the README, and the snippets of its editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from liulin_gazette.editing.counties.gazette_names import file_prefix, romanised
from liulin_gazette.editing.issue_file import add_to_section
from liulin_gazette.editing.new_files import NewDocument, document_text
from liulin_gazette.editing.new_issues import NewIssue, issue_text
from liulin_gazette.editing.toml_tables import toml_string
from liulin_gazette.model import sample_texts
from liulin_gazette.model.document import Contact
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.series import IRREGULAR, PERIODS, Period, Series, periods

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
    site_url: str = sample_texts.SITE_URL
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    """读音: the pinyin of characters with several readings, as the office confirmed it."""
    further_issuers: tuple[tuple[str, str], ...] = ()
    """发文机关 beside the publisher, each with its 机关代字: the government whose gazette it is."""

    @property
    def frequency(self) -> str:
        """刊期."""
        names = {count: name for name, count in PERIODS.items()} | {0: IRREGULAR, 3: "四月刊", 53: "周刊"}
        return names[self.per_year]


def county_of(gazette: Gazette) -> County:
    """Return what the settings of a gazette say of its county."""
    series = gazette.series
    return County(
        gazette.name,
        gazette.publisher,
        gazette.publisher_code,
        series.year,
        series.per_year,
        gazette.local_area_code,
        gazette.site_url,
    )


def sample_files(county: County) -> dict[str, str]:
    """Return the files that a new gazette starts with, by path: settings, an issue of one document, the README."""
    series = Series(county.year, 1, 1, county.per_year)
    first = periods(series, county.year) or (Period(1, date(county.year, 1, 1), date(county.year, 1, 31)),)
    day = min(first[0].last, date(county.year, first[0].last.month, 28))
    issue = NewIssue(county.year, 1, 1, day, ("政府文件",))
    sample = NewDocument(
        title=f"{county.publisher}{sample_texts.SUBJECT}",
        number=f"{county.code}〔{county.year}〕1号",
        issuer=county.publisher,
        date=str(min(issue.date, date(county.year, 1, 4))),
        addressees="各有关单位：",
        contact=Contact(county.publisher, "公报编辑室", sample_texts.PERSON, sample_texts.PHONE),
        body=sample_texts.BODY,
    )
    return {
        "content/gazette.toml": _settings(county),
        f"content/{issue.name}/issue.toml": add_to_section(
            issue_text(issue).encode(), "政府文件", "01.md"
        ).decode(),
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
    issuers = "\n".join(
        f'[["发文机关"]]\n"名称" = {toml_string(name)}\n"机关代字" = [{toml_string(code)}]\n'
        for name, code in (*county.further_issuers, (county.publisher, county.code))
    )
    return f"""# 公报的基本情况。每项写作 "名称" = "内容"，名称和文字都用英文双引号括起来。各项的说明见 docs/编辑手册.md 第八节。

"名称" = {toml_string(county.name)}
"拼音刊名" = {toml_string(romanised(county.name, county.readings))}
"主办单位" = {toml_string(county.publisher)}
"刊期" = {toml_string(county.frequency)}
# 网址确定后换成真实网址，以斜杠结尾。二维码和引用都用它，印刷前务必改好。
"网址" = {toml_string(county.site_url)}
"网站名称" = "掌上公报"
# 整期文件的名称以它开头。公布以后不要改。
"文件名前缀" = {toml_string(file_prefix(county.name, county.readings))}
# 本地的电话区号，校核电话时用；写在引号里。
"区号" = {toml_string(county.area_code)}
"赠阅范围" = {toml_string(sample_texts.DISTRIBUTION)}
{_readings_table(county)}
["版面"]
"开本" = "A4"

# 封面样式：要目、素面或图片，样子见 docs/排印说明.md。
["印刷"]
"封面样式" = "要目"

# 总期号从这里数起。
["期号起算"]
"年" = {county.year}
"期" = 1
"总期号" = 1
{f'"每年期数" = {county.per_year}' if county.per_year else "# 不定期的，不写每年期数。"}

{issuers}
["封底"]
"标语" = []
"宗旨" = "传达政令 公开信息 指导工作 服务社会"
"地址" = ""
"邮编" = ""
"电话" = ""
"""


def _readings_table(county: County) -> str:
    """Return the table 读音 with an empty line before it; nothing where no character has several readings."""
    if not county.readings:
        return ""
    lines = "".join(
        f"{json.dumps(han, ensure_ascii=False)} = {json.dumps(sound)}\n"
        for han, sound in county.readings.items()
    )
    return f"""
# 多音字的读音，文号的网址用它。公布以后不要改，改了网址就变了。
["读音"]
{lines}"""


def _readme(county: County) -> str:
    return f"""# {county.name}

```
python3 build.py
```

准备环境，校核 `content/`，在 `output/` 生成网站和 PDF。第一次约需几分钟。

怎样编辑，见 [编辑手册](docs/编辑手册.md)；全部命令：`python3 build.py --help`。
换新版程序：`python3 build.py upgrade 新程序的文件夹或压缩包`。
"""
