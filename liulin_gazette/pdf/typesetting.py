"""What can go wrong between the model and the page."""

from __future__ import annotations


class TypesettingError(Exception):
    """The typesetter reported a fault that would spoil the page; the argument says which."""
