// A button beside each citation that copies it, and what links at headings are for, where a pointer
// rests. Without this script a citation can be selected. What it says, its own element holds or, on
// pages of the archive, the one that they share.
(() => {
  "use strict";

  const words = () => document.querySelector("[data-copied]").dataset;

  for (const link of document.querySelectorAll(".gz-text .headerlink:not([title])")) {
    link.title = words().section;
  }

  const select = (element) => {
    const selection = getSelection();
    selection.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(element);
    selection.addRange(range);
  };

  const copy = async (button, citation) => {
    select(citation);
    try {
      await navigator.clipboard.writeText(citation.textContent);
      button.textContent = words().copied;
    } catch {
      button.textContent = words().selected;
    }
  };

  const addButton = (details) => {
    const citation = details.querySelector("p");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gz-copy";
    button.textContent = words().copy;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, citation));
    details.append(button);
  };

  // The event does not bubble: it is caught on its way down.
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.matches(".gz-mark > details")) return;
    if (details.open && !details.querySelector(".gz-copy")) addButton(details);
  }, true);
})();
