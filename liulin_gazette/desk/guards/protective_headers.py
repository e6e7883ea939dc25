"""The headers with which a browser protects those who look at the answers of the desk, of the preview and of a review."""

from __future__ import annotations

from liulin_gazette.web.page import CONTENT_SECURITY

PROTECTION = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{CONTENT_SECURITY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer that only shows something."""
SITE_PROTECTION = {
    **PROTECTION,
    "Content-Security-Policy": f"{CONTENT_SECURITY}; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Headers of the pages of the site: the desk may frame them, nobody else may."""
DESK_PROTECTION = {
    **PROTECTION,
    "Content-Security-Policy": f"{CONTENT_SECURITY}; frame-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
}
"""Headers of every other answer: nobody may frame it.

With the policy ``no-referrer`` browsers would send forms with ``Origin: null``, which no change may come from.
"""
REVIEW_PROTECTION = {**PROTECTION, "Referrer-Policy": "same-origin"}
"""Headers of every answer to a reviewer, who sends forms too."""
