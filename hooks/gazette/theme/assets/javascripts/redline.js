// Next and previous change from the keyboard: n and p. Everything else works without this script.
(() => {
  "use strict";

  const isTyping = (element) =>
    element instanceof HTMLElement &&
    (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  // A deletion and the insertion in its place are one change.
  const changesIn = (redline) =>
    [...redline.querySelectorAll(".gz-section ins, .gz-section del, .gz-section .gz-note")].filter(
      (element) => !(element.tagName === "INS" && element.previousElementSibling?.tagName === "DEL"
        && !element.previousSibling?.textContent.trim()),
    );

  const step = (redline, direction) => {
    const changes = changesIn(redline);
    if (!changes.length) return;
    const current = redline.querySelector(".gz-current");
    let at = changes.indexOf(current);
    if (at < 0) {
      // Begin at what the reader sees.
      const below = changes.findIndex((change) => change.getBoundingClientRect().top > 80);
      at = direction > 0 ? (below < 0 ? changes.length : below) - 1 : Math.max(below, 0);
    }
    const next = changes[(at + direction + changes.length) % changes.length];
    current?.classList.remove("gz-current");
    next.classList.add("gz-current");
    next.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };

  const start = () => {
    for (const redline of document.querySelectorAll(".gz-redline")) redline.dataset.keys = "";
  };

  // In the capture phase: the theme has keys of its own for next and previous page.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const direction = { n: 1, p: -1 }[event.key];
    const redline = document.querySelector(".gz-redline");
    if (!direction || !redline) return;
    event.preventDefault();
    event.stopPropagation();
    step(redline, direction);
  }, true);

  // The theme's instant navigation replaces the page without loading scripts again.
  const ready = () => (window.document$ ? window.document$.subscribe(start) : start());
  if (window.document$ || document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
