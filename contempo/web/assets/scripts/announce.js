// What changes without a reload is said aloud: the part replaced by htmx names its news in data-announce.

document.addEventListener("htmx:after:swap", () => {
  const news = document.querySelector("[data-announce]")?.textContent.trim();
  const voice = document.getElementById("announcer");
  if (news && voice && voice.textContent !== news) voice.textContent = news;
});
