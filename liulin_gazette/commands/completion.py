"""``completion``: scripts by which a shell completes commands and issues."""

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


def run(root: Path, given: argparse.Namespace) -> int:
    """Print the script of the shell."""
    del root
    print(SCRIPTS[given.shell].format(commands=" ".join([*COMMANDS, "test"])), end="")
    return 0
