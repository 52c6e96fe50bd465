// Next and previous change from the keyboard: n and p. Everything else works without this script.
(() => {
  "use strict";

  const isTyping = (element) =>
    element instanceof HTMLElement &&
    (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  // A deletion and the insertion in its place are one change; so are neighbours that are spoken of
  // once, and a section that only moved.
  const changesIn = (redline) =>
    [...redline.querySelectorAll(".gz-section :is(ins, del, .gz-note), .gz-section > h3")].filter(
      (element) => {
        if (element.tagName === "H3") return !element.parentNode.querySelector("ins, del, .gz-note");
        if (element.matches("ins, del") && !element.querySelector("gz-s")) return false;
        if (element.tagName !== "INS") return true;
        let before = element.previousSibling;
        while (before && before.nodeName !== "DEL" && !before.textContent.trim())
          before = before.previousSibling;
        return before?.nodeName !== "DEL";
      },
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
    announce(redline, changes.indexOf(next) + 1, changes.length, next.closest(".gz-section"));
  };

  // Say to screen readers which change this is, after the words that have the focus.
  const announce = (redline, num, all, section) => {
    const name = section.querySelector("h3").cloneNode(true);
    for (const unsaid of name.querySelectorAll("del, gz-s, .gz-there")) unsaid.remove();
    const facts = { num, all, section: name.textContent.trim() };
    const text = words()?.place ?? "";
    redline.querySelector(":scope > [role=status]").textContent = text.replace(
      /%\((\w+)\)s/g,
      (_, fact) => facts[fact],
    );
  };

  // Whoever speaks to their computer may turn the keys off: it stays so until they turn them on.
  const OFF = "gazette-keys-off";
  const areOff = () => {
    try {
      return localStorage.getItem(OFF) !== null;
    } catch {
      return false;
    }
  };
  const turn = (button) => {
    if (areOff()) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
    show(button);
  };
  const show = (button) => {
    button.textContent = areOff() ? words().on : words().off;
  };

  // What the script of the page's shell holds for this one; other pages do without keys in words.
  const words = () => document.querySelector("[data-keys][data-place]")?.dataset;

  // Say below how a redline is read which keys there are, and let readers turn them off.
  const addKeys = (legend) => {
    const keys = document.createElement("span");
    keys.className = "gz-keys";
    keys.innerHTML = words().keys;
    const button = document.createElement("button");
    button.type = "button";
    show(button);
    keys.append(" ", button);
    legend.append(" ", keys);
  };

  const start = () => {
    for (const redline of document.querySelectorAll(".gz-redline:not([data-keys])")) {
      redline.dataset.keys = "";
      const status = document.createElement("p");
      status.className = "gz-hidden";
      status.setAttribute("role", "status");
      redline.append(status);
    }
    if (!words()) return;
    for (const legend of document.querySelectorAll(".gz-redline .gz-legend")) {
      if (!legend.querySelector(".gz-keys")) addKeys(legend);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.target.matches?.(".gz-keys button")) turn(event.target);
  });

  // In the capture phase: the theme has keys of its own for next and previous page.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const direction = { n: 1, p: -1 }[event.key];
    const redline = document.querySelector(".gz-redline");
    if (!direction || !redline || areOff()) return;
    start();
    event.preventDefault();
    event.stopPropagation();
    step(redline, direction);
  }, true);

  // Places of sections had other names once: links to these arrive, too.
  const arrive = () => {
    const [wanted, kind, rest, number] = /^#(change|removed)-(.*?)(?:-(\d+))?$/.exec(location.hash) ?? [];
    if (!wanted || document.getElementById(decodeURIComponent(wanted.slice(1)))) return;
    const name = rest === "opening" ? `opening-${kind}` : `${kind}-${rest}`;
    const place = number ? `${name}~${number}` : name;
    if (document.getElementById(decodeURIComponent(place))) location.replace(`#${place}`);
  };

  // The theme's instant navigation replaces the page without loading scripts again.
  const opened = () => {
    start();
    arrive();
  };
  const ready = () => (window.document$ ? window.document$.subscribe(opened) : opened());
  if (window.document$ || document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
