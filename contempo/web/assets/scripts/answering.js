// Pages of questions. What is typed is kept at once: on the server when there is a network, in this tab until there is.
// Questions that depend on others of the same page come and go; groups grow; an order of importance stays an order.
// Without this script every page works: what appears is asked by the next page.

const RETRY = 5000;
const CALM = 700;

const form = document.querySelector("form[data-answers]");
const place = `answers ${location.pathname}`;
const waiting = "answers on the way";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".answer-form").forEach((one) => {
    restore(one);
    arrange(one);
    one.addEventListener("input", (event) => changed(one, event.target));
    one.addEventListener("change", (event) => changed(one, event.target));
    one.addEventListener("click", (event) => pressed(one, event));
    one.addEventListener("keydown", (event) => key(one, event));
  });
  document.querySelectorAll("[data-copy]").forEach(offerCopy);
  if (form) form.addEventListener("submit", leaving);
});

// Conditions

function named(scope, name) {
  return [...scope.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((input) => !input.closest("[hidden]"));
}

function answers(scope, name) {
  const inputs = named(scope, name);
  const whole = inputs.length ? inputs : [...scope.querySelectorAll(`[name^="${CSS.escape(name)}."]`)];
  return whole
    .filter((input) => (/^(radio|checkbox)$/.test(input.type) ? input.checked : input.value.trim() !== ""))
    .filter((input) => !input.closest("[hidden]"))
    .map((input) => input.value.trim());
}

function number(text) {
  const plain = text.replace(/[\s'’]/g, "");
  const point = plain.includes(",") ? plain.replace(/\./g, "").replace(",", ".") : plain;
  return /^[+-]?\d+(\.\d+)?$/.test(point) ? Number(point) : /^\d{4}-\d\d-\d\d$/.test(plain) ? Date.parse(plain) : NaN;
}

function holds(scope, test) {
  if (typeof test === "boolean") return test;
  const [name, op, wanted] = test;
  const given = answers(scope, name);
  if (op === "not_answered") return given.length === 0;
  if (given.length === 0) return false;
  const same = (value) => value === wanted || number(value) === number(wanted);
  switch (op) {
    case "answered":
      return true;
    case "is":
    case "includes":
      return given.some(same);
    case "is_not":
    case "excludes":
      return !given.some(same);
    case "at_least":
      return number(given[0]) >= number(wanted);
    case "at_most":
      return number(given[0]) <= number(wanted);
    default:
      return false;
  }
}

function arrange(scope) {
  // In the order of the page, so that what hangs on something hidden is hidden too.
  scope.querySelectorAll("[data-when]").forEach((part) => {
    const { any, tests } = JSON.parse(part.dataset.when);
    const shown = any ? tests.some((test) => holds(scope, test)) : tests.every((test) => holds(scope, test));
    part.hidden = !shown;
    part.querySelectorAll(":scope > [name=seen], :scope > * > [name=seen]").forEach((mark) => {
      if (mark.closest("[data-when]") === part) mark.disabled = !shown;
    });
  });
  scope.querySelectorAll(".answer-other").forEach((box) => {
    const choice = box.previousElementSibling?.querySelector("input");
    box.hidden = Boolean(choice && !choice.checked);
  });
}

function changed(scope, input) {
  if (input.type === "checkbox" && input.checked) alone(scope, input);
  if (input.matches("[data-place]")) swap(input);
  arrange(scope);
  if (scope === form) keep();
}

function alone(scope, input) {
  named(scope, input.name).forEach((other) => {
    if (other !== input && (input.matches("[data-exclusive]") || other.matches("[data-exclusive]"))) other.checked = false;
  });
}

// A place taken twice: who had it gets the place the other one leaves.
function swap(select) {
  const all = [...select.closest("ol").querySelectorAll("[data-place]")];
  const taken = all.find((other) => other !== select && other.value !== "" && other.value === select.value);
  if (taken) taken.value = select.dataset.was ?? "";
  all.forEach((one) => (one.dataset.was = one.value));
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[data-place]")) target.dataset.was = target.value;
});

// Groups that repeat

function pressed(scope, event) {
  const button = event.target.closest("button[name=go]");
  const [what, which] = (button?.value ?? "").split(":");
  if (what !== "add" && what !== "drop") return;
  event.preventDefault();
  const group = button.closest("[data-repeat]");
  if (what === "add") grow(group);
  else button.closest("[data-time]").remove();
  if (!group.querySelector(":scope > [data-time]")) grow(group);
  settle(group);
  arrange(scope);
  if (scope === form) keep();
  if (what === "drop") group.querySelector("[name=go][value^=add]").focus();
}

function grow(group) {
  const numbers = [...group.querySelectorAll(`:scope > [data-time] > [name="${CSS.escape(group.dataset.repeat)}"]`)];
  const next = 1 + Math.max(-1, ...numbers.map((input) => Number(input.value)));
  const template = group.querySelector(":scope > template");
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  for (const part of holder.querySelectorAll("*"))
    for (const { name, value } of [...part.attributes])
      if (value.includes("__n__")) part.setAttribute(name, value.replaceAll("__n__", String(next)));
  const time = holder.firstElementChild;
  template.before(time);
  settle(group);
  time.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function settle(group) {
  const times = [...group.querySelectorAll(":scope > [data-time]")];
  times.forEach((time, place) => {
    const title = time.querySelector("[data-title]");
    title.textContent = `${title.textContent.replace(/\s+\d+$/, "")} ${place + 1}`;
  });
  group.querySelector("[name=go][value^=add]").hidden = times.length >= Number(group.dataset.most);
}

// Keeping what is typed

let timer = 0;
let sending = false;
let unsaved = "";

function typed() {
  const data = new FormData(form);
  return [...data].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "go");
}

function keep() {
  if ("sent" in form.dataset) return;
  unsaved = JSON.stringify(typed());
  store(place, unsaved);
  clearTimeout(timer);
  timer = setTimeout(send, CALM);
}

async function send() {
  if (sending || !unsaved) return;
  sending = true;
  const now = unsaved;
  const body = new FormData();
  JSON.parse(now).forEach(([name, value]) => body.append(name, value));
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("autosave", "1");
  body.append("go", "stay");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, credentials: "same-origin", redirect: "error" });
    if (answer.status === 409) tell(form.dataset.closed);
    else if (!answer.ok) throw new Error(String(answer.status));
    else tell((await answer.json()).late ? form.dataset.late : form.dataset.saved);
    if (unsaved === now) {
      unsaved = "";
      drop(place);
    }
    sending = false;
    if (unsaved) send();
    else if (wishes) go(wishes);
  } catch {
    sending = false;
    tell(navigator.onLine ? form.dataset.failed : form.dataset.offline);
    setTimeout(send, RETRY);
  }
}

function tell(text) {
  const status = form.querySelector("[data-status]");
  if (status.textContent !== text) status.textContent = text;
}

addEventListener("online", () => form && send());
addEventListener("offline", () => form && tell(form.dataset.offline));

// Leaving the page by one of its buttons: without a network one stays, and goes as soon as it is back.

let wishes = null;

function go(button) {
  wishes = null;
  form.requestSubmit(button);
}

function leaving(event) {
  if (event.defaultPrevented) return;
  if (navigator.onLine) {
    store(waiting, JSON.stringify([location.pathname, typed()]));
    drop(place);
    return;
  }
  event.preventDefault();
  delete form.dataset.sent;
  wishes = event.submitter;
  unsaved = JSON.stringify(typed());
  store(place, unsaved);
  tell(`${form.dataset.offline} ${form.dataset.waiting}`);
}

// What was typed and never arrived: of this page when it was closed without a network, or when its sending failed.
function restore(one) {
  if (one !== form) return;
  const [left, values] = JSON.parse(read(waiting) ?? "[null, null]");
  drop(waiting);
  const kept = read(place) ?? (left === location.pathname && !("posted" in form.dataset) ? JSON.stringify(values) : null);
  if ("posted" in form.dataset || "sent" in form.dataset || !kept) return drop(place);
  fill(JSON.parse(kept));
  if (JSON.stringify(typed()) === kept) keep();
}

function fill(values) {
  form.querySelectorAll("[data-repeat]").forEach((group) => {
    const wanted = values.filter(([name]) => name === group.dataset.repeat).length;
    while (group.querySelectorAll(":scope > [data-time]").length < wanted) grow(group);
  });
  const left = [...values];
  for (const input of form.elements) {
    if (!input.name || /^(hidden|file|submit)$/.test(input.type) || input.tagName === "BUTTON") continue;
    if (/^(radio|checkbox)$/.test(input.type)) {
      input.checked = left.some(([name, value]) => name === input.name && value === input.value);
    } else {
      const at = left.findIndex(([name]) => name === input.name);
      input.value = at < 0 ? "" : left.splice(at, 1)[0][1];
    }
  }
}

function store(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing: the server still does.
  }
}

function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function drop(name) {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // As above.
  }
}

// An address to copy

function offerCopy(button) {
  button.hidden = false;
  const field = document.getElementById(button.dataset.copy);
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    const note = button.parentElement.querySelector("[data-copied-here]");
    if (note) note.textContent = button.dataset.copied;
  });
}

// Paper forms: a digit chooses the answer in that place and goes on; Ctrl and Enter enter the form.

function key(scope, event) {
  if (!("paper" in scope.dataset)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return scope.requestSubmit();
  const input = event.target;
  if (!/^[1-9]$/.test(event.key) || !/^(radio|checkbox)$/.test(input.type)) return;
  const choice = named(scope, input.name)[Number(event.key) - 1];
  if (!choice) return;
  event.preventDefault();
  choice.checked = choice.type === "radio" || !choice.checked;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  choice.focus();
  if (choice.type === "radio") following(scope, choice.name)?.focus();
}

function following(scope, name) {
  const all = [...scope.querySelectorAll("input:not([type=hidden]), select, textarea, .btn-primary")];
  const last = all.findLastIndex((input) => input.name === name || input.name?.startsWith(`${name}.`));
  return all.slice(last + 1).find((input) => !input.closest("[hidden]"));
}
