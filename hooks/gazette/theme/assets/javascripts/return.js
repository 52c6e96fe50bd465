// "Tell me what changed when I come back": the reader's own browser keeps the version that it showed
// last, with the digests of its sections, from the press of a button until it is pressed again. Only
// the record of the version that the page shows is asked for, never anything about the reader. What it
// says in the language of the page, the element holds in which it stands.
(() => {
  "use strict";

  // A site may share its host with others: the path tells policies and sites apart. A policy that was
  // renamed is known by the path of each name that it had, the present one first.
  const keys = ({ former = "" }) =>
    [".", ...former.split(" ").filter(Boolean)].map(
      (folder) => `gazette ${new URL(folder, location.href).pathname}`,
    );

  const parsed = (text) => {
    try {
      const visit = JSON.parse(text);
      return /^\d{4}-\d\d-\d\d\.v\d+$/.test(visit.version) && visit.sections ? visit : null;
    } catch {
      return null;
    }
  };

  // What is kept: the last visit. In this tab also the one before, so that a reload tells it again.
  const read = (words, storage) => {
    try {
      return keys(words).map((key) => parsed(window[storage].getItem(key))).find(Boolean) ?? null;
    } catch {
      return null; // this browser lets nothing be read
    }
  };
  const forget = (words, ...storages) => {
    for (const storage of storages)
      for (const key of keys(words)) window[storage].removeItem(key);
  };
  const keep = (words, storage, visit) => {
    forget(words, storage);
    window[storage].setItem(keys(words)[0], JSON.stringify(visit));
  };

  const replaced = (message, value) => message.replace(/%\(\w+\)s/, () => value);

  const nameOf = (words, { number, heading, index }) => {
    if (number) return number;
    if (heading) return replaced(words.quotation, heading);
    return index ? replaced(words.numbered, index) : words.opening;
  };

  const visitOf = async (words, version) => {
    const address = `versions/${version}/${version}.json`;
    const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) throw new Error(response.statusText);
    const { sections } = await response.json();
    const entries = sections.map((section) => [
      section.id ?? section.anchor, [section.digest.slice(0, 16), nameOf(words, section)],
    ]);
    return { version, sections: Object.fromEntries(entries) };
  };

  // Nothing around a name turns its direction.
  const isolated = (words) => {
    const element = document.createElement("bdi");
    element.textContent = words;
    return element;
  };

  // A message with these nodes in the place of its one value.
  const filled = (message, ...nodes) => {
    const [before, after] = message.split(/%\(\w+\)s/);
    return [before, ...nodes, after];
  };

  const listed = (forms, names) => {
    const language = document.documentElement.lang || "en";
    const form = new Intl.PluralRules(language).select(names.length);
    const list = new Intl.ListFormat(language === "en" ? "en-GB" : language);
    const parts = list.formatToParts(names);
    const nodes = parts.map(({ type, value }) => (type === "element" ? isolated(value) : value));
    return filled(forms[form] ?? forms.other, ...nodes);
  };

  const difference = (words, before, now) => {
    const changed = Object.entries(now.sections)
      .filter(([id, [digest]]) => before.sections[id]?.[0] !== digest)
      .map(([, [, name]]) => name);
    const removed = Object.entries(before.sections)
      .filter(([id]) => !Object.hasOwn(now.sections, id))
      .map(([, [, name]]) => name);
    const sentences = [
      changed.length ? listed(JSON.parse(words.changed), changed) : [],
      removed.length ? listed(JSON.parse(words.removed), removed) : [],
    ].filter((nodes) => nodes.length);
    if (!sentences.length) return [words.unchanged];
    return sentences.flatMap((nodes, at) => (at ? [" ", ...nodes] : nodes));
  };

  // `page` is the element with its words, its button and its status.
  const say = ({ words, status }, nodes, since) => {
    status.replaceChildren(...nodes);
    if (!since) return;
    const link = document.createElement("a");
    link.href = `since/${since}/`;
    link.textContent = words.see;
    status.append(" ", link);
  };

  const press = async (page) => {
    const { words, button } = page;
    if (read(words, "localStorage")) {
      forget(words, "localStorage", "sessionStorage");
      button.textContent = words.tell;
      return say(page, [words.forgotten]);
    }
    let visit;
    try {
      visit = await visitOf(words, words.version);
    } catch {
      return say(page, [words.failed]);
    }
    try {
      keep(words, "localStorage", visit);
    } catch {
      return say(page, [words.refused]);
    }
    button.textContent = words.forget;
    say(page, [words.kept]);
  };

  const tell = async (page, last) => {
    const { words } = page;
    const { version } = words;
    const before = last.version === version ? (read(words, "sessionStorage") ?? last) : last;
    if (before.version === version) return say(page, [words.same]);
    try {
      const now = last.version === version ? last : await visitOf(words, version);
      say(page, difference(words, before, now), before.version);
      keep(words, "sessionStorage", before);
      keep(words, "localStorage", now);
    } catch {
      say(page, filled(words.new, isolated(version)), before.version);
    }
  };

  const start = () => {
    const place = document.querySelector(".gz-return[hidden]");
    if (!place) return;
    const words = place.dataset;
    const button = document.createElement("button");
    const status = document.createElement("span");
    const page = { words, button, status };
    const last = read(words, "localStorage");
    button.type = "button";
    button.textContent = last ? words.forget : words.tell;
    button.addEventListener("click", () => press(page));
    status.setAttribute("role", "status");
    place.append(button, " ", status);
    place.hidden = false;
    if (last) tell(page, last);
  };

  // The theme's instant navigation replaces the page without loading scripts again.
  const ready = () => (window.document$ ? window.document$.subscribe(start) : start());
  if (window.document$ || document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
