"""The command line: `zhouqiao run`, and what else a node is asked for at a terminal.

is          one table of commands (`COMMANDS`), each with an example and words in both languages
is asked    `main` by the terminal, `parser` by the reference
always true every command takes `--json`, `--lang` and `--help`; what is refused is said in words
            and ends with a status other than 0; no trace is ever printed at a person
"""

from zhouqiao.cli.terminal import COMMANDS, main, parser

__all__ = ["COMMANDS", "main", "parser"]
