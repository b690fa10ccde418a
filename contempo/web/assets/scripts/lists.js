// Lists are replaced in place. What is no list (an error page, a sign-in page) is opened as a page of its own.

document.addEventListener("htmx:response:error", (event) => {
  location.assign(event.detail.ctx.request.action);
});
