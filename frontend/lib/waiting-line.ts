// The thin line on top of the page while htmx waits for an answer; forms do not submit twice.
import { isPolling } from "./polling";

let waiting = 0;

function show(): void {
  document.querySelector(".waiting")?.classList.toggle("is-waiting", waiting > 0);
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isPolling(event)) return;
  waiting += 1;
  show();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (isPolling(event)) return;
  waiting = Math.max(0, waiting - 1);
  show();
});
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method === "dialog" || form.matches("[hx-post], [hx-get], [hx-boost]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  document.querySelector(".waiting")?.classList.add("is-waiting");
  // A form that answers with a file leaves its page standing: it may soon be sent for another file.
  const answersWithFile = "downloads" in form.dataset;
  setTimeout(() => {
    delete form.dataset.sent;
    if (answersWithFile) show();
  }, answersWithFile ? 1000 : 4000);
});
// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
  document.querySelector(".waiting")?.classList.remove("is-waiting");
});
