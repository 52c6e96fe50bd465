"""What does a whole redline cost, beside rendering its two texts with Python-Markdown?

usage: speed.py [CORPUS]

From two Markdown texts to HTML, proof included, in processor time. What the engine remembers is
forgotten before each pair, as if it were the first one that a process compares; for Python-Markdown
and the engine alike, processors are made and patterns compiled before.
"""

from __future__ import annotations

import gc
import resource
import statistics
import time

import markdown

from bench import real_texts
from gazette.forms import redline_html
from gazette.text import memory
from gazette.text.document import read_document
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.proof import prove
from gazette.text.redline import redline


def whole_redline(old: str, new: str) -> str:
    before, after = read_document(old), read_document(new)
    change = redline(before, after)
    prove(change, before, after)
    return redline_html.render(change)


def main() -> None:
    converter = markdown.Markdown(extensions=list(DEFAULT_EXTENSIONS))
    plain: list[float] = []
    ours: list[float] = []
    for _, old, new in real_texts.pairs(real_texts.folder() / "pairs"):
        memory.forget()
        gc.collect()
        gc.freeze()
        start = time.process_time()
        for text in (old, new):
            converter.reset().convert(text)
        rendered = time.process_time()
        whole_redline(old, new)
        plain.append(rendered - start)
        ours.append(time.process_time() - rendered)
    ratio = statistics.median(ours) / statistics.median(plain)
    print(
        f"median {statistics.median(ours) * 1000:.1f} ms, {ratio:.2f} of Python-Markdown (target 1)"
    )
    print(f"sum {sum(ours):.1f} s, {sum(ours) / sum(plain):.2f} of Python-Markdown (target 1)")
    print(f"longest {max(ours):.2f} s (target 2)")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, whole run")


if __name__ == "__main__":
    main()
