"""Metadata of a page for machines: the meta tags of 政府网站发展指引 (国办发〔2017〕47号) and schema.org data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from liulin_gazette.model.blocks import figures
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import issue_name, name_with_total
from liulin_gazette.model.publication import Issue
from liulin_gazette.model.relations import NOT_YET_EFFECTIVE
from liulin_gazette.text.beijing_time import BEIJING
from liulin_gazette.web import addresses
from liulin_gazette.web.identifiers import work_uri

COLUMN_TYPE = "政府公报"
LEGAL_FORCE = {
    NOT_YET_EFFECTIVE: "NotInForce",
    "现行有效": "InForce",
    "已修订": "InForce",
    "部分失效": "PartiallyInForce",
    "已废止": "NotInForce",
    "失效": "NotInForce",
}
"""schema.org's LegalForceStatus by 有效性."""
RELATIONS = {
    "修订": "legislationAmends",
    "废止": "legislationRepeals",
    "代替": "legislationRepeals",
    "更正": "legislationCorrects",
    "解读": "isBasedOn",
}
"""schema.org's property of Legislation by the kind of a declared relation."""
Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The metadata in the head of a page."""

    tags: Tags = ()
    """Name and content of each meta element, in the order of the guidelines."""
    linked_data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The schema.org description, written into the page as JSON-LD."""

    @property
    def is_described(self) -> bool:
        """Whether the tags have a Description, beside which no other is wanted."""
        return any(name == "Description" for name, _ in self.tags)


def publication_time(issue: Issue, document: Document | None = None) -> date | datetime:
    """Return when ``document`` (or ``issue``) was published, as the office states it; never the time of the build.

    A document that was released on the day on which its issue went on the site has the hour and minute of that.
    """
    stated = document.policy.released if document else None
    if stated and not (issue.released and issue.released.date() == stated):
        return stated
    return issue.released or issue.date


def in_beijing_time(when: date | datetime) -> datetime:
    """Return ``when`` with an offset: a time without one is Beijing time, a date is its midnight there."""
    if isinstance(when, datetime):
        return when if when.tzinfo else when.replace(tzinfo=BEIJING)
    return datetime.combine(when, time(), BEIJING)


def _iso(when: date | datetime) -> str:
    return in_beijing_time(when).isoformat() if isinstance(when, datetime) else when.isoformat()


def _site_tags(gazette: Gazette) -> Tags:
    web = gazette.web
    tags = (("SiteName", web.site_name), ("SiteDomain", web.domain), ("SiteIDCode", web.id_code))
    return tuple(tag for tag in tags if tag[1])


def column_tags(gazette: Gazette, name: str = "", description: str = "") -> Tags:
    """Return the tags of a page that lists documents: those of the site and of the column (栏目) ``name``."""
    full = f"{gazette.name} · {name}" if name else gazette.name
    return (
        *_site_tags(gazette),
        ("ColumnName", name or gazette.name),
        ("ColumnDescription", description or f"{full}，{gazette.publisher}主办，{gazette.frequency}"),
        (
            "ColumnKeywords",
            ",".join(dict.fromkeys((gazette.name, *([name] if name else []), COLUMN_TYPE))),
        ),
        ("ColumnType", COLUMN_TYPE),
    )


def list_metadata(gazette: Gazette, name: str = "") -> PageMetadata:
    """Return the metadata of a page that lists documents under the heading ``name``."""
    return PageMetadata(column_tags(gazette, name))


def issue_metadata(gazette: Gazette, issue: Issue, has_pdf: bool) -> PageMetadata:
    """Return the metadata of an issue's page."""
    name = issue_name(issue)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        **_issue_data(gazette, issue),
        "name": f"{gazette.name}{name}",
        "datePublished": issue.date.isoformat(),
        "inLanguage": "zh-Hans-CN",
        "publisher": _organisation(gazette.publisher),
        "hasPart": [
            {
                **_named(document),
                "url": addresses.absolute(gazette, addresses.document_page(issue, document)),
            }
            for document in issue.documents
        ],
    }
    if has_pdf:
        data["encoding"] = _pdf(gazette, addresses.issue_pdf(issue))
    return PageMetadata(column_tags(gazette, name), data)


def document_metadata(
    gazette: Gazette,
    issue: Issue,
    document: FullText,
    validity: str,
    pages: tuple[int, int],
    has_pdf: bool,
) -> PageMetadata:
    """Return the metadata of a document's page; ``pages`` are its first and last printed page, 0 for unknown."""
    url = addresses.absolute(gazette, addresses.document_page(issue, document))
    keywords = (*document.issuers, document.type_name, document.identifier, document.policy.topic)
    pictures = [figure.file for figure in figures(document.blocks) if figure.file][:1]
    when = publication_time(issue, document)
    tags = (
        *column_tags(gazette),
        ("ArticleTitle", document.title),
        ("PubDate", when.strftime("%Y-%m-%d %H:%M") if isinstance(when, datetime) else when.isoformat()),
        ("ContentSource", gazette.name + issue_name(issue)),
        ("Keywords", ",".join(filter(None, keywords))),
        *((("Author", document.issuer),) if document.issuers else ()),
        (
            "Description",
            f"{document.title}（{document.identifier}）" if document.identifier else document.title,
        ),
        *(("Image", _picture_address(gazette, issue, document, file)) for file in pictures),
        ("Url", url),
    )
    return PageMetadata(tags, _description(gazette, issue, document, validity, pages, url, has_pdf))


def _picture_address(gazette: Gazette, issue: Issue, document: Document, file: str) -> str:
    return addresses.absolute(gazette, addresses.figure_file(issue, document, file))


def _named(document: Document) -> dict[str, Any]:
    """Return type, name and number of ``document``; only kinds of official documents are Legislation."""
    is_official = document.treatment.has_type or document.order
    data = {"@type": "Legislation" if is_official else "Article", "name": document.title}
    if document.identifier:
        data["legislationIdentifier"] = document.identifier
    return data


def _description(
    gazette: Gazette,
    issue: Issue,
    document: Document,
    validity: str,
    pages: tuple[int, int],
    url: str,
    has_pdf: bool,
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": url,
        **_named(document),
        **_origin(document),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "Akoma Ntoso",
            "value": work_uri(issue, document),
        },
        "datePublished": _iso(publication_time(issue, document)),
        "inLanguage": "zh-Hans-CN",
        "url": url,
        "isPartOf": _issue_data(gazette, issue),
    }
    if has_pdf:
        data["encoding"] = _pdf(gazette, addresses.document_pdf(issue, document))
    data["associatedMedia"] = {
        "@type": "MediaObject",
        "encodingFormat": "application/akn+xml",
        "contentUrl": addresses.absolute(gazette, addresses.document_xml(issue, document)),
    }
    if document.policy.topic:
        data["about"] = document.policy.topic
    if validity:
        data["legislationLegalForce"] = f"https://schema.org/{LEGAL_FORCE[validity]}"
    if pages[0]:
        data["pagination"] = f"{pages[0]}-{pages[1]}" if pages[1] > pages[0] else str(pages[0])
    for relation in document.relations:
        data.setdefault(RELATIONS[relation.kind], []).append(
            {"@type": "Legislation", "legislationIdentifier": relation.target}
        )
    if contact := document.contact:
        data["subjectOf"] = {
            "@type": "GovernmentService",
            "serviceType": "政策咨询",
            "provider": {
                **_organisation(contact.unit),
                "department": _organisation(contact.office),
                "contactPoint": {
                    "@type": "ContactPoint",
                    "contactType": "政策咨询",
                    "name": contact.person,
                    "telephone": contact.phone,
                },
            },
        }
    return data


def _origin(document: Document) -> dict[str, Any]:
    """Return what ``document`` is, from when and by whom."""
    issuers = [_organisation(issuer) for issuer in document.issuers]
    by: Any = issuers[0] if len(issuers) == 1 else issuers
    if _named(document)["@type"] == "Article":
        data = {"articleSection": document.kind, "dateCreated": document.date.isoformat()}
        return {**data, "author": by} if issuers else data
    data = {"legislationType": document.type_name, "legislationDate": document.date.isoformat()}
    return {**data, "legislationPassedBy": by} if issuers else data


def _issue_data(gazette: Gazette, issue: Issue) -> dict[str, Any]:
    return {
        "@type": "PublicationIssue",
        "issueNumber": name_with_total(issue),
        "url": addresses.absolute(gazette, addresses.issue_page(issue)),
        "isPartOf": {
            "@type": "Periodical",
            "name": gazette.name,
            "url": addresses.absolute(gazette, addresses.HOME),
        },
    }


def _organisation(name: str) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": name}


def _pdf(gazette: Gazette, path: str) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "encodingFormat": "application/pdf",
        "contentUrl": addresses.absolute(gazette, path),
    }
