// Keys for who answers many questions. Every key does what a link or a button of the page does; nothing else is here.

const OFF = "desk-keys-off";
const rows = () => [...document.querySelectorAll("table.rows tbody tr")];
const here = () => rows().find((row) => row.contains(document.activeElement));
const press = (part, within = document) => within?.querySelector(part)?.click();

function go(step) {
  const list = rows();
  const at = list.indexOf(here());
  const row = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1)];
  row?.querySelector("th a")?.focus();
}

function help() {
  const fold = document.getElementById("desk-keys");
  if (!fold) return;
  fold.open = true;
  fold.querySelector("summary").focus();
}

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => press("th a", here()),
  t: () => press("[data-desk=take]", here() ?? (rows().length ? null : document)),
  n: () => press("[data-desk=next]"),
  r: () => press("[data-desk=answer]"),
  "/": () => document.querySelector("main input[name=cerca], main input[type=search]")?.focus(),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || localStorage.getItem(OFF)) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// A single key may be in the way of who speaks to the computer: it can be turned off, and stays so in this browser.
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("desk-keys-on");
  if (!box) return;
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes")));
});

// A letter typed is not yet kept: the answer is sent only when what is being kept has arrived, with its new version.
let keeping = null;
document.addEventListener("htmx:before:request", (event) => {
  if (event.target.closest?.("#answer-form") && event.target.matches("[hx-post$='salva/']")) keeping = event.target;
});
document.addEventListener("htmx:finally:request", () => (keeping = null));
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.id !== "answer-form" || !keeping) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const again = () => event.target.requestSubmit(event.submitter);
    document.addEventListener("htmx:finally:request", () => setTimeout(again), { once: true });
  },
  true,
);
