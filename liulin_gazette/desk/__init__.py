"""The editor's desk: a local web application in which an issue is compiled without a terminal."""
