"""The names of the places in a document as its page has them: those of now, with those that were published before."""

from __future__ import annotations

from liulin_gazette.model.document import FullText
from liulin_gazette.model.place_names import Places, place_names
from liulin_gazette.model.publication import Issue
from liulin_gazette.source.publication_records import anchors_of


def places_of(issue: Issue, document: FullText) -> Places:
    """Return the names of the places in ``document`` of ``issue``, by the anchor of each block."""
    return place_names(document.blocks, anchors_of(issue.record.anchors, document) if issue.record else "")


def shown_name(places: Places, anchor: str) -> str:
    """Return the name that links to the block ``anchor`` show; ``anchor`` itself for what is no block: 政策咨询."""
    return places[anchor].name if anchor in places else anchor


def data_name(places: Places, anchor: str) -> str:
    """Return ``anchor``, as data have always named the block, where it leads there; else the name that links show."""
    return anchor if anchor not in places or anchor in places[anchor].all else places[anchor].name
