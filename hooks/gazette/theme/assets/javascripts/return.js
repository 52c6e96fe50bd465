// "Tell me what changed when I come back": the reader's own browser keeps the version that it showed
// last, with the digests of its sections, from the press of a button until it is pressed again. Only
// the record of the version that the page shows is asked for, never anything about the reader.
(() => {
  "use strict";

  const TELL = "Tell me what changed when I come back";
  const FORGET = "Stop telling me, and forget my visits";
  const REFUSED =
    "This browser lets pages keep nothing here, as in a private window: it cannot tell you.";

  // A site may share its host with others: the path tells policies and sites apart.
  const key = () => `gazette ${new URL(".", location.href).pathname}`;

  // What is kept: the last visit. In this tab also the one before, so that a reload tells it again.
  const read = (storage) => {
    try {
      const visit = JSON.parse(window[storage].getItem(key()));
      return /^\d{4}-\d\d-\d\d\.v\d+$/.test(visit.version) && visit.sections ? visit : null;
    } catch {
      return null; // nothing is kept, or it cannot be read
    }
  };
  const keep = (storage, visit) => window[storage].setItem(key(), JSON.stringify(visit));
  const forget = () => {
    for (const storage of ["localStorage", "sessionStorage"]) window[storage].removeItem(key());
  };

  const nameOf = ({ number, heading, index }) =>
    number || (heading ? `“${heading}”` : index ? `no. ${index}` : "the opening");

  const visitOf = async (version) => {
    const address = `versions/${version}/${version}.json`;
    const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) throw new Error(response.statusText);
    const { sections } = await response.json();
    const entries = sections.map((section) => [section.id, [section.digest.slice(0, 16), nameOf(section)]]);
    return { version, sections: Object.fromEntries(entries) };
  };

  const listed = (names) => {
    const sections = names.length === 1 ? "section" : "sections";
    const last = names.at(-1);
    return names.length > 1 ? `${sections} ${names.slice(0, -1).join(", ")} and ${last}` : `${sections} ${last}`;
  };

  const difference = (before, now) => {
    const changed = Object.entries(now.sections)
      .filter(([id, [digest]]) => before.sections[id]?.[0] !== digest)
      .map(([, [, name]]) => name);
    const removed = Object.entries(before.sections)
      .filter(([id]) => !(id in now.sections))
      .map(([, [, name]]) => name);
    const parts = [];
    if (changed.length) parts.push(listed(changed));
    if (removed.length) parts.push(`removed: ${listed(removed)} of then`);
    return parts.length ? `Changed since your last visit: ${parts.join("; ")}.` : "No section has changed since your last visit.";
  };

  const say = (status, sentence, since) => {
    status.replaceChildren(sentence);
    if (!since) return;
    const link = document.createElement("a");
    link.href = `since/${since}/`;
    link.textContent = "See what changed";
    status.append(" ", link);
  };

  const press = async (button, status, version) => {
    if (read("localStorage")) {
      forget();
      button.textContent = TELL;
      return say(status, "Your visits are forgotten.");
    }
    let visit;
    try {
      visit = await visitOf(version);
    } catch {
      return say(status, "The record of this version could not be loaded. Please try again.");
    }
    try {
      keep("localStorage", visit);
    } catch {
      return say(status, REFUSED);
    }
    button.textContent = FORGET;
    say(status, "This browser, and nobody else, now keeps which version you saw.");
  };

  const tell = async (status, version, last) => {
    const before = last.version === version ? (read("sessionStorage") ?? last) : last;
    if (before.version === version) return say(status, "Nothing has changed since your last visit.");
    try {
      const now = last.version === version ? last : await visitOf(version);
      say(status, difference(before, now), before.version);
      keep("sessionStorage", before);
      keep("localStorage", now);
    } catch {
      say(status, `Version ${version} is new since your last visit.`, before.version);
    }
  };

  const start = () => {
    const place = document.querySelector(".gz-return[hidden]");
    if (!place) return;
    const { version } = place.dataset;
    const button = document.createElement("button");
    const status = document.createElement("span");
    const last = read("localStorage");
    button.type = "button";
    button.textContent = last ? FORGET : TELL;
    button.addEventListener("click", () => press(button, status, version));
    status.setAttribute("role", "status");
    place.append(button, " ", status);
    place.hidden = false;
    if (last) tell(status, version, last);
  };

  // The theme's instant navigation replaces the page without loading scripts again.
  const ready = () => (window.document$ ? window.document$.subscribe(start) : start());
  if (window.document$ || document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
