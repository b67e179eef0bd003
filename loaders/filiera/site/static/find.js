// Find records in a copy of the site that has no server, with MiniSearch. The file of the records calls
// `filieraRecords` with all of them; it is a script, as a page from a disk may read nothing else.
// @ts-check
"use strict";
(() => {
  /** Records that are shown of each kind, and of one kind when only that is asked for: as on the live site. */
  const EACH = 5, ALL = 100;

  /** A word in a title weighs as much as this many in the text. */
  const TITLE_WEIGHT = 4;

  /** Words before the first that was found, and words in an extract. */
  const BEFORE = 8, EXTRACT = 24;

  /** Letters that Unicode does not take apart; `filiera.folding` has the same. */
  const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ς: "σ" };

  const NOTHING = "No record has these words. Try fewer, or other forms of them.";

  const APOSTROPHES = /['’‘ʼ`´]/g;
  const WORD = /[\p{L}\p{N}]+/gu;

  /**
   * @typedef {[kind: string, key: string, short: string, title: string, text: string]} Written
   * @typedef {{id: number, kind: string, key: string, short: string, title: string, text: string}} Found
   */

  /** @param {string} text */
  function words(text) {
    const lowered = text.toLowerCase().replace(/[łøđðħıßæœþς]/g, (c) => /** @type {any} */ (LETTERS)[c]);
    return lowered.normalize("NFKD").replace(/\p{M}/gu, "").match(WORD) ?? [];
  }

  /**
   * Take the records, and answer what the address asks for.
   * @param {{stems: Record<string, string>, records: Written[]}} data
   */
  function take({ stems, records }) {
    const asked = new URLSearchParams(location.search);
    const given = (asked.get("q") ?? "").trim();
    const kind = asked.get("kind") ?? "";
    /** @type {HTMLInputElement} */ (document.getElementById("q")).value = given;
    if (!given) return;
    const stem = (/** @type {string} */ word) => (Object.hasOwn(stems, word) ? stems[word] : word);
    const index = new (/** @type {any} */ (window).MiniSearch)({
      fields: ["title", "text"],
      tokenize: (/** @type {string} */ text) => words(text.replace(APOSTROPHES, " ")).map(stem),
      processTerm: (/** @type {string} */ term) => term,
    });
    const all = records.map(([of, key, short, title, text], id) => ({ id, kind: of, key, short, title, text }));
    index.addAll(all);
    const terms = words(given.replace(APOSTROPHES, "")).map(stem);
    const find = (/** @type {object} */ options) =>
      index.search(given, {
        boost: { title: TITLE_WEIGHT },
        tokenize: () => terms,
        filter: (/** @type {any} */ hit) => !kind || all[hit.id].kind === kind,
        ...options,
      });
    const [hits, say] = best(find);
    const matched = new Set(hits.flatMap((hit) => hit.terms));
    const marks = (/** @type {string} */ word) => words(word).map(stem).some((one) => matched.has(one));
    show(hits.map((hit) => all[hit.id]), { given, kind, say, marks });
  }

  /**
   * Return what has all of the words; or what has some; or, where no record has any, what has words like them.
   * @param {(options: object) => {id: number, terms: string[]}[]} find
   * @returns {[{id: number, terms: string[]}[], string]}
   */
  function best(find) {
    const every = find({ combineWith: "AND" });
    if (every.length) return [every, ""];
    const some = find({ combineWith: "OR" });
    if (some.length) return [some, "No record has all of these words; these have some."];
    const like = find({ combineWith: "AND", prefix: (/** @type {string} */ term) => term.length > 2, fuzzy: 0.2 });
    return [like, like.length ? "No record has these words; these have words like them." : NOTHING];
  }

  /**
   * Show what was found, kind by kind, that of the best record first.
   * @param {Found[]} found
   * @param {{given: string, kind: string, say: string, marks: (word: string) => boolean}} asked
   */
  function show(found, asked) {
    const groups = grouped(found);
    const room = /** @type {HTMLElement} */ (document.getElementById("found"));
    const said = /** @type {HTMLElement} */ (document.getElementById("said"));
    const number = `${found.length.toLocaleString("en")} ${found.length === 1 ? "record" : "records"} found.`;
    said.textContent = asked.say || number;
    room.replaceChildren(...[...groups].map(([kind, ones]) => group(kind, ones, asked)));
  }

  /**
   * Return the records by kind, that of the first one first.
   * @param {Found[]} found
   */
  function grouped(found) {
    const groups = new Map();
    for (const one of found) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
    return groups;
  }

  /**
   * @param {string} kind
   * @param {Found[]} ones
   * @param {{given: string, kind: string, marks: (word: string) => boolean}} asked
   */
  function group(kind, ones, asked) {
    const section = made("section", { className: "found" });
    const most = asked.kind ? ALL : EACH;
    const name = kind.replace(/[_-]/g, " ");
    const count = made("span", { className: "count" }, ones.length.toLocaleString("en"));
    const heading = made("h2", { id: kind }, `${name[0].toUpperCase()}${name.slice(1)} `, count);
    const items = ones.slice(0, most).map((one) => item(one, asked.marks));
    section.setAttribute("aria-labelledby", kind);
    section.append(heading, made("ul", { className: "records" }, ...items));
    if (ones.length > most && !asked.kind) {
      const more = made("a", { href: `?${new URLSearchParams({ q: asked.given, kind })}` }, `More ${name}`);
      section.append(made("p", { className: "more" }, more));
    }
    return section;
  }

  /**
   * @param {Found} one
   * @param {(word: string) => boolean} marks
   */
  function item(one, marks) {
    const link = made("a", { href: `../${one.kind}/${one.key}/index.html` }, one.short || one.title);
    if (one.short) link.append(" ", made("span", { className: "rest" }, one.title));
    return made("li", {}, link, made("p", { className: "extract" }, ...extract(one.text, marks)));
  }

  /**
   * Return a stretch of a text around the first word that was found, all such words marked.
   * @param {string} text
   * @param {(word: string) => boolean} marks
   */
  function extract(text, marks) {
    const parts = text.split(/\s+/);
    const first = Math.max(0, parts.findIndex(marks) - BEFORE);
    const shown = parts.slice(first, first + EXTRACT);
    const pieces = shown.flatMap((word) => [marks(word) ? made("mark", {}, word) : word, " "]);
    return [first ? "… " : "", ...pieces, first + EXTRACT < parts.length ? "…" : ""];
  }

  /**
   * Make an element; texts are set as text, so that no record can bring markup.
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} name
   * @param {Partial<HTMLElementTagNameMap[T]>} properties
   * @param {...(Node | string)} content
   */
  function made(name, properties, ...content) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...content);
    return element;
  }

  Object.assign(window, { filieraRecords: take });
})();
