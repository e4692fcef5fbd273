// The pages on the screen: which one a place lies on, which one lies under the pointer, how large a point is.
import type { Place, Size } from "./model";

export type Where = Pick<Place, "document_id" | "page">;

export class Sheets {
  readonly #pages: readonly HTMLElement[];
  readonly #byName: ReadonlyMap<string, HTMLElement>;

  constructor(island: HTMLElement) {
    this.#pages = [...island.querySelectorAll<HTMLElement>(".placer__page")];
    this.#byName = new Map(this.#pages.map((page) => [name(this.whereIs(page)), page]));
    for (const page of this.#pages) page.style.aspectRatio = `${page.dataset["width"]} / ${page.dataset["height"]}`;
  }

  get all(): readonly HTMLElement[] {
    return this.#pages;
  }

  of(where: Where): HTMLElement | undefined {
    return this.#byName.get(name(where));
  }

  whereIs(page: HTMLElement): Where {
    return { document_id: Number(page.dataset["document"]), page: Number(page.dataset["page"]) };
  }

  size(page: HTMLElement): Size {
    return { width: Number(page.dataset["width"]), height: Number(page.dataset["height"]) };
  }

  /** How many pixels a point has on this page, as it is shown now. */
  scale(page: HTMLElement): number {
    return page.clientWidth / Number(page.dataset["width"]);
  }

  at(clientX: number, clientY: number): HTMLElement | undefined {
    const under = document.elementsFromPoint(clientX, clientY);
    return this.#pages.find((page) => under.includes(page));
  }

  /** Turn a point of the window into one of the page. */
  inside(page: HTMLElement, clientX: number, clientY: number): [number, number] {
    const box = page.getBoundingClientRect();
    return [(clientX - box.left) / this.scale(page), (clientY - box.top) / this.scale(page)];
  }

  /** The page of which most is seen, and the middle of what is seen of it. */
  mostSeen(): [HTMLElement, number, number] {
    const seen = (page: HTMLElement): [number, number] => {
      const box = page.getBoundingClientRect();
      return [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    };
    const height = (page: HTMLElement): number => seen(page)[1] - seen(page)[0];
    const page = this.#pages.reduce((best, each) => (height(each) > height(best) ? each : best));
    const [top, bottom] = height(page) > 0 ? seen(page) : [page.getBoundingClientRect().top, page.getBoundingClientRect().bottom];
    const [, y] = this.inside(page, 0, (top + bottom) / 2);
    return [page, this.size(page).width / 2, y];
  }
}

function name(where: Where): string {
  return `${where.document_id}-${where.page}`;
}
