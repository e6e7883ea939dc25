"""What is to be typeset: the measures of the page, faces, and the HTML of each part of an issue."""
