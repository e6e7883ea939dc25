"""Manuscripts (Word, PDF, plain text) → Markdown drafts. Doubts are marked in the draft, omissions are reported."""
