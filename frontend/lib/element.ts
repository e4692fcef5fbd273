// What every island shares: define once, and listen until the element leaves the page.

/** A custom element whose listeners go away with it. */
export abstract class Island extends HTMLElement {
  #gone: AbortController | undefined;

  /** Called each time the element enters the page. */
  protected abstract start(): void;

  connectedCallback(): void {
    this.#gone = new AbortController();
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.start(), { once: true, signal: this.#gone.signal });
    } else {
      this.start();
    }
  }

  disconnectedCallback(): void {
    this.#gone?.abort();
  }

  /** Listen on this element, or on another one, for as long as this element is on the page. */
  protected on<E extends Event>(type: string, listener: (event: E) => void, target: EventTarget = this): void {
    const options = this.#gone ? { signal: this.#gone.signal } : {};
    target.addEventListener(type, listener as EventListener, options);
  }
}

/** Register an island under its name; a second script may name the same one. */
export function define(name: string, island: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, island);
}
