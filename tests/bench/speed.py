"""What does a whole redline cost, beside rendering its two texts with Python-Markdown?

usage: speed.py [CORPUS]

From two Markdown texts to HTML, proof included, in processor time. For Python-Markdown patterns are
compiled and processors made before; the engine makes its own for each pair.
"""

from __future__ import annotations

import gc
import resource
import statistics
import time

import markdown

from bench import real_texts
from gazette.forms import redline_html
from gazette.text.comparison import compare
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from gazette.text.reader import Reader


def whole_redline(old: str, new: str) -> str:
    reader = Reader()
    return redline_html.render(compare(reader.read(old), reader.read(new)))


def main() -> None:
    corpus = real_texts.folder(real_texts.parser(__doc__).parse_args().corpus)
    converter = markdown.Markdown(extensions=list(DEFAULT_EXTENSIONS))
    plain: list[float] = []
    ours: list[float] = []
    for _, old, new in real_texts.pairs(corpus / "pairs"):
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
