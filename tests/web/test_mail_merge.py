"""Letters about the newest issue for the mail merge of an office."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from liulin_gazette.model.document import PolicyData
from liulin_gazette.model.publication import Publication
from liulin_gazette.web.mail_merge import COLUMNS, mail_merge
from tests.web.conftest import PLAIN, issue


def rows(publication: Publication) -> list[list[str]]:
    content = mail_merge(publication).asset().content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def test_every_group_of_the_newest_issue_has_a_letter(publication: Publication) -> None:
    other = replace(PLAIN, title="=关于某事的公告", slug="other", number=None, issuers=("=乙局", "丙局"))
    topical = replace(PLAIN, policy=PolicyData(topic="民政"))
    head, *found = rows(replace(publication, issues=(issue(2026, 1, PLAIN), issue(2026, 2, topical, other))))
    assert tuple(head) == COLUMNS
    assert [row[:2] for row in found] == [
        ["全部", ""],
        ["发文机关", PLAIN.issuer],
        ["文种", topical.type_name],
        ["主题", "民政"],
        ["发文机关", "'=乙局"],
        ["发文机关", "丙局"],
        ["文种", other.type_name],
    ]
    whole = found[0]
    assert whole[2] == f"《{publication.gazette.name}》2026年第2期（总第31期）（2份）"
    assert whole[3].split("\n")[0] == topical.citation_name and "《=关于某事的公告》" in whole[3]
    assert (
        whole[3].count(publication.gazette.site_url) == 2
        and whole[4] == f"{publication.gazette.site_url}2026/2/"
    )


def test_without_issues_there_is_only_the_head(publication: Publication) -> None:
    assert rows(replace(publication, issues=())) == [list(COLUMNS)]
