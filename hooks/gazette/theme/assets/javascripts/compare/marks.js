// A comparison as marks in a page, in the notation of built redlines, and the texts that can be
// recovered from the marks. What policies say is only ever put in as text.
import { fold } from "./words.js";
import { cellsOf, firstWords, isUnchanged } from "./sections.js";
import { filled, message, sentence } from "./sentences.js";

/** So many changed sections are listed; the others in a list that opens. */
const JUMPS = 30;
/** So many words identify a block. */
const FIRST_WORDS = 6;
const CHANGES = { "+": ["ins", "inserted"], "-": ["del", "deleted"] };
/** The element of a block, and the list or table that it stands in. */
const ELEMENTS = {
  "list-item": ["li", ["ul"]],
  "numbered-item": ["li", ["ol"]],
  "table-row": ["tr", ["div.md-typeset__scrollwrap", "div.md-typeset__table", "table", "tbody"]],
  term: ["dt", ["dl"]],
  definition: ["dd", ["dl"]],
  code: ["pre", []],
  quote: ["p", ["blockquote"]],
  notice: ["div", []],
};
/** So many letters of code, or of the longest words of a table side by side, fit every phone. */
const [MAX_CODE_LETTERS, MAX_TABLE_LETTERS] = [22, 30];
const [MIN_COLUMN_LETTERS, GAP_LETTERS] = [5, 2];
const STATUSES = ["amended", "added", "removed", "otherwise"];

/** Return an element with a class and children: elements, or words as text. */
export const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

export const link = (address, ...children) => {
  const made = element("a", "", ...children);
  made.href = address;
  return made;
};

/**
 * Return the redline of these changes. `pages` are the addresses of both texts, "old" and "new".
 */
export const redlineOf = (changes, pages) => {
  const ids = idsOf(changes);
  const changed = changes.filter((change) => !isUnchanged(change));
  const counts = countsOf(changes, changed);
  const redline = element("div", "gz-redline", changed.length ? null : counts);
  if (changed.length)
    redline.append(
      element("div", "gz-side", counts, jumpList(changes, ids), legend()),
      heading("h2", "redline", message("changes")),
    );
  nameMoves(changes, ids);
  const lines = movedLines(changes, ids);
  redline.append(...(lines.get(-1) ?? []));
  let unchanged = [];
  const fold = () => {
    if (unchanged.length) redline.append(unchangedList(unchanged, pages.new));
    unchanged = [];
  };
  changes.forEach((change, at) => {
    if (isUnchanged(change)) unchanged.push(change.new);
    if (lines.has(at) || !isUnchanged(change)) fold();
    if (!isUnchanged(change)) redline.append(sectionOf(change, ids[at], pages, changes));
    redline.append(...(lines.get(at) ?? []));
  });
  fold();
  redline.querySelectorAll("table, pre").forEach(reach);
  return redline;
};

/** Have what may scroll sideways reached from the keyboard, as in built redlines. */
const reach = (part) => {
  const isTable = part.nodeName === "TABLE";
  const isWide = isTable ? lettersOf(part) > MAX_TABLE_LETTERS : hasLongLines(part);
  if (!isWide) return;
  part.tabIndex = 0;
  if (!isTable) part.setAttribute("role", "group");
  part.setAttribute("aria-label", message(isTable ? "wide_table" : "wide_code"));
};

const hasLongLines = ({ textContent }) =>
  textContent.split("\n").some(({ length }) => length > MAX_CODE_LETTERS);

/** Return how wide a table is at least, in letters. */
const lettersOf = (table) => {
  const columns = [];
  for (const { cells } of table.rows)
    [...cells].forEach(({ textContent }, at) => {
      const words = textContent.match(/[^\s\u3000-\u9fff\uff00-\uffef]+/g) ?? [];
      const lengths = words.map(({ length }) => length);
      columns[at] = Math.max(columns[at] ?? MIN_COLUMN_LETTERS, ...lengths);
    });
  return columns.reduce((sum, longest) => sum + longest + GAP_LETTERS, 0);
};

const heading = (tag, id, ...children) => {
  const made = element(tag, "", ...children);
  made.id = id;
  return made;
};

const idsOf = (changes) => {
  const taken = new Map();
  return changes.map(({ old, new: now }) => {
    const [anchor, kind] = [(now ?? old).anchor, now ? "change" : "removed"];
    const name = anchor ? `${kind}-${anchor}` : `opening-${kind}`;
    taken.set(name, (taken.get(name) ?? 0) + 1);
    return taken.get(name) === 1 ? name : `${name}~${taken.get(name)}`;
  });
};

/** Return what a reader calls a section: without a heading its first words. */
const nameOf = (section) => {
  if (section.heading) return section.heading;
  if (!section.index) return message("opening");
  const words = firstWords(section);
  return words ? message("quotation").replace("%(words)s", () => `${words} …`) : message("nameless");
};

/** Say how many sections became what, so that the numbers are those of the list below. */
const countsOf = (changes, changed) => {
  const statusOf = (change) =>
    change.status === "unchanged" && !isUnchanged(change) ? "otherwise" : change.status;
  const count = (status) => changes.filter((change) => statusOf(change) === status).length;
  const named = STATUSES.filter(count);
  if (!changed.length) return element("p", "gz-counts", message("no_section"));
  const counts = [...named, "unchanged"].flatMap((status, at) => [
    at ? message("comma") : "",
    ...sentence(`count_${status}`, { num: count(status) }),
  ]);
  const before = named.join() === "otherwise" ? `${message("no_words")} ` : "";
  return element("p", "gz-counts", before, ...sentence("counts", { counts }));
};

/** Return how a redline is read, as built redlines say it. */
const legend = () => document.querySelector("template.gz-legend-of").content.cloneNode(true);

const jumpList = (changes, ids) => {
  const items = changes
    .map((change, at) => [change, ids[at]])
    .filter(([change]) => !isUnchanged(change))
    .map(([change, id]) =>
      element(
        "li",
        "",
        link(`#${encodeURIComponent(id)}`, ...labelOf(change)),
        " ",
        ...badgesOf(change),
      ),
    );
  const list = element(
    "details",
    "",
    element("summary", "", message("changed_sections")),
    element("ol", "", ...items.slice(0, JUMPS)),
  );
  const jumps = element("nav", "gz-jump", list);
  jumps.setAttribute("aria-label", message("changed_sections"));
  const more = items.slice(JUMPS);
  if (more.length)
    list.append(
      element(
        "details",
        "",
        element("summary", "", ...sentence("more_changed", { num: more.length })),
        element("ol", "", ...more),
      ),
    );
  return jumps;
};

const labelOf = ({ old, new: now, isPart }) =>
  isPart
    ? sentence("part", { old: nameOf(old), new: nameOf(now) })
    : filled("%(name)s", { name: nameOf(now ?? old) });

const badgesOf = (change) => {
  const implied = change.isPart ? ["renamed", "renumbered"] : [];
  const names = [
    ...(change.status === "unchanged" ? [] : [change.status]),
    ...change.flags.filter((flag) => !implied.includes(flag)),
  ];
  return names.flatMap((name) => [element("gz-b", "", message("badges")[name]), " "]);
};

const pageLink = (section, page) =>
  link(
    `${page}#${encodeURIComponent(section.anchor)}`,
    ...filled("%(name)s", { name: nameOf(section) }),
  );

const unchangedList = (sections, page) => {
  if (sections.length === 1)
    return element(
      "p",
      "gz-quiet",
      ...sentence("unchanged", { section: pageLink(sections[0], page) }),
    );
  const items = sections.map((section) => element("li", "", pageLink(section, page)));
  return element(
    "details",
    "gz-quiet",
    element("summary", "", ...sentence("sections_unchanged", { num: sections.length })),
    element("ul", "", ...items),
  );
};

/** Return an element that speaks the language of the page, among words of the texts. */
const ofPage = (...parts) => Object.assign(element(...parts), message("of_page"));

const note = (...words) => ofPage("div", "gz-note", ...words);

const levels = ({ old, new: now }) => sentence("level", { old: old.level, new: now.level });

const capitalised = ([first, ...others]) => [
  typeof first === "string" ? first.slice(0, 1).toLocaleUpperCase() + first.slice(1) : first,
  ...others,
];

// ---- a section ----

const sectionOf = (change, id, pages, changes) => {
  const [title, blocks] = titleAndBlocks(change);
  const made = element("section", `gz-section gz-${change.status}`, titleOf(change, title, pages));
  Object.assign(made, { id }, message("of_text"));
  // What is only amended shows that by its marks.
  const isPlain = change.status === "amended" && !change.flags.length;
  const badges = [...(isPlain ? [] : badgesOf(change)), ...originOf(change, id, pages, changes)];
  if (badges.length) made.append(ofPage("p", "gz-badges", ...badges));
  if (change.old && change.new && !change.isPart && change.old.level !== change.new.level)
    made.append(note(...capitalised(levels(change))));
  if (change.isWordless) made.append(note(message("wordless")));
  if (change.status !== "unchanged") made.append(...blocksOf(blocks, change));
  else if (change.blocks.length) made.append(unspoken(blocks));
  return made;
};

/** Return words that are the same: they are there to be looked at, not to be shown. */
const unspoken = (blocks) => {
  const made = element("div", "", ...blocksOf(blocks, null));
  made.hidden = true;
  return made;
};

/** Return the heading that opens a section apart from the other blocks. */
const titleAndBlocks = (change) => {
  const at = change.blocks.findIndex(
    ({ kind, old, new: now }) =>
      kind === "heading" &&
      (now ?? old).at === 0 &&
      (now ? change.new.index : change.old.index) > 0,
  );
  return at < 0
    ? [null, change.blocks]
    : [change.blocks[at], change.blocks.filter((_, place) => place !== at)];
};

const titleOf = (change, title, pages) => {
  const section = change.new ?? change.old;
  const words = title ? marked(element("span", ""), title, title.cells[0]) : null;
  const name = title?.cells[0].runs.length ? [] : labelOf(change);
  const there = link(
    `${change.new ? pages.new : pages.old}#${encodeURIComponent(section.anchor)}`,
    "§",
  );
  there.className = "gz-there";
  there.setAttribute("aria-label", message("in_full"));
  return element("h3", "", words, ...name, " ", there);
};

const originOf = (change, id, pages, changes) => {
  const { old, new: now, flags, isPart } = change;
  const origin = (...words) => [element("span", "gz-origin", ...words)];
  if (isPart) return origin(...sentence("source", { section: pageLink(old, pages.old) }));
  const parts = [];
  if (old && now && flags.includes("renumbered")) {
    const name = old.number && now.number ? "renumbered" : old.number ? "unnumbered" : "numbered";
    parts.push(sentence(name, { old: old.number, new: now.number }));
  }
  if (isMoved(change)) {
    const section = nameBefore(changes, "old", old);
    const words = sentence(section ? "stood_after" : "stood_first", { section });
    parts.push([link(`#${encodeURIComponent(`from-${id}`)}`, ...words)]);
  }
  return parts.length
    ? origin(...parts.flatMap((words, at) => (at ? [message("comma"), ...words] : words)))
    : [];
};

// ---- what moved ----

const isMoved = ({ flags, isPart }) => flags.includes("moved") && !isPart;

const nameInSentence = (section) => (section.index ? nameOf(section) : message("the_opening"));

/** Return the name of the section before another one in a text, null for the first. */
const nameBefore = (changes, side, { index }) => {
  const before = changes
    .map((change) => change[side])
    .filter((section) => section && section.index < index)
    .reduce((last, section) => (last && last.index > section.index ? last : section), null);
  return before && nameInSentence(before);
};

/** Return a line for each section that moved, by the place of what it stood behind; -1: nothing. */
const movedLines = (changes, ids) => {
  const lines = new Map();
  const moved = changes
    .map((change, at) => [change, ids[at]])
    .filter(([change]) => isMoved(change))
    .sort(([x], [y]) => x.old.index - y.old.index);
  for (const [{ old, new: now }, id] of moved) {
    let [behind, most] = [-1, -1];
    changes.forEach((change, at) => {
      if (change.old && !isMoved(change) && change.old.index < old.index && change.old.index >= most)
        [behind, most] = [at, change.old.index];
    });
    const other = nameBefore(changes, "new", now);
    const facts = { section: nameInSentence(old), other };
    const words = link(`#${encodeURIComponent(id)}`, ...sentence(other ? "went_after" : "went_first", facts));
    const line = element("p", "gz-quiet", words);
    line.id = `from-${id}`;
    lines.set(behind, [...(lines.get(behind) ?? []), line]);
  }
  return lines;
};

/** Give both places of each block that moved the same name. */
const nameMoves = (changes, ids) => {
  changes.forEach(({ blocks }, at) =>
    blocks.forEach((block, number) => {
      if (block.from) block.name = `${number}-${ids[at]}`;
    }),
  );
  for (const { blocks } of changes)
    for (const block of blocks) if (block.arrived) block.name = block.arrived.name;
};

/** Say of a block that moved where it went, or where it came from: each leads to the other. */
const moveNote = (block, change) => {
  const isGone = block.status === "gone";
  const section = isGone ? block.to : block.from;
  const own = isGone ? change.new : change.isPart ? null : change.old;
  const [here, there] = isGone ? ["from", "to"] : ["to", "from"];
  const place = (...words) => {
    const made = link(`#${encodeURIComponent(`${there}-${block.name}`)}`, ...words);
    made.id = `${here}-${block.name}`;
    return made;
  };
  const words = cellsOf(block.old.block).join(" ").split(/\s+/);
  const quoted = words.length > FIRST_WORDS ? [...words.slice(0, FIRST_WORDS), "…"] : words;
  const facts = {
    kind: movedKind(block.kind),
    words: message("quotation").replace("%(words)s", () => quoted.join(" ")),
  };
  const way = isGone ? "gone" : "come";
  if (own && own.index === section.index) return note(place(...sentence(`${way}_here`, facts)));
  return note(...sentence(way, { ...facts, section: place(nameInSentence(section)) }));
};

const movedKind = (kind) => {
  if (kind === "code") return message("code_block");
  return message("kinds")[["heading", "table-row", "list-item"].includes(kind) ? kind : "paragraph"];
};

/** Return the blocks, neighbouring items and rows in a list or table of their own. */
const blocksOf = (blocks, change) => {
  const parts = [];
  let [group, inner] = ["", null];
  for (const block of blocks) {
    const number = shownNumber(block);
    const [tag, around] = ELEMENTS[number === null ? block.kind : "numbered-item"] ?? ["p", []];
    if (around.join() !== group || !inner) {
      [group, inner] = [around.join(), null];
      for (const name of around) {
        const container = element(...name.split("."));
        if (inner) inner.append(container);
        else parts.push(container);
        inner = container;
      }
    }
    const made = blockOf(block, tag, change);
    if (number !== null) made.value = number;
    if (inner) inner.append(made);
    else parts.push(made);
  }
  return parts;
};

/** Return the number that readers see before an item, null where it has none. */
const shownNumber = (block) => (block.new ?? block.old)?.block.number ?? null;

const blockOf = (block, tag, change) => {
  const moved = block.from || block.to ? moveNote(block, change) : null;
  if (block.kind === "table-row") {
    const cells = block.cells.map((cell) => marked(element("td", ""), block, cell));
    if (!moved) return element("tr", "", ...cells);
    if (!cells.length) return element("tr", "", element("td", "", moved));
    cells.at(-1).append(moved);
    return element("tr", "", ...cells);
  }
  const isInner = ["li", "dt", "dd"].includes(tag);
  if (block.status === "gone") return isInner ? element(tag, "", moved) : moved;
  const made = marked(element(tag, ""), block, block.cells[0]);
  if (moved && !isInner) return element("div", "", made, moved);
  if (moved) made.append(moved);
  const isEmpty = (block.status === "added" || block.status === "removed") && !made.textContent;
  if (isEmpty)
    made.append(note(...sentence(`empty_${block.status}`, { kind: message("kinds")[block.kind] })));
  return made;
};

/** Put the words of a cell into an element that says where they stand in both texts. */
const marked = (made, block, cell) => {
  for (const side of ["old", "new"])
    if (block[side] && cell[side] !== null)
      made.dataset[side] = placeOf(block[side].section, block[side].at, cell[side]);
  cell.runs.forEach(([op, words], at) => {
    if (op === "=") return made.append(words);
    const [tag, name] = CHANGES[op];
    const [before, after] = message(name).split("%(words)s");
    const isSeam =
      cell.runs[at - 1]?.[0] === "-" && !/\s$/.test(cell.runs[at - 1][1]) && !/^\s/.test(words);
    if (isSeam) made.append(element("gz-j", ""));
    // Where no kept words follow, the next change or block tells that this one has ended.
    const end = cell.runs[at + 1]?.[0] === "=" ? ofPage("gz-s", "", after) : null;
    made.append(element(tag, "", ofPage("gz-s", "", before), words, end));
  });
  return made;
};

// ---- exactness ----

const placeOf = (section, block, cell) => `${section.index}.${block}.${cell}`;

/**
 * Return the sections that a redline does not show exactly, as [side, section].
 *
 * Without the insertions its words are the old text, without the deletions the new one, block by
 * block and cell by cell; sections that it does not spell out read the same in both.
 */
export const inexact = (redline, changes, texts) => {
  const wrong = [];
  for (const side of ["old", "new"]) {
    const shown = recovered(redline, side);
    const spelt = new Set(
      changes.filter((change) => change.blocks.length).map((change) => change[side]),
    );
    const whole = new Set(changes.filter(isSameText).map((change) => change[side]));
    for (const section of texts[side]) {
      const isShown = spelt.has(section) ? holds(shown, section) : whole.has(section);
      if (!isShown) wrong.push([side, section]);
    }
    if (shown.size) wrong.push([side, null]);
  }
  return wrong;
};

const isSameText = ({ old, new: now, blocks }) =>
  old && now && old.digest === now.digest && !blocks.length;

/** Return the words of one side by their places; those that stand twice are never the same. */
const recovered = (redline, side) => {
  const shown = new Map();
  for (const holder of redline.querySelectorAll(`[data-${side}]`)) {
    const place = holder.dataset[side];
    shown.set(place, shown.has(place) ? null : wordsIn(holder, side === "old" ? "INS" : "DEL"));
  }
  return shown;
};

const wordsIn = (node, left) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if ([left, "GZ-S"].includes(node.nodeName) || node.classList.contains("gz-note")) return "";
  return [...node.childNodes].map((child) => wordsIn(child, left)).join("");
};

/** Tell whether all words of a section are shown, and take them out of those that are left. */
const holds = (shown, section) =>
  section.blocks
    .flatMap((block, at) =>
      cellsOf(block).map((words, cell) => [placeOf(section, at, cell), words]),
    )
    .map(([place, words]) => {
      const own = shown.get(place);
      shown.delete(place);
      return typeof own === "string" && fold(own) === fold(words);
    })
    .every(Boolean);

/** Return both wordings of all sections that differ, one beside the other, without any marks. */
export const bothWhole = (changes) => {
  const sides = ["old", "new"].map((side) => {
    const sections = [
      ...new Set(changes.filter((change) => change.blocks.length).map((change) => change[side])),
    ].filter(Boolean);
    const parts = sections.flatMap(({ blocks }) =>
      blocks.map((block) =>
        element(block.kind === "heading" ? "h3" : "p", "", cellsOf(block).join(" | ")),
      ),
    );
    return element(
      "div",
      "gz-source",
      element("h2", "", message(side === "old" ? "before" : "after")),
      ...parts,
    );
  });
  return element("div", "gz-sources", ...sides);
};
