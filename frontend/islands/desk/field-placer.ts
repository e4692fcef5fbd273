// <field-placer>: places for stamp, signature and data on the pages, by mouse, finger and keyboard.
import { define, Island } from "../../lib/element";
import { letBeCarried, letBeMoved, letGo } from "../../lib/placer/dragging";
import { Drawing } from "../../lib/placer/drawing";
import { Inspector } from "../../lib/placer/inspector";
import { Keeper, type Word } from "../../lib/placer/keeper";
import { isUndo, shifted } from "../../lib/placer/keys";
import { aligned, fitted, free, type Place, Places } from "../../lib/placer/model";
import { Sheets } from "../../lib/placer/sheets";

class FieldPlacer extends Island {
  #places = new Places([]);
  #keeper!: Keeper;
  #sheets!: Sheets;
  #drawing!: Drawing;
  #inspector!: Inspector;
  #armed: HTMLElement | null = null;
  #selected: number | null = null;

  protected override start(): void {
    const state = document.getElementById(this.dataset["state"]!)!;
    const token = this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
    this.#places = new Places((JSON.parse(state.textContent!) as { fields: Place[] }).fields);
    this.#keeper = new Keeper(this.dataset["save"]!, token, this.#places, (word, reason) => this.#tell(word, reason));
    this.#sheets = new Sheets(this);
    this.#drawing = new Drawing(this, this.#sheets, (box, index) => this.#letBeMoved(box, index), letGo);
    this.#inspector = new Inspector(
      this,
      (change) => this.#set(this.#selected!, { ...this.#chosen!, ...change }),
      (wish) => (wish === "remove" ? this.#remove(this.#selected!) : this.#copyEverywhere()),
    );
    this.on<MouseEvent>("click", (event) => this.#pressed(event));
    this.on<KeyboardEvent>("keydown", (event) => this.#typed(event));
    this.on<FocusEvent>("focusin", (event) => this.#entered(event.target as HTMLElement));
    this.on<BeforeUnloadEvent>("beforeunload", (event) => this.#keeper.isBusy && event.preventDefault(), window);
    for (const kind of this.querySelectorAll<HTMLElement>(".placer__kind")) {
      letBeCarried(kind, (x, y) => this.#drop(kind, x, y));
    }
    this.#draw();
  }

  get #chosen(): Place | undefined {
    return this.#selected === null ? undefined : this.#places.all[this.#selected];
  }

  #draw(focus?: number): void {
    this.#drawing.show(this.#places.all, this.#selected);
    this.#inspector.show(this.#chosen);
    if (focus !== undefined) this.#drawing.box(focus)?.focus({ preventScroll: true });
    this.querySelector<HTMLButtonElement>("[data-undo]")!.disabled = !this.#places.canUndo;
    this.querySelector<HTMLButtonElement>("[data-redo]")!.disabled = !this.#places.canRedo;
  }

  #change(places: Place[], focus?: number): void {
    this.#places.change(places);
    if (focus !== undefined) this.#selected = focus;
    this.#draw(focus);
    this.#keeper.soon();
  }

  #set(index: number, place: Place, focus = false): void {
    const page = this.#sheets.of(place);
    if (!page) return;
    const changed = fitted(place, this.#sheets.size(page));
    this.#change(this.#places.all.map((old, at) => (at === index ? changed : old)), focus ? index : undefined);
  }

  #add(kind: HTMLElement, page: HTMLElement, x: number, y: number, beside = false): void {
    const [width, height] = [Number(kind.dataset["width"]), Number(kind.dataset["height"])];
    const party = this.querySelector<HTMLInputElement>("input[name=party]:checked")!;
    const place: Place = {
      id: null, party_id: Number(party.value), ...this.#sheets.whereIs(page), kind: kind.dataset["kind"]!,
      x: x - width / 2, y: y - height / 2, width, height, label: "", is_required: true,
    };
    const size = this.#sheets.size(page);
    const wished = beside ? free(place, this.#places.all, size) : aligned(place, this.#places.all);
    this.#arm(null);
    this.#change([...this.#places.all, fitted(wished, size)], this.#places.all.length);
  }

  #drop(kind: HTMLElement, clientX: number, clientY: number): void {
    const page = this.#sheets.at(clientX, clientY);
    if (page) this.#add(kind, page, ...this.#sheets.inside(page, clientX, clientY));
  }

  #remove(index: number): void {
    this.#selected = null;
    this.#change(this.#places.all.filter((_place, at) => at !== index));
    this.#focusNear(index);
  }

  #focusNear(index: number): void {
    const left = this.#drawing.box(Math.min(index, this.#places.all.length - 1));
    (left ?? this.querySelector<HTMLElement>(".placer__kind"))?.focus({ preventScroll: true });
  }

  /** Put the selected place onto every page that has none of its kind and party at that spot. */
  #copyEverywhere(): void {
    const pattern = this.#chosen!;
    const isThere = (page: HTMLElement): boolean => {
      const where = this.#sheets.whereIs(page);
      return this.#places.all.some((place) => place.kind === pattern.kind && place.party_id === pattern.party_id
        && place.page === where.page && place.document_id === where.document_id && place.x === pattern.x && place.y === pattern.y);
    };
    const copies = this.#sheets.all.filter((page) => !isThere(page))
      .map((page) => fitted({ ...pattern, ...this.#sheets.whereIs(page), id: null }, this.#sheets.size(page)));
    if (copies.length > 0) this.#change([...this.#places.all, ...copies], this.#selected!);
  }

  #arm(kind: HTMLElement | null): void {
    this.#armed = kind;
    for (const each of this.querySelectorAll(".placer__kind")) each.setAttribute("aria-pressed", String(each === kind));
    this.classList.toggle("is-armed", kind !== null);
    if (kind) this.#tell("armed");
  }

  /** A place becomes the selected one as soon as it has the focus; the tools leave it selected. */
  #entered(target: HTMLElement): void {
    const placed = target.closest<HTMLElement>(".placed");
    if (!placed || Number(placed.dataset["index"]) === this.#selected) return;
    this.#selected = Number(placed.dataset["index"]);
    for (const box of this.querySelectorAll(".placed")) box.classList.toggle("is-selected", box === placed);
    this.#inspector.show(this.#chosen);
  }

  #pressed(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const kind = target.closest<HTMLElement>(".placer__kind");
    const placed = target.closest<HTMLElement>(".placed");
    const page = target.closest<HTMLElement>(".placer__page");
    if (target.closest("[data-undo]")) this.#back(this.#places.undo());
    else if (target.closest("[data-redo]")) this.#back(this.#places.redo());
    else if (kind && event.detail === 0) this.#add(kind, ...this.#sheets.mostSeen(), true);
    else if (kind) this.#arm(this.#armed === kind ? null : kind);
    else if (placed && target.closest(".placed__remove")) this.#remove(Number(placed.dataset["index"]));
    else if (placed) placed.focus({ preventScroll: true });
    else if (page && this.#armed) this.#drop(this.#armed, event.clientX, event.clientY);
    else if (page) this.#deselect();
  }

  #deselect(): void {
    this.#selected = null;
    this.#draw();
  }

  #back(isDone: boolean): void {
    if (!isDone) return;
    const held = this.querySelector<HTMLElement>(":focus");
    this.#deselect();
    if (held && (!held.isConnected || held.matches(":disabled"))) this.#focusNear(Infinity);
    this.#keeper.soon();
  }

  #typed(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#arm(null);
    if (isUndo(event)) {
      event.preventDefault();
      return this.#back(event.shiftKey ? this.#places.redo() : this.#places.undo());
    }
    const placed = event.target as HTMLElement;
    if (!placed.classList.contains("placed")) return;
    const index = Number(placed.dataset["index"]);
    const moved = shifted(this.#places.all[index]!, event);
    if (moved) this.#set(index, moved, true);
    else if (event.key === "Delete" || event.key === "Backspace") this.#remove(index);
    else if (event.key === "Enter") this.#inspector.enter();
    else return;
    event.preventDefault();
  }

  #letBeMoved(box: HTMLElement, index: number): void {
    const scale = (): number => this.#sheets.scale(box.parentElement!);
    letBeMoved(
      box,
      ({ dx, dy }, x, y) => this.#moved(index, dx, dy, this.#sheets.at(x, y) ?? box.parentElement!),
      ({ dx, dy }) => {
        const place = this.#places.all[index]!;
        this.#set(index, { ...place, width: place.width + dx / scale(), height: place.height + dy / scale() }, true);
      },
    );
  }

  /** Put a place where it was dropped; on another page, by how far that page lies from its own. */
  #moved(index: number, dx: number, dy: number, page: HTMLElement): void {
    const place = this.#places.all[index]!;
    const [own, other] = [this.#sheets.of(place)!.getBoundingClientRect(), page.getBoundingClientRect()];
    const scale = this.#sheets.scale(page);
    const [x, y] = [place.x + (dx + own.left - other.left) / scale, place.y + (dy + own.top - other.top) / scale];
    const others = this.#places.all.filter((_place, at) => at !== index);
    this.#set(index, aligned({ ...place, ...this.#sheets.whereIs(page), x, y }, others), true);
  }

  #tell(word: Word, reason = ""): void {
    const said = this.querySelector<HTMLElement>(".placer__saved")!;
    said.dataset["state"] = word;
    said.textContent = reason || (said.dataset[word] ?? "");
  }
}

define("field-placer", FieldPlacer);
