"""The command `gazette`: a word for each thing one does with policies.

Shells complete its words, options and policies once that is switched on, in bash for example by
`eval "$(_GAZETTE_COMPLETE=bash_source gazette)"`.
"""

from __future__ import annotations

import click

from gazette.commands.group import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gazette-help-center")
def main() -> None:
    """Keep a help center of policies: every version stays, every change is a readable redline.

    Every command ends with 0 when all is well, 1 when it found or refused something, 2 when it was
    called wrongly or could not run.

    \b
    To complete words with the Tab key, add the line of your shell to its start file:
      bash: eval "$(_GAZETTE_COMPLETE=bash_source gazette)"    in ~/.bashrc
      zsh:  eval "$(_GAZETTE_COMPLETE=zsh_source gazette)"     in ~/.zshrc
      fish: _GAZETTE_COMPLETE=fish_source gazette | source     in ~/.config/fish/config.fish
    """
