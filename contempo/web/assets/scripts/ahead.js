// Charts and maps need two large files. They are brought once, on the first visit, when the browser has nothing else to
// do and the person does not save data: so no later page is slow.

const BROUGHT = "brought-ahead";

async function bring() {
  for (const url of document.body.dataset.ahead.split(" ")) {
    const response = await fetch(url, { priority: "low" });
    await response.arrayBuffer();
  }
  sessionStorage.setItem(BROUGHT, "yes");
}

window.addEventListener("load", () => {
  if (!document.body.dataset.ahead || sessionStorage.getItem(BROUGHT) || navigator.connection?.saveData) return;
  // A page left before the end: the next one brings the rest.
  (window.requestIdleCallback ?? setTimeout)(() => bring().catch(() => {}));
});
