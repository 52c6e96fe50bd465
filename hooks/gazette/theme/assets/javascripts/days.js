// What applied on a day, or changed since: answers from the periods that the page lists.
(() => {
  "use strict";

  const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

  const spoken = (day) =>
    new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
      day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    });

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

  const answerTo = (day) => {
    const [period] = listed("[data-first], [data-last]", (entry) => covers(entry, day));
    if (!period) return [paragraph("This page lists no such day.")];
    const links = [...period.querySelectorAll("[data-go]")];
    const actions = paragraph(...links.flatMap((link) => [copied(link), " "]));
    actions.className = "gz-actions";
    const title = document.createElement("strong");
    title.textContent = spoken(day);
    const head = paragraph(title);
    if (day > today()) head.append(", unless another version is posted before then:");
    return [head, ...sentencesOf(period).map(copied), actions];
  };

  const show = (form, day) => {
    const answer = isDay(day)
      ? answerTo(day)
      : [paragraph(`“${day}” is no day of the calendar. Write it as year, month and day: 2026-03-31.`)];
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
    if (asked === null) return;
    if (isDay(asked)) field.value = asked;
    show(form, asked);
  };

  // The theme's instant navigation replaces the page without loading scripts again.
  const ready = () => (window.document$ ? window.document$.subscribe(start) : start());
  if (window.document$ || document.readyState === "complete") ready();
  else document.addEventListener("DOMContentLoaded", ready);
})();
