// A kind of field is carried from the palette onto a page by mouse or pen; a finger taps twice instead.
const FAR = 5;

/** Let a button of the palette be carried; a picture of it follows the pointer. */
export function letBeCarried(kind: HTMLElement, dropped: (clientX: number, clientY: number) => void): void {
  kind.addEventListener("pointerdown", (down) => {
    if (down.pointerType === "touch" || down.button !== 0) return;
    const gone = new AbortController();
    let ghost: HTMLElement | null = null;
    const move = (event: PointerEvent): void => {
      if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < FAR) return;
      ghost ??= ghostOf(kind);
      ghost.style.left = `${event.clientX}px`;
      ghost.style.top = `${event.clientY}px`;
    };
    const end = (event: PointerEvent | KeyboardEvent): void => {
      if (event instanceof KeyboardEvent && event.key !== "Escape") return;
      gone.abort();
      if (!ghost) return;
      ghost.remove();
      if (event instanceof PointerEvent && event.type === "pointerup") {
        window.addEventListener("click", stop, { capture: true, once: true });
        window.setTimeout(() => window.removeEventListener("click", stop, { capture: true }));
        dropped(event.clientX, event.clientY);
      }
    };
    const listen = { signal: gone.signal };
    window.addEventListener("pointermove", move, listen);
    window.addEventListener("pointerup", end, listen);
    window.addEventListener("pointercancel", end, listen);
    window.addEventListener("keydown", end, listen);
  });
  kind.addEventListener("dragstart", (event) => event.preventDefault());
}

/** What was carried is not pressed as well. */
function stop(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function ghostOf(kind: HTMLElement): HTMLElement {
  const ghost = kind.cloneNode(true) as HTMLElement;
  ghost.classList.add("placer__ghost");
  ghost.setAttribute("aria-hidden", "true");
  document.body.append(ghost);
  return ghost;
}
