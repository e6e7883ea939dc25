"""OFD files whose custom tags say which objects form a paragraph, and files whose tags say nothing about that."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.manuscript import Line
from liulin_gazette.intake.ofd_files.ofd_file import read_ofd
from tests.intake.ofd_files import ofd_file, text

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE = (
    text("柳林县林业局文件", 60, 15).replace('ID="9"', 'ID="11"')
    + text("关于加强护林", 60, 60).replace('ID="9"', 'ID="12"')
    + text("防火工作的通知", 58, 68).replace('ID="9"', 'ID="13"')
    + text("各乡镇人民政府：", 30, 80).replace('ID="9"', 'ID="14"')
)
TAGS = (
    '<Document xmlns="http://iso.org/pdf/ssn" {space}><H1><ofd:ObjectRef PageRef="1">12</ofd:ObjectRef>'
    '<ofd:ObjectRef PageRef="1">13</ofd:ObjectRef></H1><P><ofd:ObjectRef PageRef="1">14</ofd:ObjectRef></P></Document>'
)


def tagged(namespace: str, tags: str) -> bytes:
    """Return a file of one page whose custom tags, ``tags``, belong to ``namespace``."""
    listed = (
        f'<ofd:CustomTags {_SPACE}><ofd:CustomTag NameSpace="{namespace}"><ofd:FileLoc>Tag.xml</ofd:FileLoc>'
        "</ofd:CustomTag></ofd:CustomTags>"
    )
    parts = {
        "Doc_0__Tags__CustomTags.xml": listed,
        "Doc_0__Tags__Tag.xml": tags.replace("{space}", _SPACE),
    }
    document = (
        f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        '</ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/1/Content.xml"/></ofd:Pages>'
        "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags></ofd:Document>"
    )
    return ofd_file([PAGE], **{"Doc_0__Document.xml": document}, **parts)


HEAD = "柳林县林业局文件"


@pytest.mark.parametrize(
    ("namespace", "tags", "left_out"),
    [
        ("http://iso.org/pdf/ssn", TAGS, [HEAD]),
        ("http://example.com/invoice", TAGS, []),
        ("http://iso.org/pdf/ssn", TAGS.replace(">13<", ">99<").replace(">12<", ">98<"), []),
        ("http://iso.org/pdf/ssn", "<Document {space}/>", []),
    ],
    ids=["structure", "other tags", "tags that lack most of the page", "no tags"],
)
def test_what_has_no_tag_at_the_head_of_a_page_is_left_out_and_told(
    namespace: str, tags: str, left_out: list[str]
) -> None:
    manuscript = read_ofd("a.ofd", tagged(namespace, tags))
    assert [each.text for each in manuscript.omissions] == left_out
    words = "".join(part.text for part in manuscript.parts if isinstance(part, Line))
    assert words.removeprefix(HEAD) == "关于加强护林防火工作的通知各乡镇人民政府："
    assert words.startswith(HEAD) == (not left_out)
