// A page that nobody looks at asks for nothing: hx-trigger="every …" rests while the tab is hidden.
// (A filter such as [!document.hidden] would need eval, which our CSP forbids.)

/** Say whether htmx asks by its clock rather than because of something the person did. */
export function isPolling(event: Event): boolean {
  const detail = (event as CustomEvent<{ requestConfig?: { triggeringEvent?: Event } }>).detail;
  return !detail.requestConfig?.triggeringEvent;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && isPolling(event)) event.preventDefault();
});
