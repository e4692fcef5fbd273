// Dragging and resizing by mouse and finger, in pixels; the island turns them into points.
import interact from "interactjs";

interface Shift {
  dx: number;
  dy: number;
}

/** Let a box follow the pointer, also onto another page, and be resized at its corner. */
export function letBeMoved(
  box: HTMLElement,
  moved: (by: Shift, clientX: number, clientY: number) => void,
  resized: (by: Shift) => void,
): void {
  let by: Shift = { dx: 0, dy: 0 };
  const begin = (): void => {
    by = { dx: 0, dy: 0 };
    box.classList.add("is-moving");
  };
  interact(box)
    .draggable({
      ignoreFrom: ".placed__corner, .placed__remove",
      autoScroll: true,
      listeners: {
        start: begin,
        move(event: Shift) {
          by = { dx: by.dx + event.dx, dy: by.dy + event.dy };
          box.style.translate = `${by.dx}px ${by.dy}px`;
        },
        end(event: { clientX: number; clientY: number }) {
          moved(by, event.clientX, event.clientY);
        },
      },
    })
    .resizable({
      edges: { right: ".placed__corner", bottom: ".placed__corner" },
      listeners: {
        start: begin,
        move(event: { deltaRect: { width: number; height: number }; rect: { width: number; height: number } }) {
          by = { dx: by.dx + event.deltaRect.width, dy: by.dy + event.deltaRect.height };
          box.style.width = `${event.rect.width}px`;
          box.style.height = `${event.rect.height}px`;
        },
        end() {
          resized(by);
        },
      },
    });
}

/** Let go of a box that leaves the page. */
export function letGo(box: HTMLElement): void {
  interact(box).unset();
}

/** Let a button of the palette be carried onto a page. A picture of it follows the pointer. */
export function letBeCarried(kind: HTMLElement, dropped: (clientX: number, clientY: number) => void): void {
  let ghost: HTMLElement | null = null;
  interact(kind).draggable({
    autoScroll: true,
    listeners: {
      start() {
        ghost = kind.cloneNode(true) as HTMLElement;
        ghost.classList.add("placer__ghost");
        ghost.setAttribute("aria-hidden", "true");
        document.body.append(ghost);
      },
      move(event: { clientX: number; clientY: number }) {
        if (!ghost) return;
        ghost.style.left = `${event.clientX}px`;
        ghost.style.top = `${event.clientY}px`;
      },
      end(event: { clientX: number; clientY: number }) {
        ghost?.remove();
        dropped(event.clientX, event.clientY);
      },
    },
  });
}
