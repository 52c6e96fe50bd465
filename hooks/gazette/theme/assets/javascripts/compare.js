// Compares any two versions of a policy on its page `compare/?from=VERSION&to=VERSION`, from the
// published records. Nothing is shown before both texts were recovered from its marks.
import { bothWhole, element, inexact, link, redlineOf } from "./compare/marks.js";
import { compareSections, linksOf, wanted } from "./compare/sections.js";

const SCHEMA = "gazette/version/0";

/** A sentence for the reader, in place of a comparison. */
class Refusal extends Error {}

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
        if (!section.blocks)
          throw new Refusal(
            `The record of version ${section.wording} lacks words that other versions refer to. Please tell us.`,
          );
      }),
    );
  }

  async #fetched(version) {
    try {
      const response = await fetch(
        new URL(`${encodeURIComponent(version)}/${encodeURIComponent(version)}.json`, this.archive),
      );
      if (!response.ok) throw new Error(`it answers ${response.status}`);
      const record = await response.json();
      if (record.schema !== SCHEMA) throw new Error("it has another form than this page knows");
      return record;
    } catch (error) {
      throw new Refusal(
        `The record of version ${version} could not be loaded (${error.message}). Check your connection, then load this page again.`,
      );
    }
  }
}

/** Return the two versions to compare, the older one first, and what to say about them. */
const chosen = (versions, from, to) => {
  for (const version of [from, to])
    if (version && !versions.includes(version))
      throw new Refusal(`There is no version ${version} of this policy. Choose from the lists.`);
  if (!from || !to)
    throw new Refusal(
      from || to ? "Choose the other version, too." : "Choose two versions to compare.",
    );
  if (from === to)
    throw new Refusal(`Both are version ${from}: nothing changed. Choose two that differ.`);
  if (versions.indexOf(from) > versions.indexOf(to)) return [from, to, ""];
  return [
    to,
    from,
    `Version ${from} is the later one, so this shows what changed from ${to} to ${from}.`,
  ];
};

/** Return what became of all sections between two of `versions` (newest first), and both texts. */
export const comparison = async (records, versions, from, to) => {
  const isLater = (version) => versions.indexOf(version) < versions.indexOf(from);
  const [old, now] = await Promise.all(
    [from, to].map(async (version) => structuredClone((await records.load(version)).sections)),
  );
  const links = linksOf(old, now, isLater);
  await records.fill(wanted(links));
  return { changes: compareSections(links), texts: { old, new: now } };
};

/** Return the redline, or both texts where it is not exact. */
export const shown = ({ changes, texts }, pages) => {
  const redline = redlineOf(changes, pages);
  const wrong = inexact(redline, changes, texts);
  if (wrong.length) {
    const sentence =
      "The marks would not be exactly what both versions say, so here are the words of the sections that differ, as they stand in each.";
    return element("div", "", element("p", "gz-note", sentence), bothWhole(changes));
  }
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
  return element(
    "p",
    "gz-compare__ready",
    "The redline between these two is ready, with formatting and links: ",
    link(page[1], "see it"),
    ".",
  );
};

/** Compare what the address asks for; its choices are in the lists of the form. */
const answer = async (form, place) => {
  const { from: older, to: newer } = form.elements;
  const versions = [...older.options].map((option) => option.value).filter(Boolean);
  newer.replaceChildren(...[...older.options].map((option) => option.cloneNode(true)));
  const asked = new URLSearchParams(location.search);
  const [askedFrom, askedTo] = ["from", "to"].map((name) => asked.get(name)?.trim() ?? "");
  [older.value, newer.value] = [askedFrom, askedTo].map((version) =>
    versions.includes(version) ? version : "",
  );
  const [from, to, sentence] = chosen(versions, askedFrom, askedTo);
  [older.value, newer.value] = [from, to];
  const archive = `${form.dataset.folder}versions/`;
  const records = new Records(new URL(archive, document.baseURI));
  const pages = { old: `${archive}${from}/`, new: `${archive}${to}/` };
  const compared = await comparison(records, versions, from, to);
  place.replaceChildren(
    ...[ready(form, versions, from, to), shown(compared, pages)].filter(Boolean),
  );
  return [sentence, `Compared: version ${from} with version ${to}.`].filter(Boolean).join(" ");
};

const begin = async (page) => {
  const [form, status, place, list] = ["form", "[role=status]", ".gz-compared", ".gz-ready"].map(
    (name) => page.querySelector(name),
  );
  form.hidden = false;
  list.open = false;
  status.textContent = "Loading the versions …";
  try {
    status.textContent = await answer(form, place);
    if (location.hash)
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  } catch (error) {
    status.textContent =
      error instanceof Refusal
        ? error.message
        : `This comparison failed (${error.message}). Please tell us.`;
    if (!(error instanceof Refusal)) throw error;
  }
};

const start = () => {
  for (const page of document.querySelectorAll(".gz-compare:has(form[hidden])")) begin(page);
};

// The theme's instant navigation replaces the page without loading scripts again.
if (window.document$) window.document$.subscribe(start);
else start();
