// Leads on from a former address, with the query and the fragment of the one that was asked for.
location.replace(
  document.querySelector("link[rel=canonical]").href + location.search + location.hash,
);
