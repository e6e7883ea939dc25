"""The file in an archive package that tells, in plain Chinese, what is in it and how to open it in fifty years."""

from __future__ import annotations

from collections.abc import Collection

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import name_with_total
from liulin_gazette.model.publication import Issue

_FOLDERS = (
    ("pdf/", "阅读用的 PDF：整期一个，每份公文一个。ISO 19005-3（PDF/A-3a），字体在文件里，任何 PDF 阅读器都能打开。"),
    ("print/", "交付印刷的 PDF：ISO 15930-7（PDF/X-4），页面四周有出血；胶订的另有封面。"),
    ("ofd/", "版式文件 OFD：GB/T 33190-2016，与 PDF 一页对一页。"),
    ("source/", "原文：每份公文一个文字文件（.md），一期的次序和日期在 issue.toml，另有图片。用任何文字编辑软件打开，编码是 UTF-8。"),
    ("json/", "同样的内容，给程序读：JSON（RFC 8259），UTF-8。"),
    ("xml/", "同样的内容，给程序读：XML（Akoma Ntoso 3.0，OASIS）。"),
    ("catalogue/", "归档目录：catalogue.csv 用表格软件或文字编辑软件打开，catalogue.xml 内容相同。第一条是这一期，以后一份公文一条。"),
    ("record/", "发布记录：发布的日期，发布时各个文件和 PDF 的 SHA-256，发布以后的改动和理由。"),
    ("settings/", "排印这一期用的设置：刊名、主办单位、开本、发文机关等。"),
)  # fmt: skip
"""The folders below ``data/`` with what is in them, in the order of the readme."""


def read_me(gazette: Gazette, issue: Issue, paths: Collection[str]) -> str:
    """Return the text about the package of ``issue`` with the files at ``paths`` below ``data/``."""
    folders = [
        f"{folder}　{words}" for folder, words in _FOLDERS if any(path.startswith(folder) for path in paths)
    ]
    lines = [
        f"《{gazette.name}》{name_with_total(issue)}　归档包",
        "",
        f"主办单位：{gazette.publisher}",
        f"出版日期：{issue.date.isoformat()}",
        *([f"网址：{gazette.site_url}"] if not gazette.site_url_is_placeholder else []),
        "",
        "一、有什么",
        "",
        "这个文件夹（data）里：",
        *folders,
        "",
        "二、怎样打开",
        "",
        f"只想看的，打开 pdf/{issue.stem}.pdf，它是整期。打不开 PDF 的，看 source 里的文字文件：",
        "两行“---”之间是标题、文号等，以后是正文；“#”开头的是标题，竖线“|”隔开的是表格的格。",
        "所有的文字都是 UTF-8 编码的 Unicode（GB 18030、ISO/IEC 10646 收的同一批字）。压缩文件是 ZIP，只存放，没有压缩。",
        "",
        "三、怎样知道没有缺、没有改",
        "",
        "这是一个 BagIt 包（RFC 8493，1.0 版）。上一级文件夹里：",
        "manifest-sha256.txt　data 里每个文件一行：SHA-256（GB/T 18238.3、ISO/IEC 10118-3）和路径。",
        "tagmanifest-sha256.txt　上一级各个说明文件的 SHA-256。",
        "bag-info.txt　这个包的说明；Payload-Oxum 是 data 里的总字节数和文件数。",
        "任何能算 SHA-256 的软件都可以逐个比较。有本刊程序的：python3 build.py verify 归档包；"
        "有其他 BagIt 工具的，用它的 validate；Linux、macOS 上：sha256sum -c manifest-sha256.txt。",
        "",
        "四、没有什么",
        "",
        "目录里只有公文和设置写明的项目。没有写明的（密级、档号、室编件号、主题词等）没有编造，由档案馆著录。",
        "没有电子签章：纸质的原件、盖章的电子公文，由形成单位另行归档。",
    ]
    return "\n".join(lines) + "\n"
