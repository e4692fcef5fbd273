// Small pictures of the pages that lead to them, each with the number of its fields by party.
import { markOf } from "./drawing";
import type { Place } from "./model";
import type { Sheets } from "./sheets";

export class Thumbs {
  readonly #links: readonly HTMLElement[];

  constructor(private readonly island: HTMLElement, private readonly sheets: Sheets) {
    this.#links = [...island.querySelectorAll<HTMLElement>(".placer__thumb")];
    const seen = new IntersectionObserver((entries) => this.#follow(entries), { rootMargin: "-45% 0px -45% 0px" });
    for (const page of sheets.all) seen.observe(page);
  }

  count(places: readonly Place[]): void {
    for (const link of this.#links) {
      const mine = places.filter((place) => String(place.document_id) === link.dataset["document"] && String(place.page) === link.dataset["page"]);
      const parties = [...new Set(mine.map((place) => place.party_id))];
      link.querySelector(".placer__counts")!.replaceChildren(...parties.map((party) => this.#counted(party, mine)));
      const said = link.querySelector<HTMLElement>("[data-fields]")!;
      said.textContent = said.dataset["fields"]!.replace("0", String(mine.length));
    }
  }

  #counted(party: number, places: readonly Place[]): HTMLElement {
    const count = document.createElement("span");
    const { colour } = markOf(this.island, party);
    count.className = "placer__count";
    count.dataset["colour"] = colour;
    count.textContent = String(places.filter((place) => place.party_id === party).length);
    return count;
  }

  #follow(entries: readonly IntersectionObserverEntry[]): void {
    const shown = entries.find((entry) => entry.isIntersecting)?.target;
    if (!shown) return;
    for (const link of this.#links) {
      const isHere = this.sheets.of({ document_id: Number(link.dataset["document"]), page: Number(link.dataset["page"]) }) === shown;
      if (isHere) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
