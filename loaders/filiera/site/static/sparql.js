// Put the YASGUI editor in the place of the plain form, which stays for browsers without scripts.
// It asks only the endpoint that the page comes from, and completes with the terms that the graph holds.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("editor-data").textContent);
  const form = document.querySelector("form");
  const written = document.getElementById("query").value.trim();
  const endpoint = new URL(form.action).origin + new URL(form.action).pathname;
  const Yasqe = window.Yasgui.Yasqe;

  const namespaces = Object.entries(data.prefixes).sort((a, b) => b[1].length - a[1].length);

  function shortened(iri) {
    const [prefix, namespace] = namespaces.find(([, one]) => iri.startsWith(one)) ?? [];
    return prefix && /^[\w-]*$/.test(iri.slice(namespace.length)) ? [prefix, iri.slice(namespace.length)] : null;
  }

  // A term fits what is typed when its IRI begins so, or when its name has it anywhere.
  function fitting(role) {
    return (_yasqe, token) => {
      const typed = (token?.autocompletionString ?? "").toLowerCase();
      const named = typed.replace(/^[\w-]*:(?!\/\/)/, "");
      return data.terms
        .filter((term) => term.role === role)
        .filter(({ iri }) => iri.toLowerCase().startsWith(typed) || iri.replace(/.*[#/]/, "").toLowerCase().includes(named))
        .map((term) => term.iri);
    };
  }

  const asWritten = (_yasqe, _token, iri) => shortened(iri)?.join(":") ?? `<${iri}>`;

  // Only the suggestion that is taken brings its prefix into the query.
  function bringingPrefixes(_yasqe, hints) {
    const hint = (editor, all, taken) => {
      editor.replaceRange(taken.text, taken.from ?? all.from, taken.to ?? all.to, "complete");
      const prefix = taken.text.match(/^([\w-]+):/)?.[1];
      if (prefix && !(prefix in editor.getPrefixesFromQuery())) editor.addPrefixes({ [prefix]: data.prefixes[prefix] });
    };
    return hints.map((one) => ({ ...one, hint }));
  }

  for (const role of ["property", "class"]) {
    Yasqe.forkAutocompleter(role, {
      name: `our-${role}`,
      get: fitting(role),
      postProcessSuggestion: asWritten,
      postprocessHints: bringingPrefixes,
      bulk: false,
    });
  }
  Yasqe.forkAutocompleter("prefixes", {
    name: "our-prefixes",
    persistenceId: null,
    get: () => namespaces.map(([prefix, namespace]) => `${prefix}: <${namespace}>`).sort(),
  });
  Yasqe.defaults.autocompleters = ["variables", "our-prefixes", "our-property", "our-class"];

  // Tab leaves the editor, as it leaves anything else; who has only a keyboard is trapped in it otherwise.
  Yasqe.defaults.extraKeys = { ...Yasqe.defaults.extraKeys, Tab: false, "Shift-Tab": false };

  const place = document.createElement("div");
  place.id = "yasgui";
  const keys = document.createElement("p");
  keys.id = "keys";
  keys.textContent = "Ctrl+Enter runs the query, Ctrl+Space completes a word, Tab leaves the editor, Delete closes a tab.";
  form.before(place, keys);
  const yasgui = new window.Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    persistenceId: "filiera-sparql",
    populateFromUrl: false,
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    yasqe: { value: written, resizeable: false, viewportMargin: Infinity }, // it grows with the query, and never scrolls
    yasr: { prefixes: data.prefixes },
  });

  // A query that came with the address goes into a tab of its own, and what stands in the others is kept.
  const asked = new URLSearchParams(location.search).has("query");
  const tab = yasgui.getTab();
  if (asked && tab.getYasqe().getValue().trim() !== written) {
    const added = yasgui.addTab(true, { ...window.Yasgui.Tab.getDefaults(yasgui), yasqe: { value: written } });
    added.query().catch(() => {});
  } else if (asked) {
    tab.query().catch(() => {});
  }
  document.body.classList.add("has-editor");

  // YASGUI closes a tab by the mouse alone.
  place.addEventListener("keydown", (event) => {
    const tab = event.key === "Delete" && event.target.closest?.("[role='tab']");
    if (tab && event.target === tab) yasgui.getTab(tab.getAttribute("aria-controls"))?.close();
  });

  // The IRI of a record leads to its page on this site.
  place.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link?.href.startsWith(data.base)) link.href = `/${link.href.slice(data.base.length)}`;
  });
})();
