// Forms: the summary of errors takes focus, a second click does not send twice, a counter says what is left, a file too
// large is named before it travels, and text typed but not sent is not lost by closing the page unawares.

// After this the connection is taken as lost, or the answer was a download: the form may be sent again.
const RETRY_AFTER = 8000;

const ready = () => {
  document.querySelector(".error-summary")?.focus();
  document.querySelectorAll("textarea[maxlength]").forEach(count);
};

document.addEventListener("DOMContentLoaded", ready);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(release, RETRY_AFTER, form);
});

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

// The browser's back button shows the page as it was: its forms may be sent again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

function count(area) {
  const note = document.getElementById(`${area.id}_left`);
  if (!note) return;
  const left = area.maxLength - area.value.length;
  note.hidden = left > area.maxLength / 2 && left > 100;
  note.textContent = note.dataset.text.replace("0", left.toLocaleString(document.documentElement.lang));
}

document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[maxlength]")) count(event.target);
  const form = event.target.closest("form[data-guard]");
  if (form) form.dataset.changed = "yes";
});

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches("input[type=file][data-max-bytes]")) return;
  const large = [...input.files].find((file) => file.size > Number(input.dataset.maxBytes));
  input.setCustomValidity(large ? input.dataset.tooLarge : "");
  if (large) input.reportValidity();
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-guard][data-changed]:not([data-sent])")) event.preventDefault();
});
