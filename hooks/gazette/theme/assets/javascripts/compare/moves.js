// Blocks that stand elsewhere in the new text, as `text/pairing.py` of the engine finds them among
// those that came and went. Sections that read the same are not loaded: of their words nothing is known.
import { bag, blockChange, keyOf, likeness, mayPair } from "./sections.js";

// As in `text/pairing.py` of the engine.
const MOVED = 0.7;
const MOVED_SHORT = 0.9;
const SHORT = 8;
const TOO_SHORT = 3;
const RARE_WORDS = 6;

/**
 * Return the changes with each block that moved at both places: at the new one with its words and
 * the section where it stood, `from`, at the old one as `gone`, without words, `to` its section.
 */
export const withMoves = (changes) => {
  const ends = changes.flatMap((change, section) =>
    change.blocks.map((block, at) => ({ block, place: block.old ?? block.new, section, at })),
  );
  const removed = ends.filter(({ block }) => block.status === "removed");
  const added = ends.filter(({ block }) => block.status === "added");
  const moved = changes.map(({ blocks }) => [...blocks]);
  for (const [gone, come] of movesOf(removed, added, repeatedIn(ends))) {
    const arrived = { ...blockChange(gone.place, come.place), status: "moved" };
    arrived.from = gone.place.section;
    const left = { status: "gone", kind: arrived.kind, old: gone.place, new: null, cells: [] };
    moved[come.section][come.at] = arrived;
    moved[gone.section][gone.at] = { ...left, to: come.place.section, arrived };
  }
  return changes.map((change, at) => ({ ...change, blocks: moved[at] }));
};

/** Return the texts that stand more than once in either text: nobody can say that they moved. */
const repeatedIn = (ends) => {
  const repeated = new Set();
  for (const side of ["old", "new"]) {
    const seen = new Set();
    for (const key of ends.map(({ block }) => block[side]).filter(Boolean).map(keyOf)) {
      if (seen.has(key)) repeated.add(key);
      seen.add(key);
    }
  }
  return repeated;
};

/** Return which removed block is which added one: equal ones first, then the most alike. */
const movesOf = (removed, added, repeated) => {
  const candidates = [
    ...alikeOnes(removed, added, repeated),
    ...shortOnes(removed, added, repeated),
  ].sort((x, y) => y.alike - x.alike || x.i - y.i || x.j - y.j);
  const taken = new Set();
  return candidates.flatMap(({ i, j }) => {
    if (taken.has(removed[i]) || taken.has(added[j])) return [];
    taken.add(removed[i]).add(added[j]);
    return [[removed[i], added[j]]];
  });
};

const sizeOf = ({ place }) => bag(place.block).size;

const alikeOnes = (removed, added, repeated) => {
  const canMove = (end) =>
    end.block.kind !== "heading" && sizeOf(end) >= TOO_SHORT && !repeated.has(keyOf(end.place));
  const holders = new Map();
  added.forEach((end, j) => {
    if (canMove(end))
      for (const word of bag(end.place.block)) holders.set(word, [...(holders.get(word) ?? []), j]);
  });
  return removed.flatMap((end, i) => {
    if (!canMove(end)) return [];
    const rarest = [...bag(end.place.block)]
      .filter((word) => holders.has(word))
      .sort((x, y) => holders.get(x).length - holders.get(y).length || (x < y ? -1 : 1))
      .slice(0, RARE_WORDS);
    return [...new Set(rarest.flatMap((word) => holders.get(word)))].flatMap((j) => {
      const fewer = Math.min(sizeOf(end), sizeOf(added[j]));
      const [x, y] = [end.place.block, added[j].place.block];
      const alike = mayPair(x, y) ? likeness(x, y) : 0;
      return alike >= (fewer < SHORT ? MOVED_SHORT : MOVED) ? [{ alike, i, j }] : [];
    });
  });
};

/** Return equal blocks of few words that moved within a section. */
const shortOnes = (removed, added, repeated) => {
  const key = ({ section, block, place }) => `${section} ${block.kind} ${keyOf(place)}`;
  const isShort = (end) =>
    end.block.kind !== "heading" &&
    sizeOf(end) > 0 &&
    sizeOf(end) < TOO_SHORT &&
    !repeated.has(keyOf(end.place));
  const before = new Map(removed.flatMap((end, i) => (isShort(end) ? [[key(end), i]] : [])));
  return added.flatMap((end, j) =>
    before.has(key(end)) ? [{ alike: 1, i: before.get(key(end)), j }] : [],
  );
};
