/*
 * What the theme does with every page, and nearly no reader needs or asks for.
 *
 * The search index: nearly no reader of a policy searches, so that request waits until the search is
 * opened; a page reached by a search needs it at once. And a sitemap beside each alternate of a page,
 * for a switch of versions by languages: there is none beside a feed, so alternates are written in a
 * way that the theme overlooks.
 *
 * The colours of the system, which it keeps in the browser as if the reader had chosen them, and takes
 * over only while a page loads: nothing is kept before somebody chooses, and until then pages are as
 * dark as the system, whenever that changes.
 */
(() => {
  "use strict";
  const rewrite = () => {
    for (const link of document.querySelectorAll("link[rel=alternate]")) link.rel = "alternate ";
  };
  rewrite();
  new MutationObserver(rewrite).observe(document.head, { childList: true }); // another page's head
  const keep = window.__md_set;
  let isChosen = Boolean(window.__md_get?.("__palette"));
  const choose = ({ target, isTrusted }) => (isChosen ||= isTrusted && target.name === "__palette");
  document.addEventListener("change", choose, true); // before the theme hears of it
  window.__md_set = (key, ...rest) => {
    if (key !== "__palette" || isChosen) keep(key, ...rest);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    const palettes = [...document.querySelectorAll("input[name=__palette]")];
    const own = palettes.find(({ dataset }) => matchMedia(dataset.mdColorMedia).matches);
    if (isChosen || !own || own.checked) return;
    own.checked = true;
    own.dispatchEvent(new Event("change"));
  });
  if (/[?&][hq]=/.test(location.search)) return;
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
})();
