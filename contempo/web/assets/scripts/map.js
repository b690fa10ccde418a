// Draws the maps of the page from the data beside them. Few points are marks that take focus; many are drawn on canvas,
// and the list beside the map remains the way by keyboard.

import * as L from "leaflet";

const MANY = 200;
const CLOSEST = 15;

// Points at the same place share one mark.
function gather(points) {
  const groups = new Map();
  for (const [label, url, lat, lon, detail] of points) {
    const key = `${lat.toFixed(4)} ${lon.toFixed(4)}`;
    if (!groups.has(key)) groups.set(key, { at: [lat, lon], items: [] });
    groups.get(key).items.push({ label, url, detail });
  }
  return [...groups.values()];
}

function card(group) {
  const list = document.createElement("ul");
  for (const { label, url, detail } of group.items) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = label;
    item.append(link);
    if (detail) item.append(Object.assign(document.createElement("span"), { textContent: detail }));
    list.append(item);
  }
  return list;
}

function draw(picture) {
  const { points, places, tiles, words } = JSON.parse(document.getElementById(picture.dataset.map).textContent);
  const groups = gather(points);
  const map = L.map(picture, {
    attributionControl: Boolean(tiles),
    zoomControl: false,
    scrollWheelZoom: false,
    maxZoom: CLOSEST,
    zoomSnap: 0.5,
    fadeAnimation: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    preferCanvas: true,
  });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const bounds = L.latLngBounds([...groups.map((group) => group.at), ...places.map(([, lat, lon]) => [lat, lon])]);
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 13 });
  else map.setView([45.46, 9.19], 9);
  if (tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(tiles, { maxZoom: CLOSEST, attribution: "© OpenStreetMap" }).addTo(map);
  }
  for (const [label, lat, lon] of places) {
    const icon = L.divIcon({ className: "map-place", html: "", iconSize: null });
    const name = L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map);
    name.getElement().textContent = label;
    name.getElement().setAttribute("aria-hidden", "true");
  }
  for (const group of groups) {
    const [first, ...others] = group.items;
    const title = others.length ? words.several.replace("%(count)s", group.items.length) : first.label;
    let mark;
    if (groups.length > MANY) {
      const accent = getComputedStyle(picture).getPropertyValue("--accent").trim();
      mark = L.circleMarker(group.at, { radius: others.length ? 9 : 6, weight: 2, color: "#fff", fillColor: accent, fillOpacity: 0.9 });
    } else {
      const size = others.length ? 32 : 24;
      mark = L.marker(group.at, {
        icon: L.divIcon({ className: "map-mark", html: "", iconSize: [size, size] }),
        alt: title,
        riseOnHover: true,
      });
    }
    mark.bindTooltip(title).bindPopup(() => card(group), { className: "map-card", maxHeight: 240 }).addTo(map);
    const element = mark.getElement?.();
    if (element?.classList.contains("map-mark")) {
      element.setAttribute("aria-label", title);
      if (others.length) element.textContent = group.items.length;
    }
  }
  return map;
}

// A list that is filtered keeps the place of its map and empties it: what was drawn there goes before the new drawing.
function drawAll() {
  for (const picture of document.querySelectorAll(".map-picture:not([data-drawn])")) {
    picture.dataset.drawn = "yes";
    picture.drawing?.remove();
    picture.drawing = draw(picture);
  }
}

drawAll();
document.addEventListener("htmx:after:swap", drawAll);
