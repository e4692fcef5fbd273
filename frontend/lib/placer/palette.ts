// The kinds of field beside the pages, and for whom: what is pressed is put where the page is pressed next.
import { letBeCarried } from "./carrying";
import type { Pattern } from "./editor";

export class Palette {
  armed: HTMLElement | null = null;

  constructor(private readonly island: HTMLElement, carried: (kind: HTMLElement, x: number, y: number) => void) {
    for (const kind of this.#kinds) letBeCarried(kind, (x, y) => carried(kind, x, y));
  }

  get #kinds(): HTMLElement[] {
    return [...this.island.querySelectorAll<HTMLElement>(".placer__kind")];
  }

  arm(kind: HTMLElement | null): void {
    this.armed = kind;
    for (const each of this.#kinds) each.setAttribute("aria-pressed", String(each === kind));
    this.island.classList.toggle("is-armed", kind !== null);
  }

  /** A new field of that kind for the party that is chosen now. */
  pattern(kind: HTMLElement): Pattern {
    const party = this.island.querySelector<HTMLInputElement>("input[name=party]:checked")!;
    return {
      kind: kind.dataset["kind"]!, party_id: Number(party.value), source: kind.dataset["source"] ?? "",
      width: Number(kind.dataset["width"]), height: Number(kind.dataset["height"]),
      label: "", is_required: true, options: JSON.parse(kind.dataset["options"] || "[]") as string[],
    };
  }

  focus(): void {
    this.#kinds[0]?.focus({ preventScroll: true });
  }
}
