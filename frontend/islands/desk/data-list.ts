// <data-list>: choosing rows (with Shift a range), the bar for the chosen ones, and the keyboard.
// Moving about is moving the focus from link to link, so that screen readers and eyes agree.
import { define, Island } from "../../lib/element";
import { watched } from "../../lib/moved";

class DataList extends Island {
  #last: HTMLInputElement | undefined;
  #isStillThere = (): boolean => true;

  protected override start(): void {
    this.on<MouseEvent>("click", (event) => this.#clicked(event));
    this.on("change", (event: Event) => this.#changed(event.target as HTMLInputElement));
    this.on<KeyboardEvent>("keydown", (event) => this.#key(event), document);
    this.on<CustomEvent>("htmx:beforeSwap", (event) => this.#keepFocus(event));
    this.on("htmx:afterSettle", () => this.#tell());
    this.addEventListener("toggle", (event) => this.#placeMenu(event.target as HTMLElement), true);
    this.on("scroll", () => this.#isStillThere() || this.querySelector(".list-table details[open]")?.removeAttribute("open"), document);
    this.#tell();
  }

  get #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[name=ids]")];
  }

  get #everything(): HTMLInputElement | null {
    return this.querySelector("input[name=everything]");
  }

  #clicked(event: MouseEvent): void {
    const pressed = event.target as Element;
    if (pressed.closest("[data-none]")) return this.#clear();
    if (pressed.closest("[data-keys]")) return this.#help();
    if (pressed instanceof HTMLInputElement && pressed.name === "ids") {
      if (event.shiftKey && this.#last) this.#range(this.#last, pressed);
      this.#last = pressed;
    }
  }

  #changed(box: HTMLInputElement): void {
    if (box.matches("[data-page]") || box.name === "everything") this.#boxes.forEach((each) => (each.checked = box.checked));
    else if (box.name === "ids" && !box.checked && this.#everything) this.#everything.checked = false;
    this.#tell();
  }

  #range(from: HTMLInputElement, to: HTMLInputElement): void {
    const boxes = this.#boxes;
    const [first, last] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b) as [number, number];
    if (first >= 0) boxes.slice(first, last + 1).forEach((box) => (box.checked = to.checked));
  }

  #clear(): void {
    [...this.#boxes, this.#everything].forEach((box) => box && (box.checked = false));
    this.#tell();
  }

  /** Say how many are chosen, mark their rows, and show the bar while there are any. */
  #tell(): void {
    const boxes = this.#boxes;
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr")?.classList.toggle("is-chosen", box.checked));
    const page = this.querySelector<HTMLInputElement>("[data-page]");
    if (page) {
      page.checked = boxes.length > 0 && chosen.length === boxes.length;
      page.indeterminate = chosen.length > 0 && !page.checked;
    }
    this.querySelector("[data-many]")?.classList.toggle("is-open", chosen.length > 0);
    this.#count(chosen.length);
  }

  #count(chosen: number): void {
    const words = this.querySelector<HTMLElement>(".many__count");
    const isAll = this.#everything?.checked ?? false;
    if (words) {
      const { one = "", some = "", all = "" } = words.dataset;
      words.textContent = isAll ? all : chosen === 1 ? one : some.replace("%s", String(chosen));
    }
    for (const button of this.querySelectorAll<HTMLButtonElement>("button[data-least]")) {
      button.disabled = !isAll && chosen < Number(button.dataset["least"]);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const row = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (this.#pressed(event.key, row, event.shiftKey)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  #pressed(key: string, row: HTMLElement | null, isShift: boolean): boolean {
    const onLink = document.activeElement?.matches(".row-link") ?? false;
    const step = { j: 1, k: -1 }[key] ?? (onLink ? { ArrowDown: 1, ArrowUp: -1 }[key] : undefined);
    if (step) return this.#move(row, step);
    if (key === "/") return focusOn(this.querySelector<HTMLInputElement>("input[type=search]"));
    if (key === "?") return this.#help() ?? true;
    if (key === "n" && this.dataset["create"]) return location.assign(this.dataset["create"]) ?? true;
    if (key === "Escape" && this.querySelector("[data-many].is-open") && !this.querySelector("details[open]")) return this.#clear() ?? true;
    return row ? this.#onRow(key, row, isShift) : false;
  }

  #onRow(key: string, row: HTMLElement, isShift: boolean): boolean {
    const box = row.querySelector<HTMLInputElement>("input[name=ids]");
    if (key.toLowerCase() === "x" && box) {
      box.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: isShift }));
      return true;
    }
    if (key === "m") {
      const menu = row.querySelector("details");
      menu?.setAttribute("open", "");
      if (menu) this.#placeMenu(menu); // it is told later that it is open
      return focusOn(row.querySelector<HTMLElement>(".menu__item"));
    }
    const entry = row.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    entry?.click();
    return entry !== null;
  }

  #move(row: HTMLElement | null, step: number): boolean {
    const links = [...this.querySelectorAll<HTMLElement>("[data-row] .row-link")];
    const now = links.findIndex((link) => row?.contains(link));
    const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), links.length - 1);
    return focusOn(links[next] ?? null);
  }

  /** A row's menu lies over the table, which scrolls by itself and would cut it off. */
  #placeMenu(details: HTMLElement): void {
    const list = details.querySelector<HTMLElement>(".list-table .menu__list");
    if (!list || !details.hasAttribute("open")) return;
    this.#isStillThere = watched(details);
    const { top, bottom, right } = details.getBoundingClientRect();
    const isLow = bottom + list.offsetHeight + 12 > innerHeight;
    list.style.left = `${Math.max(8, right - list.offsetWidth)}px`;
    list.style.top = `${isLow ? top - list.offsetHeight - 4 : bottom + 4}px`;
  }

  #help(): void {
    this.querySelector<HTMLDialogElement>("[data-keys-help]")?.showModal();
  }

  /** Sorting replaces the head that was pressed: its successor gets the focus. */
  #keepFocus(event: CustomEvent): void {
    const name = (document.activeElement as HTMLElement | null)?.dataset["name"];
    if (!name || (event.target as Element).id !== "rows") return;
    this.addEventListener("htmx:afterSettle", () => {
      this.querySelector<HTMLElement>(`.sort[data-name="${CSS.escape(name)}"]`)?.focus();
    }, { once: true });
  }
}

function focusOn(element: HTMLElement | null): boolean {
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
  return element !== null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
}

define("data-list", DataList);
