// The chosen places in words: what is asked for, of whom, whether it must be filled, and where exactly.
import type { Place } from "./model";

const POINTS_A_MILLIMETRE = 72 / 25.4;
const LENGTHS = ["x", "y", "width", "height"] as const;
const FIXED_LABEL = new Set(["signature", "stamp", "initials"]);

type Written = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function millimetres(points: number): string {
  return (points / POINTS_A_MILLIMETRE).toFixed(1);
}

export class Inspector {
  readonly #panel: HTMLElement;

  constructor(island: HTMLElement, private readonly changed: (change: Partial<Place>) => void) {
    this.#panel = island.querySelector<HTMLElement>(".placer__selected")!;
    this.#panel.addEventListener("input", (event) => this.#written(event.target as Written));
  }

  /** Show one place, what several have in common, or nothing. */
  show(places: readonly Place[]): void {
    const [place] = places;
    if (this.#panel.hidden || !place) this.toggle(false);
    this.#panel.hidden = place === undefined;
    this.#panel.classList.toggle("is-many", places.length > 1);
    if (!place) return;
    this.#panel.dataset["kind"] = places.every((other) => other.kind === place.kind) ? place.kind : "";
    this.#panel.classList.toggle("has-label", places.length === 1 && !FIXED_LABEL.has(place.kind));
    const count = this.#panel.querySelector<HTMLElement>("[data-many]")!;
    count.textContent = places.length > 1 ? count.dataset["many"]!.replace("0", String(places.length)) : count.dataset["one"]!;
    this.#set("label", place.label);
    this.#set("kind", place.kind);
    this.#set("party", String(place.party_id));
    this.#set("page", String(place.page));
    this.#set("options", place.options.join("\n"));
    this.#set("source", place.source);
    for (const length of LENGTHS) this.#set(length, millimetres(place[length]));
    this.#input("required").checked = places.every((other) => other.is_required);
  }

  /** On a phone the details are folded away, so that the page stays in sight. */
  toggle(isOpen = !this.#panel.classList.contains("is-open")): void {
    this.#panel.classList.toggle("is-open", isOpen);
    this.#panel.querySelector("[data-do=details]")!.setAttribute("aria-expanded", String(isOpen));
  }

  enter(): void {
    this.toggle(true);
    const inputs = [...this.#panel.querySelectorAll<Written>("input, select, textarea")];
    inputs.find((input) => input.offsetParent)?.focus();
  }

  #input(name: string): HTMLInputElement {
    return this.#panel.querySelector<HTMLInputElement>(`[name=place_${name}]`)!;
  }

  /** Leave alone what is being written just now. */
  #set(name: string, value: string): void {
    const input = this.#input(name);
    if (input !== document.activeElement && input.value !== value) input.value = value;
  }

  #written(input: Written): void {
    const name = input.name.replace("place_", "");
    if (name === "label" || name === "source" || name === "kind") this.changed({ [name]: input.value });
    else if (name === "options") this.changed({ options: input.value.split("\n").map((line) => line.trim()).filter(Boolean) });
    else if (name === "required") this.changed({ is_required: (input as HTMLInputElement).checked });
    else if (name === "party") this.changed({ party_id: Number(input.value) });
    else if (input.value === "" || !(input as HTMLInputElement).validity.valid) return;
    else if (name === "page") this.changed({ page: Number(input.value) });
    else this.changed({ [name]: Number(input.value) * POINTS_A_MILLIMETRE });
  }
}
