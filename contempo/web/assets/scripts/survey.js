// The builder of questionnaires: keys, rows changed in place, codes put where one writes. Every key and every change does
// what a button of the page does.

const form = () => document.getElementById("part-form");
const press = (name) => document.querySelector(`[data-survey="${name}"]`)?.click();

const ALT = {
  ArrowUp: () => press("up"),
  ArrowDown: () => press("down"),
  PageUp: () => press("previous"),
  PageDown: () => press("next"),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.metaKey) return;
  if (event.ctrlKey && !event.altKey && event.key === "s" && form()) {
    event.preventDefault();
    press("save");
  } else if (event.altKey && !event.ctrlKey && ALT[event.key] && form()) {
    event.preventDefault();
    ALT[event.key]();
  }
});

// What was typed is on its way to be kept: a button that sends the form waits until it has arrived, with its new edition.
let keeping = 0;
const isKeeping = (event) => event.target.id === "part-form";
document.addEventListener("htmx:before:request", (event) => (keeping += isKeeping(event) ? 1 : 0));
document.addEventListener("htmx:finally:request", (event) => {
  if (!isKeeping(event)) return;
  keeping = Math.max(keeping - 1, 0);
  if (document.querySelector("#save-state[data-kept]")) delete form()?.dataset.changed;
});
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.id !== "part-form" || !keeping) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const again = () => event.target.requestSubmit(event.submitter);
    document.addEventListener("htmx:finally:request", () => setTimeout(again), { once: true });
  },
  true,
);

// Choosing another question, or another kind, changes what can be asked of it: the form is shown anew.
document.addEventListener("change", (event) => {
  if (event.target.matches("#part-form [data-refresh]")) document.querySelector("[data-refresh-button]")?.click();
});

// Codes go where one wrote last.
let last = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("#part-form textarea, #part-form input[type=text]")) last = event.target;
});
document.addEventListener("click", (event) => {
  const code = event.target.closest("[data-insert]")?.dataset.insert;
  const into = last?.isConnected ? last : document.getElementById("id_label_it");
  if (!code || !into) return;
  into.setRangeText(code, into.selectionStart, into.selectionEnd, "end");
  into.dispatchEvent(new Event("input", { bubbles: true }));
  into.focus();
});

// After a move the button one pressed has gone with its row: its neighbour takes the focus.
document.addEventListener("htmx:after:swap", () => {
  ready();
  forgetMended();
  if (document.activeElement !== document.body || !moved) return;
  const other = moved.startsWith("up-") ? moved.replace("up-", "down-") : moved.replace("down-", "up-");
  (document.getElementById(moved) ?? document.getElementById(other))?.focus();
});
let moved = "";
document.addEventListener("click", (event) => {
  const button = event.target.closest("#outline button");
  if (button) moved = button.id;
});

// What was told beside a field and is mended goes, as it has gone from the list above.
function forgetMended() {
  const still = document.getElementById("part-problems")?.textContent ?? "";
  document.querySelectorAll("[data-told]").forEach((told) => {
    if (!still.includes(told.querySelector("span").textContent)) told.remove();
  });
}

// What is being written comes into sight in the list and in the preview, each of which scrolls on its own.
function bring(part) {
  const holder = part?.closest(".survey-outline, .survey-beside");
  if (!holder || holder.scrollHeight <= holder.clientHeight) return;
  const inside = part.getBoundingClientRect().top - holder.getBoundingClientRect().top;
  if (inside < 0 || inside > holder.clientHeight - 120) holder.scrollTop += inside - 96;
}

function ready() {
  bring(document.querySelector(".survey-current"));
  bring(document.querySelector(`#preview [data-key="${form()?.dataset.part}"]`));
  document.querySelectorAll("[data-insert][hidden]").forEach((button) => (button.hidden = false));
  document.getElementById("survey-keys")?.removeAttribute("hidden");
}
document.addEventListener("DOMContentLoaded", ready);
