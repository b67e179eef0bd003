// Put the districts and places on a map that moves, in place of the drawing that the page comes with.
// The shapes of countries come from this site; where they cannot be had, the drawing stays.
// @ts-check

const L = /** @type {any} */ (window).L;
const topojson = /** @type {any} */ (window).topojson;

/** Where the site begins. */
const ROOT = new URL("../", import.meta.url);

const SHAPES = new URL("vendor/world-atlas-2.0.2/countries-50m.json", import.meta.url);

/**
 * @typedef {{kind: string, key: string, label: string, within: string, claims: number, at: [number, number]}} Spot
 */

const room = document.getElementById("map");
const still = document.getElementById("still");
const told = document.getElementById("spots");
if (room && still && told && L && topojson) show(room, still, JSON.parse(told.textContent ?? ""));

/**
 * @param {HTMLElement} room
 * @param {HTMLElement} still
 * @param {{spots: Spot[], bounds: [[number, number], [number, number]]}} data
 */
async function show(room, still, data) {
  const response = await fetch(SHAPES);
  if (!response.ok) return;
  const world = await response.json();
  room.hidden = false;
  room.setAttribute("role", "region");
  room.setAttribute("aria-label", "Map of districts and places, to move");
  still.hidden = true;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(room, {
    minZoom: 2,
    maxZoom: 10,
    zoomSnap: 0.25,
    zoomDelta: 1,
    scrollWheelZoom: false, // so that the page scrolls over the map
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    maxBounds: [[-85, -220], [85, 220]],
  });
  map.attributionControl.setPrefix("Leaflet").addAttribution("shapes: Natural Earth");
  L.geoJSON(topojson.feature(world, world.objects.countries), {
    interactive: false,
    style: () => ({ className: "land", weight: 1 }),
  }).addTo(map);
  map.fitBounds(data.bounds);
  const most = Math.max(1, ...data.spots.filter(isDistrict).map((spot) => spot.claims));
  const markers = new Map(data.spots.sort(districtsLast).map((spot) => [spot.key, mark(spot, most).addTo(map)]));
  addHome(map, data.bounds);
  map.on("zoomend", () => placeNames(map, [...markers.values()]));
  map.on("moveend", () => nameFiles(map));
  placeNames(map, [...markers.values()]);
  nameFiles(map);
  const wanted = markers.get(decodeURIComponent(location.hash.slice(1)));
  if (!wanted) return;
  map.setView(wanted.getLatLng(), 8);
  wanted.openPopup();
  room.scrollIntoView({ block: "center" }); // and not the row of the table, to which the address leads without a script
}

/** @param {Spot} spot */
function isDistrict(spot) {
  return spot.kind === "districts";
}

/**
 * @param {Spot} one
 * @param {Spot} other
 */
function districtsLast(one, other) {
  return Number(isDistrict(one)) - Number(isDistrict(other)) || one.label.localeCompare(other.label);
}

/**
 * Make the marker of a district or place, which the keyboard reaches too.
 * @param {Spot} spot
 * @param {number} most
 */
function mark(spot, most) {
  const size = isDistrict(spot) ? 14 + 18 * Math.sqrt(spot.claims / most) : 10;
  const icon = L.divIcon({ className: `spot ${spot.kind}`, iconSize: [size, size] });
  const marker = L.marker(spot.at, { icon, title: `${spot.label}, ${claims(spot)}`, riseOnHover: true });
  if (isDistrict(spot)) {
    marker.bindTooltip(spot.label, { permanent: true, direction: "right", className: "name" });
  }
  marker.on("add", () => marker.getElement().setAttribute("aria-label", `${spot.label}, ${claims(spot)}`));
  return marker.bindPopup(() => popup(spot));
}

/**
 * Put each name on the first side of its marker where it stays inside and covers no other marker or name.
 * @param {any} map
 * @param {any[]} markers
 */
function placeNames(map, markers) {
  const edge = map.getSize();
  const taken = markers.map((marker) => {
    const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
    return around(x, y, marker.options.icon.options.iconSize[0], marker.options.icon.options.iconSize[0]);
  });
  for (const marker of markers.filter((one) => one.getTooltip()).reverse()) {
    const name = marker.getTooltip();
    const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
    const [wide, high] = [name.getElement().offsetWidth, name.getElement().offsetHeight];
    const reach = marker.options.icon.options.iconSize[0] / 2 + 3;
    const sides = {
      right: { offset: [reach, 0], box: around(x + reach + wide / 2, y, wide, high) },
      left: { offset: [-reach, 0], box: around(x - reach - wide / 2, y, wide, high) },
      top: { offset: [0, -reach], box: around(x, y - reach - high / 2, wide, high) },
      bottom: { offset: [0, reach], box: around(x, y + reach + high / 2, wide, high) },
    };
    const clear = Object.entries(sides).filter(([, { box }]) => !taken.some((other) => meet(box, other)));
    const free = clear.find(([, { box }]) => box.left >= 0 && box.right <= edge.x) ?? clear[0];
    const [direction, { offset, box }] = free ?? ["right", sides.right];
    Object.assign(name.options, { direction, offset: L.point(offset) });
    name.update();
    taken.push(box);
  }
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} wide
 * @param {number} high
 */
function around(x, y, wide, high) {
  return { left: x - wide / 2, right: x + wide / 2, top: y - high / 2, bottom: y + high / 2 };
}

/**
 * @param {ReturnType<typeof around>} one
 * @param {ReturnType<typeof around>} other
 */
function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** @param {Spot} spot */
function claims(spot) {
  return `${spot.claims.toLocaleString("en")} ${spot.claims === 1 ? "claim" : "claims"}`;
}

/**
 * Say what is known of a spot; texts are set as text, so that no record can bring markup.
 * @param {Spot} spot
 */
function popup(spot) {
  const box = document.createElement("div");
  const name = box.appendChild(document.createElement("p")).appendChild(document.createElement("a"));
  name.href = new URL(`${spot.kind}/${spot.key}`, ROOT).href;
  name.textContent = spot.label;
  name.className = "label";
  const rest = box.appendChild(document.createElement("p"));
  rest.textContent = [isDistrict(spot) ? "district" : "place", spot.within && `in ${spot.within}`, claims(spot)]
    .filter(Boolean)
    .join(" · ");
  return box;
}

/**
 * Add a button that leads back to the first view.
 * @param {any} map
 * @param {any} bounds
 */
function addHome(map, bounds) {
  const Home = L.Control.extend({
    onAdd() {
      const button = L.DomUtil.create("button", "leaflet-bar home");
      button.type = "button";
      button.textContent = "All districts";
      L.DomEvent.disableClickPropagation(button);
      button.addEventListener("click", () => map.fitBounds(bounds));
      return button;
    },
  });
  new Home({ position: "topright" }).addTo(map);
}

/**
 * Let the file be of what the map shows.
 * @param {any} map
 */
function nameFiles(map) {
  if ("copy" in document.documentElement.dataset) return; // a copy has the one file that it has
  const link = document.querySelector("figure.map a[download$='.svg']");
  if (!(link instanceof HTMLAnchorElement)) return;
  const seen = map.getBounds();
  const sides = {
    west: Math.max(seen.getWest(), -180),
    south: Math.max(seen.getSouth(), -85),
    east: Math.min(seen.getEast(), 180),
    north: Math.min(seen.getNorth(), 85),
  };
  const named = Object.entries(sides).map(([side, degrees]) => [side, degrees.toFixed(3)]);
  link.search = new URLSearchParams(named).toString();
}
