// <field-placer>: places for stamp, signature and data on the pages, by mouse, finger and keyboard.
import { define, Island } from "../../lib/element";
import { letBeCarried, letBeMoved } from "../../lib/placer/dragging";
import { Keeper } from "../../lib/placer/keeper";
import { fitted, type Place, Places } from "../../lib/placer/model";

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

class FieldPlacer extends Island {
  #places = new Places([]);
  #keeper!: Keeper;
  #armed: HTMLElement | null = null;

  protected override start(): void {
    const state = document.getElementById(this.dataset["state"]!)!;
    const token = this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
    this.#places = new Places((JSON.parse(state.textContent!) as { fields: Place[] }).fields);
    this.#keeper = new Keeper(this.dataset["save"]!, token, this.#places, (word) => this.#tell(word));
    this.on<MouseEvent>("click", (event) => this.#pressed(event));
    this.on<KeyboardEvent>("keydown", (event) => this.#typed(event));
    this.on("resize", () => this.#draw(), window);
    this.on<BeforeUnloadEvent>("beforeunload", (event) => this.#keeper.isBusy && event.preventDefault(), window);
    for (const picture of this.querySelectorAll("img")) this.on("load", () => this.#draw(), picture);
    for (const kind of this.querySelectorAll<HTMLElement>(".placer__kind")) {
      letBeCarried(kind, (x, y) => {
        const page = this.#pageAt(x, y);
        if (page) this.#addAt(kind, page, x, y);
      });
    }
    this.#draw();
  }

  get #pages(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".placer__page")];
  }

  #pageOf(place: Place): HTMLElement | undefined {
    return this.#pages.find((page) => Number(page.dataset["document"]) === place.document_id && Number(page.dataset["page"]) === place.page);
  }

  /** How many pixels a point has on this page, as it is shown now. */
  #scale(page: HTMLElement): number {
    return page.clientWidth / Number(page.dataset["width"]);
  }

  #party(id?: number): HTMLInputElement {
    const chosen = id === undefined ? ":checked" : `[value="${id}"]`;
    return this.querySelector<HTMLInputElement>(`input[name=party]${chosen}`)!;
  }

  #change(places: Place[], focus?: number): void {
    this.#places.change(places);
    this.#draw(focus);
    this.#keeper.soon();
  }

  #set(index: number, place: Place, focus = false): void {
    const page = this.#pageOf(place)!;
    const size = { width: Number(page.dataset["width"]), height: Number(page.dataset["height"]) };
    this.#change(this.#places.all.map((old, at) => (at === index ? fitted(place, size) : old)), focus ? index : undefined);
  }

  #add(kind: HTMLElement, page: HTMLElement, x: number, y: number): void {
    const [width, height] = [Number(kind.dataset["width"]), Number(kind.dataset["height"])];
    const place: Place = {
      id: null, party_id: Number(this.#party().value), document_id: Number(page.dataset["document"]),
      kind: kind.dataset["kind"]!, page: Number(page.dataset["page"]), x: x - width / 2, y: y - height / 2,
      width, height, label: "", is_required: true,
    };
    const size = { width: Number(page.dataset["width"]), height: Number(page.dataset["height"]) };
    this.#change([...this.#places.all, fitted(place, size)], this.#places.all.length);
  }

  #arm(kind: HTMLElement | null): void {
    this.#armed = kind;
    for (const each of this.querySelectorAll(".placer__kind")) each.setAttribute("aria-pressed", String(each === kind));
    this.classList.toggle("is-armed", kind !== null);
  }

  #pressed(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const kind = target.closest<HTMLElement>(".placer__kind");
    if (kind) {
      if (event.detail === 0) this.#addByKey(kind);
      else this.#arm(this.#armed === kind ? null : kind);
      return;
    }
    const placed = target.closest<HTMLElement>(".placed");
    if (placed) {
      if (target.closest(".placed__remove")) this.#remove(Number(placed.dataset["index"]));
      return;
    }
    const page = target.closest<HTMLElement>(".placer__page");
    if (page && this.#armed) this.#addAt(this.#armed, page, event.clientX, event.clientY);
  }

  #addAt(kind: HTMLElement, page: HTMLElement, clientX: number, clientY: number): void {
    const box = page.getBoundingClientRect();
    this.#add(kind, page, (clientX - box.left) / this.#scale(page), (clientY - box.top) / this.#scale(page));
    this.#arm(null);
  }

  /** Without a pointer, a field lands in the middle of what is seen of the most visible page. */
  #addByKey(kind: HTMLElement): void {
    const seen = (page: HTMLElement): [number, number] => {
      const box = page.getBoundingClientRect();
      return [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    };
    const height = (page: HTMLElement): number => seen(page)[1] - seen(page)[0];
    const page = this.#pages.reduce((best, each) => (height(each) > height(best) ? each : best));
    const [top, bottom] = seen(page);
    const y = Math.max((top + bottom) / 2 - page.getBoundingClientRect().top, 0);
    this.#add(kind, page, Number(page.dataset["width"]) / 2, y / this.#scale(page));
  }

  #remove(index: number): void {
    this.#change(this.#places.all.filter((_place, at) => at !== index));
  }

  #typed(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#arm(null);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      if (event.shiftKey ? this.#places.redo() : this.#places.undo()) this.#keeper.soon();
      this.#draw();
      return;
    }
    const placed = event.target as HTMLElement;
    if (!placed.classList.contains("placed")) return;
    const index = Number(placed.dataset["index"]);
    const place = this.#places.all[index]!;
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      const step = event.altKey ? 1 : 8;
      const [dx, dy] = [arrow[0] * step, arrow[1] * step];
      const moved = event.shiftKey
        ? { ...place, width: place.width + dx, height: place.height + dy }
        : { ...place, x: place.x + dx, y: place.y + dy };
      this.#set(index, moved, true);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.#remove(index);
    }
  }

  #tell(word: "saving" | "saved" | "failed"): void {
    this.querySelector(".placer__saved")!.textContent = this.querySelector<HTMLElement>(".placer__saved")!.dataset[word] ?? "";
  }

  #draw(focus?: number): void {
    for (const old of this.querySelectorAll(".placer__page > .placed")) old.remove();
    this.#places.all.forEach((place, index) => {
      const page = this.#pageOf(place);
      if (page) page.append(this.#drawn(place, index, page));
    });
    if (focus !== undefined) this.querySelector<HTMLElement>(`.placed[data-index="${focus}"]`)?.focus();
  }

  #drawn(place: Place, index: number, page: HTMLElement): HTMLElement {
    const template = this.querySelector<HTMLTemplateElement>("template[data-placed]")!;
    const box = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const party = this.#party(place.party_id);
    const kind = this.querySelector(`.placer__kind[data-kind="${place.kind}"]`)?.textContent?.trim() ?? place.kind;
    const percent = (part: number, whole: string | undefined): string => `${(100 * part) / Number(whole)}%`;
    box.dataset["index"] = String(index);
    box.dataset["colour"] = party.dataset["colour"]!;
    box.setAttribute("aria-label", `${kind}, ${party.dataset["name"]}`);
    box.querySelector(".placed__label")!.textContent = kind;
    box.style.left = percent(place.x, page.dataset["width"]);
    box.style.top = percent(place.y, page.dataset["height"]);
    box.style.width = percent(place.width, page.dataset["width"]);
    box.style.height = percent(place.height, page.dataset["height"]);
    const scale = this.#scale(page);
    letBeMoved(
      box,
      ({ dx, dy }, x, y) => this.#moved(index, dx / scale, dy / scale, this.#pageAt(x, y) ?? page),
      ({ dx, dy }) => this.#set(index, { ...place, width: place.width + dx / scale, height: place.height + dy / scale }, true),
    );
    return box;
  }

  #pageAt(clientX: number, clientY: number): HTMLElement | null {
    return document.elementsFromPoint(clientX, clientY).map((each) => each.closest<HTMLElement>(".placer__page")).find(Boolean) ?? null;
  }

  /** Put a place where it was dropped; on another page, by how far that page lies from its own. */
  #moved(index: number, dx: number, dy: number, page: HTMLElement): void {
    const place = this.#places.all[index]!;
    const [own, other] = [this.#pageOf(place)!.getBoundingClientRect(), page.getBoundingClientRect()];
    const scale = this.#scale(page);
    this.#set(index, {
      ...place, document_id: Number(page.dataset["document"]), page: Number(page.dataset["page"]),
      x: place.x + dx + (own.left - other.left) / scale, y: place.y + dy + (own.top - other.top) / scale,
    }, true);
  }
}

define("field-placer", FieldPlacer);
