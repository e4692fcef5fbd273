// The selected place in words: what is asked for, whether it must be filled, on which pages it stands.
import type { Place } from "./model";

type Wish = "everywhere" | "remove";

export class Inspector {
  readonly #panel: HTMLFieldSetElement;
  readonly #label: HTMLInputElement;
  readonly #required: HTMLInputElement;

  constructor(island: HTMLElement, changed: (change: Partial<Place>) => void, wished: (wish: Wish) => void) {
    this.#panel = island.querySelector<HTMLFieldSetElement>(".placer__selected")!;
    this.#label = this.#panel.querySelector<HTMLInputElement>("[name=place_label]")!;
    this.#required = this.#panel.querySelector<HTMLInputElement>("[name=place_required]")!;
    this.#label.addEventListener("input", () => changed({ label: this.#label.value }));
    this.#required.addEventListener("change", () => changed({ is_required: this.#required.checked }));
    this.#panel.addEventListener("click", (event) => {
      const wish = (event.target as Element).closest<HTMLElement>("[data-wish]")?.dataset["wish"];
      if (wish) wished(wish as Wish);
    });
  }

  show(place: Place | undefined): void {
    this.#panel.hidden = place === undefined;
    if (!place) return;
    this.#panel.dataset["kind"] = place.kind;
    if (this.#label.value !== place.label) this.#label.value = place.label;
    this.#required.checked = place.is_required;
  }

  enter(): void {
    (this.#label.offsetParent ? this.#label : this.#required).focus();
  }
}
