// Runs in every page that `visits.py` opens, before the page's own scripts. Whatever a payload calls
// says so. Once the page is loaded, all its elements are touched, and what no text may hold is looked
// for with a list that is not the sanitizer's: by what is forbidden.
(() => {
  "use strict";
  const say = console.log.bind(console);
  const called = (name) => () => {
    say(`a payload ran: ${name}`);
    return false;
  };
  for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = called(name);
  if (window !== window.parent) return;

  const program = /^[\x00-\x20]*((j[\t\n\r]*a[\t\n\r]*v[\t\n\r]*a|vb|live)[\t\n\r]*script[\t\n\r]*:|data:text)/i;
  const elements = "script, style, iframe, object, embed, form, base, meta, link, svg, math, [style]";
  const addresses = ["href", "src", "action", "formaction", "data", "xlink:href", "background"];
  const events = ["mouseover", "mouseenter", "focus", "click", "toggle", "animationend"];

  const judge = (element) => {
    for (const { name, value } of element.attributes) {
      const runs = addresses.includes(name) && program.test(value);
      if (name.startsWith("on") || name === "srcdoc" || runs)
        say(`a payload stands here: ${element.localName} ${name}`);
    }
    if (element.matches("meta[http-equiv=refresh i]")) say("a payload stands here: meta refresh");
    if (element.closest(".gz-text") && element.matches(elements))
      say(`a payload stands here: ${element.localName}`);
  };
  const touch = (element) => {
    for (const name of events)
      element.dispatchEvent(
        new MouseEvent(name, { bubbles: name !== "toggle", cancelable: true }),
      );
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (!link || !link.protocol.startsWith("javascript")) event.preventDefault();
  });
  const searched = async () => {
    for (let tries = 0; tries < 100 && !document.querySelector(".md-search-result__item"); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  };
  addEventListener("load", () =>
    setTimeout(async () => {
      if (location.search) await searched();
      document.querySelectorAll("*").forEach(judge);
      document.querySelectorAll("body *").forEach(touch);
      setTimeout(() => say("the page rests"), 20);
    }),
  );
})();
