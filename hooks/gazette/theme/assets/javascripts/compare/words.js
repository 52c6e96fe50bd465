// The words of two texts, aligned so that a reader can follow: the rules of built redlines, which
// are in `text/tokens.py` and `text/wording.py` of the engine. Nothing here knows of a page.
import { diffArrays } from "../vendor/jsdiff/array.js";

const UNSEEN =
  "\\u00ad\\u034f\\u061c\\u180e\\u200b\\u200c\\u200e\\u200f\\u2060-\\u2065\\u206a-\\u206f\\ufeff";
// Scripts written without spaces: a token is one sign with what is written above, below, behind it.
const SIGN =
  "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\u30fc\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Myanmar}\\p{sc=Khmer}";
const LETTER = `(?:(?![${SIGN}])[\\p{L}\\p{N}\\p{M}\\u200d${UNSEEN}])`;
const MONTH =
  "(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?" +
  "|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)";
const DAY = "\\d{1,2}(?:st|nd|rd|th)?";
const NOUN = "(?:[Ss]ections?|[Aa]rticles?|[Cc]lauses?|[Pp]aragraphs?|[Aa]nnex|[Aa]ppendix)";
const GROUPED = "\\d{1,3}(?:['’]\\d{3}|[ \\u00a0\\u2009\\u202f]\\d{3})+(?!\\d)(?:[.,]\\d+)?";
const PICTURE =
  "\\p{Extended_Pictographic}[\\ufe0f\\u20e3\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}]*";
const TOKEN = new RegExp(
  [
    `(?:[Hh]ttps?:\\/\\/|[Ww]ww\\.)[^\\s<>"“”]*[^\\s<>"“”.,;:!?)\\]'’]`,
    "[\\w.+\\-]+@[\\w\\-]+(?:\\.[\\w\\-]+)+",
    `(?:${MONTH}\\.?\\s${DAY},?\\s\\d{4}|${DAY}\\s${MONTH}\\.?,?\\s\\d{4}` +
      "|\\d{4}[\\-\\/.]\\d{1,2}[\\-\\/.]\\d{1,2}|\\d{1,2}[\\-\\/.]\\d{1,2}[\\-\\/.]\\d{4})(?![\\p{L}\\p{N}])",
    `(?:${NOUN}\\s|§+\\s?)\\d+(?:\\.\\d+)*(?:\\([a-z\\d]+\\))*(?![\\p{L}\\p{N}])`,
    `(?:[A-Z]{2,3}\\s?)?[$€£¥₹]\\s?(?:${GROUPED}|\\d+(?:[.,]\\d+)*)`,
    `(?:${GROUPED}|\\d+(?:[.,:]\\d+)*)(?:\\s?[%％€£]|${LETTER}*)`,
    "(?:\\p{L}\\.){2,}",
    `\\p{RI}\\p{RI}|${PICTURE}(?:\\u200d${PICTURE})*`,
    `${LETTER}+(?:['’ʼ‘\\-‐‑]${LETTER}+)*`,
    `[${SIGN}][\\p{M}${UNSEEN}]*`,
    "\\S\\p{M}*",
  ].join("|"),
  "gu",
);
const WORDLIKE = /[\p{L}\p{N}]/u;
const FIGURE = /\p{Nd}/u;
const SENTENCE_END = new Set([".", "!", "?", ";", ":", "。", "！", "？", "；", "：", "؟"]);
const FOLDED = [
  [new RegExp(`[${UNSEEN}]`, "g"), ""],
  [/[’‘ʼ‛]/g, "'"],
  [/[“”„‟]/g, '"'],
  [/[‐‑]/g, "-"],
  [/\s+/g, " "],
];

/** Of 0 to 4 words, 2 left the fewest changes per touched sentence for the marks they add. */
const SHORT = 2;
/** So many words may differ before a text is replaced as a whole: it takes some hundredths of a second. */
const MOST_EDITS = 1500;

/** Return the text as it is compared: composed, straight quotes, single spaces, nothing unseen. */
export const fold = (text) => {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return FOLDED.reduce(
    (folded, [form, plain]) => folded.replace(form, plain),
    text.normalize("NFC"),
  );
};

/** Return the words of a text in small letters, each ideograph a word: for likeness, not ink. */
export const wordsOf = (text) => {
  const words = [];
  for (const [token] of fold(text).toLowerCase().matchAll(TOKEN))
    if (WORDLIKE.test(token)) words.push(token);
  return words;
};

/** Read a text as a row of tokens: `keys` are compared, `starts` and `ends` are their places. */
export const read = (text) => {
  const row = { text, keys: [], starts: [], ends: [] };
  for (const match of text.matchAll(TOKEN)) {
    row.keys.push(fold(match[0]));
    row.starts.push(match.index);
    row.ends.push(match.index + match[0].length);
  }
  return row;
};

const gap = (row, at) => row.text.slice(at ? row.ends[at - 1] : 0, row.starts[at]);
const token = (row, at) => row.text.slice(row.starts[at], row.ends[at]);
const wordsIn = (keys, from, to) => {
  let count = 0;
  for (let at = from; at < to; at++) if (WORDLIKE.test(keys[at])) count++;
  return count;
};

// ---- alignment: steps are old tokens [a, b) against new ones [c, d), equal when `kept` ----

const step = (kept, a, b, c, d) => ({ kept, a, b, c, d });

const joined = (steps) => {
  const out = [];
  for (const next of steps) {
    const last = out.at(-1);
    if (last && last.kept === next.kept)
      out[out.length - 1] = step(last.kept, last.a, next.b, last.c, next.d);
    else out.push(next);
  }
  return out;
};

const exact = (old, now) => {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let [b, d] = [old.length, now.length];
  while (b > head && d > head && old[b - 1] === now[d - 1]) [b, d] = [b - 1, d - 1];
  const steps = head ? [step(true, 0, head, 0, head)] : [];
  const parts = diffArrays(old.slice(head, b), now.slice(head, d), { maxEditLength: MOST_EDITS });
  let [i, j] = [head, head];
  for (const { added, removed, count } of parts ?? [
    { removed: true, count: b - head },
    { added: true, count: d - head },
  ]) {
    const [x, y] = [added ? 0 : count, removed ? 0 : count];
    steps.push(step(!added && !removed, i, i + x, j, j + y));
    [i, j] = [i + x, j + y];
  }
  if (b < old.length) steps.push(step(true, b, old.length, d, now.length));
  return joined(steps.filter(({ a, b, c, d }) => b > a || d > c));
};

const endsSentence = (keys, from, to) => {
  let end = to - 1;
  while (end >= from && !SENTENCE_END.has(keys[end])) end--;
  return end >= from && !wordsIn(keys, end + 1, to);
};

const hasFigure = ({ a, b, c, d }, old, now) =>
  old.keys.slice(a, b).some((key) => FIGURE.test(key)) ||
  now.keys.slice(c, d).some((key) => FIGURE.test(key));

const size = ({ a, b, c, d }) => Math.max(b - a, d - c);

/** Take a kept run of at most two words into the changes around it, unless a sentence ends with it. */
const absorbed = (steps, old, now) => {
  const out = [];
  steps.forEach((current, at) => {
    let next = current;
    if (out.length && at < steps.length - 1 && current.kept) {
      const around = [out.at(-1), steps[at + 1]];
      const words = wordsIn(now.keys, current.c, current.d);
      const ends = now.keys.slice(current.c, current.d).some((key) => SENTENCE_END.has(key));
      const isStop =
        endsSentence(now.keys, current.c, current.d) ||
        (ends && around.some((change) => hasFigure(change, old, now)));
      if (words <= Math.min(SHORT, Math.max(...around.map(size))) && !isStop)
        next = { ...current, kept: false };
    }
    const last = out.at(-1);
    if (last && last.kept === next.kept)
      out[out.length - 1] = step(next.kept, last.a, next.b, last.c, next.d);
    else out.push(next);
  });
  return out;
};

/** Cut the steps behind every kept end of a sentence, and whole sentences that came or went. */
const sentences = (steps, old, now) => {
  const out = [];
  let sentence = [];
  const cut = () => {
    out.push(sentence);
    sentence = [];
  };
  for (const current of steps) {
    let start = current.c;
    const shift = current.a - current.c;
    for (let at = current.c; current.kept && at < current.d; at++) {
      if (!SENTENCE_END.has(now.keys[at]) || (at + 1 < now.keys.length && !gap(now, at + 1)))
        continue;
      sentence.push(step(true, start + shift, at + 1 + shift, start, at + 1));
      cut();
      start = at + 1;
    }
    if (!current.kept) {
      sentence.push(current);
      if (sentence.length === 1 && isWhole(current, old, now)) cut();
    } else if (start < current.d)
      sentence.push(step(true, start + shift, current.b, start, current.d));
  }
  if (sentence.length) cut();
  return out;
};

const isWhole = ({ a, b, c, d }, old, now) =>
  a === b ? SENTENCE_END.has(now.keys[d - 1]) : c === d && SENTENCE_END.has(old.keys[b - 1]);

/** Replace a sentence as a whole when less than half of its words stay. */
const replaced = (steps, old, now) =>
  joined(
    sentences(steps, old, now).flatMap((current) => {
      if (current.filter(({ kept }) => !kept).length < 2) return current;
      const [first, last] = [current[0], current.at(-1)];
      const stay = current.reduce(
        (sum, { kept, c, d }) => sum + (kept ? wordsIn(now.keys, c, d) : 0),
        0,
      );
      const most = Math.max(wordsIn(old.keys, first.a, last.b), wordsIn(now.keys, first.c, last.d));
      return stay * 2 < most ? [step(false, first.a, last.b, first.c, last.d)] : current;
    }),
  );

/** Keep the mark that ends a sentence before and after, when its words were all replaced. */
const withFullStops = (steps, old, now) =>
  joined(
    steps.flatMap((current) => {
      const { kept, a, b, c, d } = current;
      const isSameEnd = b - a > 1 && d - c > 1 && old.keys[b - 1] === now.keys[d - 1];
      if (kept || !isSameEnd || !SENTENCE_END.has(now.keys[d - 1])) return [current];
      return [step(false, a, b - 1, c, d - 1), step(true, b - 1, b, d - 1, d)];
    }),
  );

const readable = (steps, old, now) =>
  steps.length < 3
    ? steps
    : withFullStops(absorbed(replaced(absorbed(steps, old, now), old, now), old, now), old, now);

// ---- runs: [op, words], "=" kept, "-" deleted, "+" inserted; joined they are both texts ----

const hunks = (steps, old, now) => {
  const runs = [];
  let change = { "-": "", "+": "" };
  const put = (op, words) => {
    if (op !== "=") change[op] += words;
    else if (words) {
      if (change["-"] || change["+"]) runs.push(change);
      change = { "-": "", "+": "" };
      if (typeof runs.at(-1) === "string") runs[runs.length - 1] += words;
      else runs.push(words);
    }
  };
  for (const { kept, a, b, c, d } of steps) {
    for (let at = a; !kept && at < b; at++) put("-", gap(old, at) + token(old, at));
    for (let at = c; at < d; at++) {
      if (!kept) put("+", gap(now, at) + token(now, at));
      else {
        const [before, after] = [gap(old, at + a - c), gap(now, at)];
        if (before && after) put("=", after);
        else put(before ? "-" : "+", before || after);
        put("=", token(now, at));
      }
    }
  }
  return change["-"] || change["+"] ? [...runs, change] : runs;
};

/** Let white space that both sides have stand outside the change, as a writer would put it. */
const tidy = (runs) => {
  runs.forEach((change, at) => {
    if (typeof change === "string" || !at) return;
    const [gone, come, behind] = [change["-"], change["+"], runs[at + 1] ?? ""];
    const only = gone && come ? "" : gone ? "-" : "+";
    if (!only && gone.startsWith(" ") && come.startsWith(" ")) {
      runs[at - 1] += " ";
      runs[at] = { "-": gone.slice(1), "+": come.slice(1) };
    } else if (
      only &&
      change[only].length > 1 &&
      change[only].startsWith(" ") &&
      behind.startsWith(" ")
    ) {
      runs[at - 1] += " ";
      runs[at] = { ...change, [only]: `${change[only].slice(1)} ` };
      runs[at + 1] = behind.slice(1);
    }
  });
  return runs;
};

/** Return what became of the words of a text. */
export const compareWords = (before, after) => {
  if (before === after) return after ? [["=", after]] : [];
  const [old, now] = [read(before), read(after)];
  const runs = tidy(hunks(readable(exact(old.keys, now.keys), old, now), old, now));
  return runs
    .flatMap((run) => (typeof run === "string" ? [["=", run]] : Object.entries(run)))
    .filter(([, words]) => words);
};
