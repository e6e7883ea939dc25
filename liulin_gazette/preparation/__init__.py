"""The environment in which the program runs: system components, ``.venv``, test tools. The standard library only.

``build.py`` imports this package before anything is installed.
"""
