// <toast-stack>: shows messages until somebody has gone on for a while. Any script may ask for one:
// document.dispatchEvent(new CustomEvent("paraph:toast", {detail: {text, level}})).
// The server may, by the header HX-Trigger: {"paraph:toast": {"text": "…", "level": "success"}}.
import { define, Island } from "../../lib/element";

const SECONDS_SHOWN = 8;
const GOING_ON = ["pointermove", "pointerdown", "keydown", "wheel"];

interface Note {
  text: string;
  level?: "info" | "success" | "warning" | "error";
  action?: { label: string; run: () => void };
}

class ToastStack extends Island {
  protected override start(): void {
    this.on<MouseEvent>("click", (event) => {
      if ((event.target as Element).closest("[data-close]")) (event.target as Element).closest(".toast-note")?.remove();
    });
    this.on<CustomEvent<Note>>("paraph:toast", (event) => this.#show(event.detail), document);
    this.on("htmx:sendError", () => this.#trouble(this.dataset.offline), document);
    this.on("htmx:responseError", () => this.#trouble(this.dataset.trouble), document);
    this.on("htmx:timeout", () => this.#trouble(this.dataset.trouble), document);
    new MutationObserver(() => this.#changed()).observe(this, { childList: true });
    this.#changed();
  }

  #changed(): void {
    this.#makeWay();
    this.#fade();
  }

  /** Goes to the top where it would lie over the button that leads on. */
  #makeWay(): void {
    this.classList.remove("toasts--above");
    const own = this.getBoundingClientRect();
    const isUnder = (button: Element): boolean => {
      const its = button.getBoundingClientRect();
      return its.left < own.right && its.right > own.left && its.top < own.bottom && its.bottom > own.top;
    };
    const buttons = [...document.querySelectorAll("main .btn-primary, dialog[open] .btn-primary")];
    this.classList.toggle("toasts--above", this.childElementCount > 0 && buttons.some(isUnder));
  }

  /** Errors stay until they are closed; everything else leaves a while after somebody is seen to be
   * there, so that nobody misses it who looked away, but not under the pointer. */
  #fade(): void {
    for (const note of this.querySelectorAll<HTMLElement>(".toast-note:not([data-timed], .toast-note--error)")) {
      note.dataset.timed = "";
      const leave = (): void => {
        if (note.matches(":hover, :focus-within")) setTimeout(leave, 2000);
        else note.remove();
      };
      const seen = new AbortController();
      const count = (): void => {
        seen.abort();
        setTimeout(leave, SECONDS_SHOWN * 1000);
      };
      for (const type of GOING_ON) document.addEventListener(type, count, { signal: seen.signal, passive: true });
    }
  }

  #trouble(text: string | undefined): void {
    if (text) this.#show({ text, level: "error" });
  }

  #show({ text, level = "info", action }: Note): void {
    const words = document.createElement("div");
    words.textContent = text;
    if (action) words.append(" ", this.#button(action));
    const note = document.createElement("div");
    note.className = `toast-note toast-note--${level}`;
    note.append(this.#icon(level), words, this.#closer());
    this.append(note);
  }

  #button({ label, run }: NonNullable<Note["action"]>): Element {
    const button = document.createElement("button");
    button.className = "toast-note__action";
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      button.closest(".toast-note")?.remove();
      run();
    });
    return button;
  }

  #icon(level: string): Element {
    return this.#copyOf(level === "success" ? "toast-good" : level === "info" ? "toast-calm" : "toast-bad");
  }

  #closer(): Element {
    return this.#copyOf("toast-close");
  }

  #copyOf(id: string): Element {
    const template = document.getElementById(id) as HTMLTemplateElement;
    return template.content.firstElementChild?.cloneNode(true) as Element;
  }
}

define("toast-stack", ToastStack);
