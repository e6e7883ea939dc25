"""The events (日程) of documents as calendars."""

from __future__ import annotations

from datetime import timedelta

from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web import addresses
from liulin_gazette.web.metadata import in_beijing_time, publication_time

_DAY = timedelta(days=1)


def calendar(gazette: Gazette, issue: Issue, document: Document) -> Asset:
    """Return the events (日程) of ``document`` as iCalendar (RFC 5545), all of them whole days.

    The address of a document without a number of the county is unique in its issue only.
    """
    from icalendar import Calendar
    from icalendar import Event as CalendarEvent

    file = Calendar()
    file.add("PRODID", f"-//{gazette.name}//{gazette.publisher}//ZH")
    file.add("VERSION", "2.0")
    url = addresses.absolute(gazette, addresses.document_page(issue, document))
    name = document.slug if document.county_number else f"{issue.name}-{document.slug}"
    for index, event in enumerate(document.events, 1):
        entry = CalendarEvent()
        entry.add("UID", f"{name}-{index}@{gazette.site_url.split('/')[2]}")
        entry.add("DTSTAMP", in_beijing_time(publication_time(issue, document)))
        entry.DTSTART = event.first
        entry.DTEND = event.last + _DAY
        entry.add("SUMMARY", event.what)
        entry.add("DESCRIPTION", document.citation_name)
        entry.add("URL", url)
        file.add_component(entry)
    return Asset(addresses.document_calendar(issue, document), file.to_ical())
