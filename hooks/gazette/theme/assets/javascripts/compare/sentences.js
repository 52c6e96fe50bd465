// What this page says, in its language: the messages of the script that its form names.

let messages = {};

/** Load the messages of a page by their names. */
export const loadMessages = async (form) => {
  ({ default: messages } = await import(new URL(form.dataset.messages, document.baseURI)));
};

/** Return a message, or those below a name; of one that counts the form that goes with a number. */
export const message = (name, number) => {
  const own = messages[name];
  if (number === undefined) return own;
  return own[new Intl.PluralRules(document.documentElement.lang || "en").select(number)] ?? own.other;
};

/** Return words of a text, for a sentence: no direction around them turns them. */
const isolated = (words) => {
  const holder = document.createElement("bdi");
  holder.textContent = words;
  return holder;
};

/** Return a message as nodes, the words, numbers and elements in `values` in their places. */
export const filled = (text, values) =>
  text
    .split(/%\((\w+)\)s/)
    .map((part, at) => (at % 2 ? values[part] : part))
    .map((value, at) => (at % 2 && typeof value === "string" ? isolated(value) : value))
    .flat();

/** Return a sentence as nodes: the message of this name with `values`; `num` is what it counts. */
export const sentence = (name, values = {}) => filled(message(name, values.num), values);
