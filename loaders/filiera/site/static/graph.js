// Let a reader move the graph, and add what is related to a record, with cytoscape.js. It is loaded when it is wanted.
// The page has the same as a drawing and as a table, and the list beside the canvas has the same records for the
// keyboard.
// @ts-check

import { save } from "./pictures.js";

/** Where the site begins. */
const ROOT = new URL("../", import.meta.url);

const LIBRARY = "./vendor/cytoscape-3.34.4/cytoscape.esm.min.mjs";

/**
 * @typedef {{key: string, kind: string, label: string, text: string, lines: string[], at: number[], size: number[]}} Node
 * @typedef {{from: string, to: string, type: string, note: string}} Edge
 * @typedef {{centre: string, nodes: Node[], edges: Edge[], left_out: number}} Graph
 */

/** How the line of each type of relation looks: the name of its colour, and what differs without colour. */
const LINES = {
  disputes: { colour: "c1", width: 4, "target-arrow-shape": "tee" },
  qualifies: { colour: "c0", "line-style": "dashed" },
  supports: { colour: "c2" },
  extends: { colour: "c3", "line-style": "dashed", "line-dash-pattern": [12, 4] },
  answers: { colour: "c4", "line-style": "dotted" },
  repeats: { colour: "ink", "line-style": "dotted" },
  cites: { colour: "ink" },
};

/** Settings of the ways to lay out a graph. */
const LAYOUTS = {
  preset: { name: "preset", padding: 20 },
  concentric: { name: "concentric", padding: 20, minNodeSpacing: 40, concentric: (/** @type {any} */ n) => n.degree() },
  cose: {
    name: "cose",
    padding: 20,
    animate: false,
    nodeRepulsion: () => 4_000_000,
    nodeOverlap: 40,
    componentSpacing: 120,
    idealEdgeLength: () => 160,
  },
};

const told = document.getElementById("graph");
const section = document.getElementById("explore");
const start = document.getElementById("open");
if (told && section && start) {
  section.hidden = false;
  start.addEventListener("click", () => explore(JSON.parse(told.textContent ?? ""), start), { once: true });
}

/**
 * Show the workshop, and let its buttons work.
 * @param {Graph} graph
 * @param {HTMLElement} start
 */
async function explore(graph, start) {
  const { default: cytoscape } = await import(LIBRARY);
  start.hidden = true;
  part("workshop").hidden = false;
  const cy = cytoscape({
    container: part("canvas"),
    elements: elements(graph),
    style: style(),
    layout: LAYOUTS.preset,
    maxZoom: 2.5,
    minZoom: 0.1,
    userZoomingEnabled: false, // so that the page scrolls over the graph
  });
  cy.userZoomingEnabled(true);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(style()));
  cy.on("tap", "node", (/** @type {any} */ event) => choose(cy, event.target.id()));
  for (const button of document.querySelectorAll("[data-layout]")) {
    button.addEventListener("click", () => arrange(cy, /** @type {HTMLElement} */ (button).dataset.layout ?? "preset"));
  }
  part("fit").addEventListener("click", () => cy.fit(undefined, 20));
  part("png").addEventListener("click", async () => {
    const blob = await cy.png({ output: "blob-promise", full: true, scale: 2, bg: colour("paper") });
    save(blob, `graph-${graph.centre}.png`);
  });
  list(cy);
  choose(cy, cy.getElementById(graph.centre).nonempty() ? graph.centre : cy.nodes()[0]?.id());
}

/** @param {string} id */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no part ${id}`);
  return found;
}

/** @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--picture-${name}`).trim();
}

/** @param {Graph} graph */
function elements(graph) {
  const nodes = graph.nodes.map(({ key, lines, at: [x, y], size: [wide, high], ...rest }) => ({
    group: "nodes",
    data: { id: key, shown: lines.join("\n"), wide, high, ...rest },
    position: { x, y },
    scratch: { drawn: { x, y } },
  }));
  const edges = graph.edges.map(({ from, to, type, note }) => ({
    group: "edges",
    data: { id: `${from} ${type} ${to}`, source: from, target: to, type, note },
  }));
  return [...nodes, ...edges];
}

/** Return the look of the graph in the colours of the page, light or dark. */
function style() {
  const box = {
    selector: "node",
    style: {
      shape: "round-rectangle",
      width: "data(wide)",
      height: "data(high)",
      label: "data(shown)",
      color: colour("ink"),
      "background-color": colour("box"),
      "border-color": colour("border"),
      "border-width": 1,
      "font-size": 12,
      "line-height": 1.3,
      "text-wrap": "wrap",
      "text-max-width": 230,
      "text-valign": "center",
      "text-halign": "center",
    },
  };
  const chosen = { selector: "node:selected", style: { "border-color": colour("c0"), "border-width": 4 } };
  const line = {
    selector: "edge",
    style: { "curve-style": "bezier", "target-arrow-shape": "triangle", width: 2, "arrow-scale": 1.2 },
  };
  const named = {
    selector: "edge:selected, edge.near",
    style: {
      label: "data(type)",
      color: colour("ink"),
      "font-size": 12,
      "text-background-color": colour("paper"),
      "text-background-opacity": 1,
      "text-background-padding": 2,
    },
  };
  const types = Object.entries(LINES).map(([type, { colour: name, ...look }]) => ({
    selector: `edge[type = "${type}"]`,
    style: { "line-color": colour(name), "target-arrow-color": colour(name), ...look },
  }));
  return [box, chosen, line, ...types, named];
}

/**
 * @param {any} cy
 * @param {string} name
 */
function arrange(cy, name) {
  const way = LAYOUTS[/** @type {keyof LAYOUTS} */ (name)];
  const drawn = (/** @type {any} */ node) => node.scratch("drawn") ?? node.position();
  cy.layout(name === "preset" ? { ...way, positions: drawn } : way).run();
}

/**
 * Write the list of records, each a button that chooses it.
 * @param {any} cy
 */
function list(cy) {
  const items = cy.nodes().map((/** @type {any} */ node) => {
    const item = document.createElement("li");
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "link";
    button.textContent = node.data("text");
    button.dataset.key = node.id();
    button.addEventListener("click", () => choose(cy, node.id()));
    return item;
  });
  part("records").replaceChildren(...items);
  part("count").textContent = String(items.length);
}

/**
 * Show a record: where it is, what it says, how it is related, and what to do with it.
 * @param {any} cy
 * @param {string | undefined} key
 */
function choose(cy, key) {
  if (key === undefined) return;
  const node = cy.getElementById(key);
  cy.elements().unselect().removeClass("near");
  node.select();
  node.connectedEdges().addClass("near");
  cy.center(node);
  for (const button of part("records").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.key === key));
  }
  const link = document.createElement("a");
  link.href = new URL(`${node.data("kind")}/${key}`, ROOT).href;
  link.textContent = node.data("text");
  const more = document.createElement("button");
  more.type = "button";
  more.textContent = "Add what is related";
  more.addEventListener("click", () => grow(cy, key));
  const related = document.createElement("ul");
  related.append(...node.connectedEdges().map((/** @type {any} */ edge) => relation(edge, key)));
  part("details").replaceChildren(link, related, more);
}

/**
 * @param {any} edge
 * @param {string} key
 */
function relation(edge, key) {
  const item = document.createElement("li");
  const leads = edge.source().id() === key;
  const other = (leads ? edge.target() : edge.source()).data("text");
  item.textContent = leads ? `It ${edge.data("type")}: ${other}` : `It is what this ${edge.data("type")}: ${other}`;
  return item;
}

/**
 * Add what is related to a record, around it.
 * @param {any} cy
 * @param {string} key
 */
async function grow(cy, key) {
  const response = await fetch(new URL(`graph/${encodeURIComponent(key)}.json`, ROOT));
  if (!response.ok) return;
  const fresh = elements(await response.json()).filter(({ data: { id } }) => cy.getElementById(id).empty());
  const nodes = fresh.filter(({ group }) => group === "nodes");
  const { x, y } = cy.getElementById(key).position();
  nodes.forEach((node, n) => {
    const turn = (2 * Math.PI * n) / nodes.length;
    Object.assign(node, { position: { x: x + 380 * Math.cos(turn), y: y + 220 * Math.sin(turn) }, scratch: {} });
  });
  cy.add(fresh);
  if (nodes.length > 0) arrange(cy, "cose");
  list(cy);
  choose(cy, key);
  const said = document.createElement("p");
  said.textContent = nodes.length ? `${nodes.length} added.` : "All that is related to it is shown already.";
  part("details").append(said);
}
