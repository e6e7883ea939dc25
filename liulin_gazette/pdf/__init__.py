"""Model → PDF. Imports WeasyPrint only when something is typeset."""
