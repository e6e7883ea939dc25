"""The account: whether every character of a manuscript is in its drafts or told as left out."""
