// Name the parts of YASGUI that have no name, for those who hear the page rather than see it.
"use strict";
(() => {
  const place = document.getElementById("yasgui");

  const NAMES = {
    ".yasqe .CodeMirror textarea": "Query in SPARQL",
    ".yasr .CodeMirror textarea": "Response as it came",
    ".tabsList .tab input": "Name of the query",
    ".yasqe_sharePopup input": "Address of this query",
    ".tableSizer": "Rows on a page",
    ".yasr_results": "Answer",
  };

  function name() {
    for (const [selector, label] of Object.entries(NAMES)) {
      for (const one of place.querySelectorAll(selector)) one.setAttribute("aria-label", label);
    }
    for (const one of place.querySelectorAll(".tabMenu :is(select, input)")) {
      const label = one.closest(".selector, .requestConfigWrapper").querySelector(".label");
      one.setAttribute("aria-label", [label.textContent, one.placeholder].filter(Boolean).join(": "));
    }
    for (const one of place.querySelectorAll(".yasr_results")) {
      one.setAttribute("role", "region"); // it scrolls sideways, by the keyboard too
      one.tabIndex = 0;
    }
    for (const one of place.querySelectorAll(".yasqe .CodeMirror textarea")) one.setAttribute("aria-describedby", "keys");
    for (const one of place.querySelectorAll(".yasr_btnGroup button")) {
      one.setAttribute("aria-disabled", one.matches(".disabled"));
      one.setAttribute("aria-pressed", one.matches(".selected"));
    }
    ownTabs();
  }

  // A list of tabs may hold nothing but tabs, and YASGUI's holds the button for another one.
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Queries");
  place.prepend(list);

  function ownTabs() {
    place.querySelector(".tabsList").setAttribute("role", "presentation");
    const owned = [...place.querySelectorAll(".tabsList [role='tab']")].map((tab) => tab.id).join(" ");
    if (list.getAttribute("aria-owns") !== owned) list.setAttribute("aria-owns", owned);
  }

  name();
  new MutationObserver(name).observe(place, { childList: true, subtree: true });
})();
