"""The settings on which a printed page depends."""

from __future__ import annotations

from dataclasses import replace

from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.gazette import Gazette, Proofreading, SearchWords
from liulin_gazette.model.series import Series
from liulin_gazette.model.site_settings import WebSettings


def printed_settings(gazette: Gazette) -> Gazette:
    """Return ``gazette`` with those settings only on which the PDFs of its issues depend.

    Of 体裁 that is how each kind is treated, and of 读音 all, since names of files follow it; which fields a kind
    requires, and which issuers are registered, only the checks ask.
    """
    return replace(
        gazette,
        issuers=(),
        area_code="",
        kinds={name: replace(kind, required=(), allowed=()) for name, kind in gazette.kinds.items()},
        proofreading=Proofreading(),
        phone_changes=(),
        learned_words=(),
        web=WebSettings(),
        search_words=SearchWords(),
        editions=(),
        archiving=Archiving(),
        portal_columns=(),
        places={},
        series=Series(0, 0, None, 0),
        settings_json="",
    )
