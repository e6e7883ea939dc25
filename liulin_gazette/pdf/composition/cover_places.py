"""Where the parts of the cover stand, in percent of the page's height; the style sheet has them from here."""

from __future__ import annotations

TITLE_TOP = 14.0
"""Of the name's first line, from the upper edge."""
ISSUE_TOP = 35.6
"""Of the number of the issue, from the upper edge."""
PUBLISHER_BOTTOM = 8.6
"""Of the publisher, from the lower edge."""
