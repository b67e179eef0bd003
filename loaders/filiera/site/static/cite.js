// Buttons that copy a citation, as rich text and as plain text, and the style that a reader chose last.
"use strict";
(() => {
  const said = document.querySelector("[data-said]");

  async function copy(source) {
    const plain = new Blob([source.innerText], { type: "text/plain" });
    const rich = new Blob([source.innerHTML.trim()], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain, "text/html": rich })]);
  }

  function say(button, text) {
    said.textContent = text;
    button.textContent = text;
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }

  for (const one of document.querySelectorAll(".copyable")) {
    const source = one.querySelector("dd");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${one.querySelector("dt").textContent}`);
    button.addEventListener("click", () => copy(source).then(
      () => say(button, "Copied"),
      () => { getSelection().selectAllChildren(source); say(button, "Selected; press Ctrl-C"); },
    ));
    const cell = document.createElement("dd");
    cell.append(button);
    one.append(cell);
  }

  // The processor of citations puts the place in, in the style that is shown.
  for (const link of document.querySelectorAll(".with-place a")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const answer = await fetch(link.href, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer?.ok) { location.href = link.href; return; }
      const made = await answer.json();
      for (const name of ["in_text", "narrative"]) {
        document.getElementById(`${name.replace("_", "-")}-${made.style}`).innerHTML = made[name];
      }
      said.textContent = `${link.textContent}: ${document.getElementById(`in-text-${made.style}`).innerText}`;
      link.closest(".with-place").hidden = true;
    });
  }

  const choices = [...document.querySelectorAll("input[name='cite-style']")];
  const remembered = (() => { try { return localStorage.getItem("cite-style"); } catch { return null; } })();
  for (const choice of choices) {
    if (choice.value === remembered) choice.checked = true;
    choice.addEventListener("change", () => {
      try { localStorage.setItem("cite-style", choice.value); } catch { /* the choice holds for this page */ }
    });
  }
})();
