// Draws the places as boxes on their pages; a box says whose it is and what goes there.
import type { Place } from "./model";
import type { Sheets } from "./sheets";

/** First and last name, a letter each: whose a box is does not hang on its colour alone. */
function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  return [...new Set([words[0], words.at(-1)])].map((word) => [...(word ?? "")][0] ?? "").join("");
}

export class Drawing {
  constructor(
    private readonly island: HTMLElement,
    private readonly sheets: Sheets,
    private readonly prepare: (box: HTMLElement, index: number) => void,
    private readonly forget: (box: HTMLElement) => void,
  ) {}

  box(index: number): HTMLElement | null {
    return this.island.querySelector<HTMLElement>(`.placed[data-index="${index}"]`);
  }

  show(places: readonly Place[], selected: number | null): void {
    for (const old of this.island.querySelectorAll<HTMLElement>(".placer__page > .placed")) {
      this.forget(old);
      old.remove();
    }
    places.forEach((place, index) => {
      const page = this.sheets.of(place);
      if (!page) return;
      const box = this.#drawn(place, index, page);
      box.classList.toggle("is-selected", index === selected);
      page.append(box);
      this.prepare(box, index);
    });
  }

  #drawn(place: Place, index: number, page: HTMLElement): HTMLElement {
    const template = this.island.querySelector<HTMLTemplateElement>("template[data-placed]")!;
    const box = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const party = this.island.querySelector<HTMLElement>(`input[name=party][value="${place.party_id}"]`);
    const kind = this.island.querySelector(`.placer__kind[data-kind="${place.kind}"]`)?.textContent?.trim() ?? place.kind;
    const { width, height } = this.sheets.size(page);
    box.dataset["index"] = String(index);
    box.dataset["kind"] = place.kind;
    box.dataset["colour"] = party?.dataset["colour"] ?? "1";
    box.setAttribute("aria-label", [place.label || kind, party?.dataset["name"]].filter(Boolean).join(", "));
    const whose = initials(party?.dataset["name"] ?? "");
    box.querySelector(".placed__label")!.textContent = [place.label || kind, whose].filter(Boolean).join(" · ");
    box.style.left = `${(100 * place.x) / width}%`;
    box.style.top = `${(100 * place.y) / height}%`;
    box.style.width = `${(100 * place.width) / width}%`;
    box.style.height = `${(100 * place.height) / height}%`;
    return box;
  }
}
