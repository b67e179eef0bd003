// Name what Datasette leaves without a name, and give to the keyboard what it gives to the mouse alone.
"use strict";
(() => {
  const NAMES = {
    "[name^='_filter_column']": "Column to filter by",
    "[name^='_filter_op']": "How to compare",
    "[name^='_filter_value']": "Value to compare with",
    "#sort_by": "Column to sort by",
    ".facet-info-name .cross": "Leave out these counts",
    ".facet-info li .cross": "Remove this filter",
    "#sql-editor": "Query in SQL",
  };

  function name(names) {
    for (const [selector, label] of Object.entries(names)) {
      for (const one of document.querySelectorAll(selector)) one.setAttribute("aria-label", label);
    }
  }

  // Rows that are wider than the screen are scrolled by the keyboard too.
  function reachRows(wrapper) {
    wrapper.tabIndex = 0;
    wrapper.setAttribute("role", "region");
    wrapper.setAttribute("aria-label", "Rows");
  }

  // The menu of a column stands at the end of the page: it gets the focus when it opens, and gives it back.
  function reachMenu(icon) {
    const column = icon.closest("th").dataset.column;
    icon.setAttribute("tabindex", "0");
    icon.setAttribute("role", "button");
    icon.setAttribute("aria-label", `Menu of the column ${column}`);
    icon.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      icon.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      opener = icon;
      [...menu.querySelectorAll("a")].find((link) => link.checkVisibility()).focus();
    });
  }

  function close(event) {
    if (event.key !== "Escape") return;
    document.body.click(); // Datasette closes it so
    opener?.focus();
  }

  // Tab leaves the editor forwards; backwards it would indent the line instead.
  function leaveEditor(element) {
    const editor = element.CodeMirror;
    editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), "Shift-Tab": false });
    name({ ".CodeMirror textarea": NAMES["#sql-editor"] });
    const keys = document.createElement("p");
    keys.id = "keys";
    keys.textContent = "Shift+Enter runs the query; Tab leaves the editor.";
    element.after(keys);
    element.querySelector("textarea").setAttribute("aria-describedby", keys.id);
  }

  const menu = document.querySelector("body > .dropdown-menu");
  let opener = null;
  name(NAMES);
  document.querySelectorAll(".table-wrapper").forEach(reachRows);
  document.querySelectorAll(".dropdown-menu-icon").forEach(reachMenu);
  menu?.addEventListener("keydown", close);
  window.addEventListener("load", () => document.querySelectorAll(".CodeMirror").forEach(leaveEditor));
})();
