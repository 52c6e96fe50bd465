// What applied on a day, or changed since: answers from the periods that the page lists. What it says
// in the language of the page, the form holds.
(() => {
  "use strict";

  const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

  // As the page writes its days.
  const spoken = (day) => {
    const language = document.documentElement.lang || "en";
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
      day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
      calendar: "gregory", numberingSystem: "latn",
    }).format(new Date(`${day}T00:00:00Z`));
  };

  const isolated = (tag, words) => {
    const element = document.createElement(tag);
    element.dir = "auto";
    element.textContent = words;
    return element;
  };

  // A message with an element in the place of its one value.
  const filled = (message, element) => {
    const [before, after] = message.split(/%\(\w+\)s/);
    return [before, element, after];
  };

  const isDay = (text) => {
    const day = new Date(`${text}T00:00:00Z`);
    return PATTERN.test(text) && !Number.isNaN(+day) && day.toISOString().startsWith(text);
  };

  const paragraph = (...content) => {
    const element = document.createElement("p");
    element.append(...content);
    return element;
  };

  const today = () => {
    const now = new Date();
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60000);
    return local.toISOString().slice(0, 10);
  };

  // ISO days of four-digit years sort as text.
  const covers = ({ dataset }, day) =>
    (dataset.first ?? "") <= day && day <= (dataset.last ?? "9999-12-31");

  const listed = (selector, condition) =>
    [...document.querySelectorAll(selector)].filter(condition);

  // With the versions that were posted meanwhile and never applied, where they are entries of their own.
  const sentencesOf = (period) =>
    [period, ...listed("[data-posted]", ({ dataset }) => covers(period, dataset.posted))].flatMap(
      (entry) => [...entry.querySelectorAll(".gz-period")],
    );

  const copied = (element) => {
    const copy = element.cloneNode(true);
    copy.removeAttribute("id");
    return copy;
  };

  const answerTo = (words, day) => {
    const [period] = listed("[data-first], [data-last]", (entry) => covers(entry, day));
    if (!period) return [paragraph(words.unlisted)];
    const links = [...period.querySelectorAll("[data-go]")];
    const actions = paragraph(...links.flatMap((link) => [copied(link), " "]));
    actions.className = "gz-actions";
    const title = isolated("strong", spoken(day));
    const head = paragraph(...(day > today() ? filled(words.coming, title) : [title]));
    return [head, ...sentencesOf(period).map(copied), actions];
  };

  const show = (form, day) => {
    const answer = isDay(day)
      ? answerTo(form.dataset, day)
      : [paragraph(...filled(form.dataset.invalid, isolated("bdi", day)))];
    form.querySelector(".gz-days__answer").replaceChildren(...answer);
  };

  const start = () => {
    const form = document.querySelector("form.gz-days");
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "";
    const field = form.elements.date;
    const ask = () => {
      if (!isDay(field.value)) return;
      show(form, field.value);
      // The address leads to the same answer, where the page is the one for it.
      if (form.getAttribute("action") === "./") history.replaceState(history.state, "", `?date=${field.value}`);
    };
    field.addEventListener("input", ask);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
    const asked = new URLSearchParams(location.search).get("date");
    if (asked === null) {
      ask(); // the day may be there already, written before this script ran
      return;
    }
    if (isDay(asked)) field.value = asked;
    show(form, asked);
  };

  // The theme's instant navigation replaces the page without loading scripts again.
  const ready = () => (window.document$ ? window.document$.subscribe(start) : start());
  if (window.document$ || document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
