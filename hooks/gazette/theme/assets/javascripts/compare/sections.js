// What became of the sections and blocks of two texts, from the records of their versions. Sections
// are the same by their ID, and related where one took text from another. No page is known here.
import { diffArrays } from "../vendor/jsdiff/array.js";
import { compareWords, fold, wordsOf } from "./words.js";

// As in `text/pairing.py` of the engine, where they were chosen by reading redlines of real policies.
const ALIKE = 0.3;
const ALIKE_ALONE = 0.15;
const SAME_ROW = 0.9;
const OTHER_KIND = 0.5;
const STRICT = new Set(["table-row", "code", "heading", "line"]);
/** Of more pairs of blocks, those near the same place are compared. */
const MANY_PAIRS = 60_000;
const NEAR = 3;

/** Return the title of a section: its heading without the number. */
const titleOf = ({ heading, number }) => {
  const form = number.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const noun = "(?:section|article|clause|part|chapter|annex|appendix|schedule|§+|第)?\\s*";
  return number
    ? heading.replace(
        new RegExp(`^\\s*${noun}\\(?${form}\\)?\\s*[.):条章节節部]?\\s*(?:[-–—]\\s)?\\s*`, "iu"),
        "",
      )
    : heading;
};
const titleKey = (section) => wordsOf(titleOf(section)).join(" ");

/** Return the first words below the heading of a section, to identify it by. */
export const firstWords = (section) =>
  section.blocks?.slice(1).map(textOf).find(Boolean)?.split(" ").slice(0, 6).join(" ");

/** Return the words of a block cell by cell. */
export const cellsOf = (block) => block.cells ?? [block.text];
const textOf = (block) => cellsOf(block).join("\n");

/** Return the words of a block with a place, as they are compared. */
export const keyOf = ({ block }) => fold(textOf(block));

// ---- sections ----

/**
 * Return which section became which: links with the sections of both sides, null where it has none.
 *
 * `isLater` tells whether a version came after the old one: what sections gave away before does not
 * count. Links between sections that read the same stand alone.
 */
export const linksOf = (old, now, isLater) => {
  const before = new Map(old.map((section) => [section.id, section]));
  const links = [];
  const settled = new Set();
  for (const section of now) {
    const own = before.get(section.id);
    if (!own) continue;
    links.push({ old: own, new: section, isOwn: true });
    if (own.digest === section.digest) settled.add(own).add(section);
  }
  for (const section of now)
    for (const { id, version } of section.from) {
      const source = before.get(id);
      if (!source || id === section.id || !isLater(version)) continue;
      if (!settled.has(source) && !settled.has(section))
        links.push({ old: source, new: section, isOwn: false });
    }
  const [linkedOld, linkedNew] = [
    new Set(links.map((link) => link.old)),
    new Set(links.map((link) => link.new)),
  ];
  const alone = [
    ...old
      .filter((section) => !linkedOld.has(section))
      .map((section) => ({ old: section, new: null })),
    ...now
      .filter((section) => !linkedNew.has(section))
      .map((section) => ({ old: null, new: section })),
  ];
  return [...links, ...alone];
};

/** Return the sections whose words it takes to show what became of them. */
export const wanted = (links) =>
  [
    ...new Set(
      links
        .filter(({ old, new: now }) => old?.digest !== now?.digest)
        .flatMap(({ old, new: now }) => [old, now]),
    ),
  ].filter(Boolean);

/** Return what became of all sections, in the order of the new text, removed where they stood. */
export const compareSections = (links) => {
  const [kept, shared] = withText(links);
  const moved = movedOf(kept.filter((link) => link.isOwn));
  return inOrder(kept).map((link) => sectionChange(link, shared.get(link), kept, moved));
};

/** Return the links that show something, with the blocks under each: a source may have left no text. */
const withText = (links) => {
  const shared = shareOut(links);
  const isShared = (link) => shared.get(link).old.length > 0 && shared.get(link).new.length > 0;
  const isOnly = (link, side) => {
    const own = links.filter((other) => other[side] === link[side]);
    return own[0] === link && !own.some((other) => other.isOwn || isShared(other));
  };
  const kept = links.filter(
    (link) => link.isOwn !== false || isShared(link) || isOnly(link, "old") || isOnly(link, "new"),
  );
  return kept.length === links.length ? [links, shared] : withText(kept);
};

/**
 * Return the blocks that stand against each other under each link, each with its place.
 *
 * Of sections with several links, a block goes where the text most like it stands.
 */
const shareOut = (links) => {
  const shared = new Map(links.map((link) => [link, { old: [], new: [] }]));
  for (const [side, other] of [
    ["old", "new"],
    ["new", "old"],
  ]) {
    const sections = new Map();
    for (const link of links)
      if (link[side]?.blocks) sections.set(link[side], [...(sections.get(link[side]) ?? []), link]);
    for (const [section, own] of sections)
      section.blocks.forEach((block, at) => {
        const target = own.length === 1 ? own[0] : bestLink(block, at, own, other);
        shared.get(target)[side].push({ block, at, section });
      });
  }
  return shared;
};

const bestLink = (block, at, links, other) => {
  const first = links.find((link) => link.isOwn) ?? links[0];
  if (!at && block.kind === "heading") return first;
  let [best, most] = [first, ALIKE];
  for (const link of links)
    for (const candidate of link[other]?.blocks ?? []) {
      const alike = mayPair(block, candidate)
        ? likeness(block, candidate) + (fold(textOf(block)) === fold(textOf(candidate)))
        : 0;
      if (alike > most) [best, most] = [link, alike];
    }
  return best;
};

/** Return the links whose sections do not keep their order among the others. */
const movedOf = (links) => {
  const byNew = [...links].sort((x, y) => x.new.index - y.new.index).map((link) => link.old.index);
  const byOld = [...byNew].sort((x, y) => x - y);
  const staying = new Set(
    diffArrays(byOld, byNew)
      .filter((part) => !part.added && !part.removed)
      .flatMap((part) => part.value),
  );
  return new Set(links.filter((link) => !staying.has(link.old.index)));
};

const inOrder = (links) => {
  const rank = ({ old, new: now }) => [now.index, old?.index ?? 0];
  const ordered = links
    .filter((link) => link.new)
    .sort((x, y) => rank(x)[0] - rank(y)[0] || rank(x)[1] - rank(y)[1]);
  const removed = links.filter((link) => !link.new).sort((x, y) => x.old.index - y.old.index);
  for (const link of removed) {
    let [at, most] = [0, -1];
    ordered.forEach(({ old }, place) => {
      if (old && old.index < link.old.index && old.index >= most)
        [at, most] = [place + 1, old.index];
    });
    ordered.splice(at, 0, link);
  }
  return ordered;
};

const sectionChange = (link, part, links, moved) => {
  const { old, new: now } = link;
  const change = { old, new: now, flags: [], blocks: [], isPart: false, isWordless: false };
  if (!old || !now) {
    const side = old ? "old" : "new";
    const blocks = part[side].map((place) => blockChange(old ? place : null, old ? null : place));
    return { ...change, status: old ? "removed" : "added", blocks };
  }
  const facts = {
    renamed: titleKey(old) !== titleKey(now),
    renumbered: old.number !== now.number,
    moved: moved.has(link),
    split: links.filter((other) => other.old === old && other.new).length > 1,
    merged: links.filter((other) => other.new === now && other.old).length > 1,
  };
  change.flags = Object.keys(facts).filter((flag) => facts[flag]);
  change.isPart = !link.isOwn && facts.renamed;
  change.status = facts.renamed ? "amended" : "unchanged";
  if (old.digest === now.digest) return change;
  change.blocks = pairBlocks(part.old, part.new).map(([x, y]) => blockChange(x, y));
  const isTold = (block) =>
    block.status === "unchanged" || (facts.renumbered && isSameTitle(block));
  if (!change.blocks.every(isTold)) change.status = "amended";
  change.isWordless =
    !facts.split && !facts.merged && change.blocks.every((block) => block.status === "unchanged");
  return change;
};

/** Tell whether a heading only has another number, which a flag tells. */
const isSameTitle = ({ old, new: now }) =>
  old?.block.kind === "heading" &&
  now?.block.kind === "heading" &&
  fold(titleOf(heading(old))) === fold(titleOf(heading(now)));
const heading = ({ block, section }) => ({ heading: block.text, number: section.number });

/** Tell whether a reader need not know of a section: nothing happened to its words, name or place. */
export const isUnchanged = (change) =>
  change.status === "unchanged" &&
  !change.flags.length &&
  !change.isWordless &&
  change.old.level === change.new.level;

// ---- blocks: each with its section and its place there ----

/** Pair blocks without crossing: equal ones that stand once on either side, others by shared words. */
const pairBlocks = (old, now) => {
  const pairs = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...anchors(old, now), [old.length, now.length]]) {
    pairs.push(...between(old.slice(i, x), now.slice(j, y)));
    if (x < old.length) pairs.push([old[x], now[y]]);
    [i, j] = [x + 1, y + 1];
  }
  return pairs;
};

const anchors = (old, now) => {
  if (
    old[0]?.at === 0 &&
    now[0]?.at === 0 &&
    mayPair(old[0].block, now[0].block) &&
    old[0].block.kind === "heading"
  )
    return [[0, 0], ...anchors(old.slice(1), now.slice(1)).map(([x, y]) => [x + 1, y + 1])];
  const keys = [old, now].map((side) =>
    side.map(({ block }) => `${block.kind} ${fold(textOf(block))}`),
  );
  let head = 0;
  while (head < Math.min(old.length, now.length) && keys[0][head] === keys[1][head]) head++;
  let tail = 0;
  while (
    tail < Math.min(old.length, now.length) - head &&
    keys[0].at(-1 - tail) === keys[1].at(-1 - tail)
  )
    tail++;
  const inner = keys.map((side) => side.slice(head, side.length - tail));
  const places = inner.map((side) => placesOfUnique(side));
  const unique = inner.map((side) =>
    side.filter((key) => places[0].has(key) && places[1].has(key)),
  );
  const common = diffArrays(...unique)
    .filter((part) => !part.added && !part.removed)
    .flatMap((part) => part.value);
  return [
    ...keys[0].slice(0, head).map((_, at) => [at, at]),
    ...common.map((key) => [head + places[0].get(key), head + places[1].get(key)]),
    ...keys[0]
      .slice(old.length - tail)
      .map((_, at) => [old.length - tail + at, now.length - tail + at]),
  ];
};

const placesOfUnique = (keys) => {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map(keys.map((key, at) => [key, at]).filter(([key]) => counts.get(key) === 1));
};

/** Pair the blocks between two anchors so that the most words stay. */
const between = (old, now) => {
  const best = bestChain(old.length, now.length, gains(old, now));
  const pairs = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...best, [old.length, now.length]]) {
    pairs.push(
      ...old.slice(i, x).map((block) => [block, null]),
      ...now.slice(j, y).map((block) => [null, block]),
    );
    if (x < old.length) pairs.push([old[x], now[y]]);
    [i, j] = [x + 1, y + 1];
  }
  return pairs;
};

const gains = (old, now) => {
  const enough = old.length === 1 && now.length === 1 ? ALIKE_ALONE : ALIKE;
  const isMany = old.length * now.length > MANY_PAIRS;
  return old.map((x, i) =>
    now.map((y, j) => {
      if (
        !mayPair(x.block, y.block) ||
        (isMany && Math.abs(j - (i * now.length) / old.length) > NEAR)
      )
        return 0;
      const isSameRow = x.block.cells?.[0] && x.block.cells[0] === y.block.cells?.[0];
      const alike = Math.max(likeness(x.block, y.block), isSameRow ? SAME_ROW : 0);
      if (alike < enough) return 0;
      const gain = alike * (bag(x.block).size + bag(y.block).size + 1);
      return x.block.kind === y.block.kind ? gain : gain * OTHER_KIND;
    }),
  );
};

/** Return the pairs of places in order that gain most. */
const bestChain = (rows, columns, gain) => {
  const sums = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--) {
      const paired = gain[i][j] ? gain[i][j] + sums[i + 1][j + 1] : 0;
      sums[i][j] = Math.max(sums[i + 1][j], sums[i][j + 1], paired);
    }
  const pairs = [];
  let [i, j] = [0, 0];
  while (i < rows && j < columns) {
    if (gain[i][j] && sums[i][j] === gain[i][j] + sums[i + 1][j + 1]) pairs.push([i++, j++]);
    else if (sums[i][j] === sums[i + 1][j]) i++;
    else j++;
  }
  return pairs;
};

export const mayPair = (x, y) => x.kind === y.kind || !(STRICT.has(x.kind) || STRICT.has(y.kind));

const bags = new WeakMap();
export const bag = (block) => {
  if (!bags.has(block)) bags.set(block, new Set(wordsOf(textOf(block))));
  return bags.get(block);
};

/** Dice coefficient of the words of two blocks: 0 to 1. */
export const likeness = (x, y) => {
  const [fewer, more] = [bag(x), bag(y)].sort((a, b) => a.size - b.size);
  let both = 0;
  for (const word of fewer) if (more.has(word)) both++;
  return fewer.size + more.size ? (2 * both) / (fewer.size + more.size) : 1;
};

/** Return what became of a block: its cells with their places in both texts and their runs. */
export const blockChange = (old, now) => {
  const cells = cellPairs(old, now).map(([x, y]) => {
    const [before, after] = [
      x === null ? null : cellsOf(old.block)[x],
      y === null ? null : cellsOf(now.block)[y],
    ];
    const whole = before === null ? [["+", after]] : [["-", before]];
    return {
      old: x,
      new: y,
      runs:
        before !== null && after !== null
          ? compareWords(before, after)
          : whole.filter(([, words]) => words),
    };
  });
  const isSame = cells.every(
    (cell) => cell.old !== null && cell.new !== null && cell.runs.every(([op]) => op === "="),
  );
  const status = !old ? "added" : !now ? "removed" : isSame ? "unchanged" : "amended";
  return { status, kind: (now ?? old).block.kind, old, new: now, cells };
};

/** Pair the cells of two blocks by place; where a table lost or gained columns, by their headers. */
const cellPairs = (old, now) => {
  const places = (side) => (side ? cellsOf(side.block).map((_, at) => at) : []);
  const [before, after] = [places(old), places(now)];
  if (!old) return after.map((at) => [null, at]);
  if (!now) return before.map((at) => [at, null]);
  if (before.length === after.length) return before.map((at) => [at, at]);
  const heads = [headers(old), headers(now)];
  const pairs = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of diffArrays(...heads)) {
    for (let at = 0; at < count; at++) pairs.push([added ? null : i++, removed ? null : j++]);
  }
  return pairs;
};

/** Return the cells of the first row of the table, as many as the row of the block has. */
const headers = ({ block, section, at }) => {
  let first = at;
  while (first && section.blocks[first - 1].kind === "table-row") first--;
  const names = section.blocks[first].cells.map(fold);
  return block.cells.map((_, place) => names[place] ?? `column ${place}`);
};
