"""What comparisons in the browser say, in a script for each language that all their pages load."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

from gazette.forms import compare_sentences
from gazette.language import Language
from gazette.model import Policy
from gazette.settings import Settings
from gazette.site.addresses import Address
from gazette.site.outputs import File, file


def messages_files(settings: Settings, policies: Sequence[Policy]) -> Iterator[File]:
    """Yield the script of each language in which versions are compared."""
    languages = [settings.language_of(policy) for policy in policies if len(policy.versions) > 1]
    yield from {script.address: script for script in map(messages_file, languages)}.values()


def messages_file(language: Language) -> File:
    """Return the script with the messages of a language; its address tells it from others."""
    messages = json.dumps(compare_sentences.sentences(language), ensure_ascii=False)
    content = f"export default {messages};\n".encode()
    digest = sha256(content).hexdigest()[:8]
    return file(Address(f"assets/javascripts/compare/messages.{digest}.js"), content)
