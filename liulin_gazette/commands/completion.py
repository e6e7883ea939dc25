"""``completion``: print a script that completes commands and issues in a shell."""

from __future__ import annotations

import argparse
from pathlib import Path

from liulin_gazette.commands.arguments import COMMANDS

SCRIPTS = {
    "bash": """_gazette() {{
  local words="{commands} $(ls content 2>/dev/null | grep -E '^[0-9]{{4}}-[0-9]+$')"
  [ "${{COMP_WORDS[1]}}" = build.py ] || [ "${{COMP_WORDS[0]}}" = ./build.py ] || return
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _gazette python3 python ./build.py
""",
    "zsh": """autoload -U +X bashcompinit && bashcompinit
_gazette() {{
  local words="{commands} $(ls content 2>/dev/null | grep -E '^[0-9]{{4}}-[0-9]+$')"
  [ "${{COMP_WORDS[1]}}" = build.py ] || return
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _gazette python3
""",
    "fish": """complete -c python3 -n 'contains build.py (commandline -opc)' -f -a '{commands} (ls content)'
""",
    "powershell": """Register-ArgumentCompleter -Native -CommandName python, python3, py -ScriptBlock {{
  param($word, $command, $position)
  if ("$command" -notmatch 'build\\.py') {{ return }}
  $issues = Get-ChildItem content -Directory -Name -ErrorAction SilentlyContinue
  '{commands}'.Split(' ') + $issues | Where-Object {{ $_ -like "$word*" }}
}}
""",
}
"""Scripts by shell; ``{commands}`` stands for the commands."""


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Print the script for the shell asked for; return 0."""
    del root
    print(SCRIPTS[arguments.shell].format(commands=" ".join([*COMMANDS, "test"])), end="")
    return 0
