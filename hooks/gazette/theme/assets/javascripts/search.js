/*
 * The theme asks for the whole search index with every page, and nearly no reader of a policy
 * searches. Here that one request waits until the search is opened; a page reached by a search needs
 * it at once.
 */
(() => {
  "use strict";
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
