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
  } else if (event.ctrlKey && event.shiftKey && event.key === "Enter" && form()) {
    event.preventDefault();
    press("add");
  } else if (event.altKey && !event.ctrlKey && ALT[event.key] && form()) {
    event.preventDefault();
    ALT[event.key]();
  }
});

// In the last row Enter makes a new one, in the others it goes to the next; without a script it saves.
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.key !== "Enter" || event.ctrlKey || !input.matches("#part-form .survey-row-texts input")) return;
  event.preventDefault();
  const [prefix, at, name] = input.name.split("-");
  const next = document.getElementById(`id_${prefix}-${Number(at) + 1}-${name}`);
  if (next) next.focus();
  else if (input.value.trim()) document.getElementById(`${prefix}-add`)?.click();
});

// What is typed is kept by one request at a time: the edition it stands on comes back with the one before. What is
// typed meanwhile goes after it.
const own = (event) => event.target.id === "part-form";
const under = new Map();
const late = new Map();
let more = false;
let typed = false;
const keep = () => form().dispatchEvent(new Event("survey-keep"));
document.addEventListener("input", ({ target }) => {
  if (!target.closest("#part-form")) return;
  typed = true;
  if ([...under.values()].includes("anew")) late.set(target.name, target);
});
document.addEventListener("htmx:config:request", (event) => {
  if (!event.target.closest("#part-form")) return;
  if (own(event) && (under.size || form().dataset.sent)) {
    more = !form().dataset.sent;
    event.preventDefault();
    return;
  }
  under.set(event.detail.ctx, own(event) ? "kept" : "anew");
  typed = false;
});
document.addEventListener("htmx:finally:request", (event) => {
  if (!under.delete(event.detail.ctx)) return;
  if (!typed && document.querySelector("#save-state[data-kept]")) delete form()?.dataset.changed;
  if (more && form()) keep();
  else document.dispatchEvent(new Event("survey:arrived"));
  more = false;
});

// What was typed while the form was on its way to be shown anew is typed into the new one, before anything else is.
let shown = form();
new MutationObserver(() => {
  if (form() !== shown) retype();
  shown = form();
}).observe(document.getElementById("builder"), { childList: true });
function retype() {
  const again = [...late.values()];
  late.clear();
  for (const was of again) {
    const same = (one) => one.name === was.name && (was.type !== "radio" || one.value === was.value);
    const now = [...(form()?.elements ?? [])].find(same);
    if (!now) continue;
    if (/^(radio|checkbox)$/.test(was.type)) now.checked = was.checked;
    else now.value = was.value;
    if (/^text/.test(now.type) && now === document.activeElement) now.setSelectionRange(was.selectionStart, was.selectionEnd);
    now.dispatchEvent(new Event("input", { bubbles: true }));
    now.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// A button waits until what is on its way has arrived; what leaves the form, until all that was typed is kept.
document.addEventListener(
  "click",
  (event) => {
    const pressed = event.target.closest("#builder button:not([type=button]), main a[href]:not([href^='#'], [download])");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey || !form()) return;
    const leaves = !form().contains(pressed) && form().dataset.changed && !form().querySelector(".errorlist");
    if (!under.size && leaves) keep();
    else if (!under.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const same = () => [...document.querySelectorAll("#builder button")].find((each) => each.value === pressed.value);
    const again = () => (pressed.isConnected ? pressed : same())?.click();
    document.addEventListener("survey:arrived", () => setTimeout(again), { once: true });
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
  mark();
  if (document.activeElement !== document.body || !moved) return;
  const other = moved.startsWith("up-") ? moved.replace("up-", "down-") : moved.replace("down-", "up-");
  (document.getElementById(moved) ?? document.getElementById(other))?.focus();
});
let moved = "";
document.addEventListener("click", (event) => {
  const button = event.target.closest("#outline button");
  if (button) moved = button.id;
});

// What is told beside a field comes with what was kept; the field itself stays as it is, with the cursor in it.
function mark() {
  document.querySelectorAll("#part-form .survey-said").forEach((said) => {
    const wrong = Boolean(said.querySelector(".errorlist"));
    const control = document.getElementById(said.id.replace(/_said$/, ""));
    if (wrong) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
    said.closest(".field")?.classList.toggle("field-bad", wrong);
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
  document.querySelectorAll("[data-refresh-button]").forEach((button) => (button.hidden = true));
  document.getElementById("survey-keys")?.removeAttribute("hidden");
}
document.addEventListener("DOMContentLoaded", ready);
