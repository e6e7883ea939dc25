"""What is new, as data for the mail merge of the office's own mailer: the site itself sends nothing and knows no address."""

from __future__ import annotations

from collections.abc import Iterator

from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import name_with_total
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.rendering.product import Product
from liulin_gazette.web import addresses
from liulin_gazette.web.csv_files import csv_file

COLUMNS = ("订阅", "名称", "邮件标题", "正文", "网址")
ALL = "全部"


def mail_merge(publication: Publication) -> Product:
    """Return the CSV of letters about the newest issue: one for all documents, and one for each group that has any."""
    rows = tuple(_rows(publication))

    def make() -> bytes:
        return csv_file((COLUMNS, *rows))

    return Product(addresses.MAIL_MERGE, rows, make)


def _rows(publication: Publication) -> Iterator[tuple[str, ...]]:
    if not publication.issues:
        return
    issue = publication.issues[-1]
    groups: dict[tuple[str, str], list[Document]] = {(ALL, ""): list(issue.documents)}
    for document in issue.documents:
        for issuer in document.issuers:
            groups.setdefault(("发文机关", issuer), []).append(document)
        groups.setdefault(("文种", document.type_name), []).append(document)
        if document.policy.topic:
            groups.setdefault(("主题", document.policy.topic), []).append(document)
    url = addresses.absolute(publication.gazette, addresses.issue_page(issue))
    for (kind, name), documents in groups.items():
        about = f"：{name}" if name else ""
        subject = f"《{publication.gazette.name}》{name_with_total(issue)}{about}（{len(documents)}份）"
        lines = [_line(publication.gazette, issue, document) for document in documents]
        yield kind, name, subject, "\n".join(lines), url


def _line(gazette: Gazette, issue: Issue, document: Document) -> str:
    return (
        f"{document.citation_name}\n{addresses.absolute(gazette, addresses.document_page(issue, document))}"
    )
