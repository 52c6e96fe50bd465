/*
 * What the theme asks for with every page, and nearly no reader needs at once.
 *
 * Its script: it runs when the page stands. What a page shows until then is shown here, and what the
 * reader does until it has begun is told to it.
 *
 * The search index: nearly no reader of a policy searches, so that request waits until the search is
 * opened; a page reached by a search needs it at once. And a sitemap beside each alternate of a page,
 * for a switch of versions by languages: there is none beside a feed, so alternates are written in a
 * way that the theme overlooks.
 */
(() => {
  "use strict";
  const SOUGHT = /[?&][hq]=/;

  const rewriteAlternates = () => {
    for (const link of document.querySelectorAll("link[rel=alternate]")) link.rel = "alternate ";
  };

  const delayIndex = () => {
    const { open, send } = XMLHttpRequest.prototype;
    const waiting = [];
    XMLHttpRequest.prototype.open = function (method, address, ...rest) {
      this.gzWaits = String(address).endsWith("/search/search_index.json");
      return open.call(this, method, address, ...rest);
    };
    XMLHttpRequest.prototype.send = function (...body) {
      if (this.gzWaits) waiting.push(this);
      else send.apply(this, body);
    };
    document.addEventListener("change", function opened(event) {
      if (event.target.id !== "__search") return;
      document.removeEventListener("change", opened);
      Object.assign(XMLHttpRequest.prototype, { open, send });
      waiting.forEach((request) => request.send());
    });
  };

  // As the theme's script does it: the colours that were chosen, else the system's, and the button for
  // others.
  const showColours = () => {
    const choices = [...document.querySelectorAll("[data-md-component=palette] input")];
    const fits = (choice) => matchMedia(choice.dataset.mdColorMedia).matches;
    const index = __md_get("__palette")?.index ?? choices.findIndex(fits);
    const choice = choices[Math.max(0, Math.min(index, choices.length - 1))];
    if (!choice) return;
    choice.nextElementSibling.hidden = false;
    const isSystem = choice.dataset.mdColorMedia === "(prefers-color-scheme)";
    const colours = (isSystem && choices.find((other) => other !== choice && fits(other))) || choice;
    if (colours === choices[0]) return; // the page has them
    for (const fact of ["mdColorMedia", "mdColorScheme", "mdColorPrimary", "mdColorAccent"]) {
      document.body.dataset[fact] = colours.dataset[fact];
    }
  };

  const openSearch = ({ target }) => {
    if (target.id === "__search" && target.checked) document.forms.search.elements.query.focus();
  };

  // Runs the theme's script, which begins when it is told that the page stands, and tells it again what
  // the reader did meanwhile.
  const run = (address) => {
    const missed = [];
    const miss = (event) => missed.push(event);
    const script = document.createElement("script");
    script.src = address;
    for (const type of ["keydown", "change"]) addEventListener(type, miss, true);
    script.addEventListener("load", () => {
      for (const type of ["keydown", "change"]) removeEventListener(type, miss, true);
      document.dispatchEvent(new Event("DOMContentLoaded"));
      for (const event of missed) {
        if (event.type === "keydown") dispatchEvent(new KeyboardEvent("keydown", event));
        else if (event.target.name === "__palette") event.target.dispatchEvent(new Event("change"));
      }
    });
    document.body.append(script);
  };

  rewriteAlternates();
  new MutationObserver(rewriteAlternates).observe(document.head, { childList: true }); // another page's head
  if (!SOUGHT.test(location.search)) delayIndex();
  const link = document.querySelector("link[data-runs]");
  if (!link) return;
  document.documentElement.classList.replace("no-js", "js");
  document.addEventListener("change", openSearch);
  showColours();
  run(link.href);
})();
