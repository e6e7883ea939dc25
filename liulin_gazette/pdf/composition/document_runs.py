"""Which documents of an issue share pages (接排)."""

from __future__ import annotations

from liulin_gazette.model.document import FullText
from liulin_gazette.model.publication import Issue
from liulin_gazette.model.run_on import first_stated


def document_runs(issue: Issue) -> tuple[tuple[FullText, ...], ...]:
    """Return the documents of ``issue``, which must have its texts, in runs: each run begins a page.

    A document follows the one before it if it says so itself, if the issue says so, or if its section says so and it
    is not the first one there. An index of the year stands alone: a volume takes it out of its issue.
    """
    texts = {text.path: text for text in issue.full_texts}
    runs: list[list[FullText]] = []
    for section in issue.sections:
        for index, document in enumerate(section.documents):
            begins_section = not index and section.run_on is not None and section.run_on.documents
            of_section = None if begins_section else section.run_on
            follows = first_stated((document.run_on, of_section, issue.run_on)).documents
            is_apart = document.generated_index or (runs and runs[-1][-1].generated_index)
            if follows and runs and not is_apart:
                runs[-1].append(texts[document.path])
            else:
                runs.append([texts[document.path]])
    return tuple(map(tuple, runs))


def runs_annexes_on(issue: Issue, document: FullText) -> bool:
    """Tell whether the upright annexes of ``document`` in ``issue`` follow what is before them on the page."""
    section = next(each for each in issue.sections if document.path in (own.path for own in each.documents))
    return first_stated((document.run_on, section.run_on, issue.run_on)).annexes
