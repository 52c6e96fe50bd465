// Compares any two versions of a policy on its page `compare/?from=VERSION&to=VERSION`, from the
// published records. Nothing is shown before both texts were recovered from its marks.
import { bothWhole, element, inexact, link, redlineOf } from "./compare/marks.js";
import { withMoves } from "./compare/moves.js";
import { compareSections, linksOf, wanted } from "./compare/sections.js";
import { loadMessages, message, sentence } from "./compare/sentences.js";

const SCHEMA = "gazette/version/0";

/** A sentence for the reader, in place of a comparison. */
class Refusal extends Error {
  constructor(name, values) {
    super(name);
    this.words = sentence(name, values);
  }
}

/** Return a section of the record of a version with what the record leaves out. */
const whole = (section, version) => {
  const { anchor, heading, blocks } = section;
  const block = (own) => {
    if (typeof own === "string") return { kind: "paragraph", text: own };
    return own.cells ? own : { text: heading, ...own };
  };
  const facts = { number: "", id: anchor, from: [], wording: version, ...section };
  return blocks ? { ...facts, blocks: blocks.map(block) } : facts;
};

/** Loads the records of versions, each once, from the address of their archive. */
export class Records {
  #loaded = new Map();

  constructor(archive) {
    this.archive = archive;
  }

  /** Return the record of a version. Throws a Refusal where it cannot be had. */
  load(version) {
    if (!this.#loaded.has(version)) this.#loaded.set(version, this.#fetched(version));
    return this.#loaded.get(version);
  }

  /** Give these sections their words, from the versions that brought them. */
  async fill(sections) {
    await Promise.all(
      sections.map(async (section) => {
        const record = await this.load(section.wording);
        section.blocks = record.sections.find((own) => own.digest === section.digest)?.blocks;
        if (!section.blocks) throw new Refusal("incomplete", { version: section.wording });
      }),
    );
  }

  async #fetched(version) {
    try {
      const response = await fetch(
        new URL(`${encodeURIComponent(version)}/${encodeURIComponent(version)}.json`, this.archive),
      );
      if (!response.ok)
        throw new Error(message("answered").replace("%(status)s", response.status));
      const record = await response.json();
      if (record.schema !== SCHEMA) throw new Error(message("other_form"));
      return { ...record, sections: record.sections.map((section) => whole(section, version)) };
    } catch (error) {
      throw new Refusal("not_loaded", { version, reason: error.message });
    }
  }
}

/** Return the two versions to compare, the older one first, and what to say first about them. */
const chosen = (versions, from, to) => {
  for (const version of [from, to])
    if (version && !versions.includes(version)) throw new Refusal("unknown", { version });
  if (!from || !to) throw new Refusal(from || to ? "choose_other" : "choose");
  if (from === to) throw new Refusal("same", { version: from });
  if (versions.indexOf(from) > versions.indexOf(to)) return [from, to, []];
  return [to, from, [...sentence("turned", { old: to, new: from }), " "]];
};

/** Return what became of all sections between two of `versions` (newest first), and both texts. */
export const comparison = async (records, versions, from, to) => {
  const isLater = (version) => versions.indexOf(version) < versions.indexOf(from);
  const [old, now] = await Promise.all(
    [from, to].map(async (version) => structuredClone((await records.load(version)).sections)),
  );
  const links = linksOf(old, now, isLater);
  await records.fill(wanted(links));
  return { changes: withMoves(compareSections(links)), texts: { old, new: now } };
};

/** Return the redline, or both texts where it is not exact. */
export const shown = ({ changes, texts }, pages) => {
  const redline = redlineOf(changes, pages);
  const wrong = inexact(redline, changes, texts);
  if (wrong.length)
    return element("div", "", element("p", "gz-note", message("inexact")), bothWhole(changes));
  for (const words of redline.querySelectorAll(".gz-section > [hidden]")) words.remove();
  return redline;
};

/** Return the link to the redline of these versions that is ready; it shows formatting and links. */
const ready = (form, versions, from, to) => {
  const places = [
    [versions.indexOf(from) === versions.indexOf(to) + 1, `${form.dataset.folder}changes/${to}/`],
    [to === form.dataset.shown, `${form.dataset.folder}since/${from}/`],
  ];
  const page = places.find(([isReady]) => isReady);
  if (!page) return null;
  const [before, words, after] = message("ready").split(/<\/?a>/);
  return element("p", "gz-compare__ready", before, link(page[1], words), after);
};

/** Compare what the address asks for, its choices in the lists of the form; return what to say. */
const answer = async (form, place) => {
  const { from: older, to: newer } = form.elements;
  const versions = [...older.options].map((option) => option.value).filter(Boolean);
  newer.replaceChildren(...[...older.options].map((option) => option.cloneNode(true)));
  const asked = new URLSearchParams(location.search);
  const [askedFrom, askedTo] = ["from", "to"].map((name) => asked.get(name)?.trim() ?? "");
  [older.value, newer.value] = [askedFrom, askedTo].map((version) =>
    versions.includes(version) ? version : "",
  );
  const [from, to, first] = chosen(versions, askedFrom, askedTo);
  [older.value, newer.value] = [from, to];
  const archive = `${form.dataset.folder}versions/`;
  const records = new Records(new URL(archive, document.baseURI));
  const pages = { old: `${archive}${from}/`, new: `${archive}${to}/` };
  const compared = await comparison(records, versions, from, to);
  place.replaceChildren(
    ...[ready(form, versions, from, to), shown(compared, pages)].filter(Boolean),
  );
  return [...first, ...sentence("compared", { old: from, new: to })];
};

const begin = async (page) => {
  const [form, status, place, list] = ["form", "[role=status]", ".gz-compared", ".gz-ready"].map(
    (name) => page.querySelector(name),
  );
  await loadMessages(form);
  form.hidden = false;
  list.open = false;
  status.textContent = message("loading");
  try {
    status.replaceChildren(...(await answer(form, place)));
    if (location.hash)
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  } catch (error) {
    const isRefusal = error instanceof Refusal;
    status.replaceChildren(
      ...(isRefusal ? error.words : sentence("failed", { reason: error.message })),
    );
    if (!isRefusal) throw error;
  }
};

const start = () => {
  for (const page of document.querySelectorAll(".gz-compare:has(form[hidden])")) begin(page);
};

// The theme's instant navigation replaces the page without loading scripts again.
const startWhenReady = () => (window.document$ ? window.document$.subscribe(start) : start());
if (window.document$ || document.readyState === "complete") startWhenReady();
else document.addEventListener("DOMContentLoaded", startWhenReady);
