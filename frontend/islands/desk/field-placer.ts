// <field-placer>: places for stamp, signature and data on the pages, by mouse, finger and keyboard.
import { define, Island } from "../../lib/element";
import { Dragging } from "../../lib/placer/dragging";
import { Drawing } from "../../lib/placer/drawing";
import type { Direction } from "../../lib/placer/edits";
import { Editor, isEdit, type Pattern } from "../../lib/placer/editor";
import { type Doing, Gestures } from "../../lib/placer/gestures";
import { Inspector } from "../../lib/placer/inspector";
import { Keeper, type Word } from "../../lib/placer/keeper";
import { commandOf } from "../../lib/placer/keys";
import { type Place, Places } from "../../lib/placer/model";
import { Palette } from "../../lib/placer/palette";
import { Sheets } from "../../lib/placer/sheets";
import { type Ready, Suggestions } from "../../lib/placer/suggesting";
import { Thumbs } from "../../lib/placer/thumbs";
import { Zoom } from "../../lib/placer/zoom";

class FieldPlacer extends Island {
  #editor!: Editor;
  #drawing!: Drawing;
  #dragging!: Dragging;
  #gestures!: Gestures;
  #inspector!: Inspector;
  #keeper!: Keeper;
  #palette!: Palette;
  #thumbs!: Thumbs;
  #zoom!: Zoom;
  #isPointing = false;

  protected override start(): void {
    const state = JSON.parse(document.getElementById(this.dataset["state"]!)!.textContent!) as { fields: Place[]; seen: string };
    const token = this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
    const stage = this.querySelector<HTMLElement>(".placer__pages")!;
    const [places, sheets] = [new Places(state.fields), new Sheets(this)];
    this.#keeper = new Keeper(this.dataset["save"]!, token, places, state.seen, (word, reason) => this.#tell(word, reason));
    this.#editor = new Editor(places, sheets, (focus) => this.#show(focus), () => this.#keeper.soon());
    this.#drawing = new Drawing(this, sheets);
    this.#dragging = new Dragging(stage, this.#editor, this.#drawing);
    this.#zoom = new Zoom(stage, sheets, this.querySelector<HTMLElement>(".placer__bar")!);
    this.#thumbs = new Thumbs(this, sheets);
    this.#inspector = new Inspector(this, (change) => this.#editor.set(change));
    this.#palette = new Palette(this, (kind, x, y) => this.#put(this.#palette.pattern(kind), x, y));
    this.#gestures = new Gestures(stage, {
      pressed: (box, isAdding) => this.#press(box, isAdding),
      dragged: (doing, dx, dy, event) => this.#dragging.go(doing, dx, dy, event),
      dropped: (doing, event) => this.#drop(doing, event),
      cancelled: () => this.#dragging.cancel(),
      tapped: (event) => this.#tapped(event),
    });
    new Suggestions(this.querySelector<HTMLFormElement>(".placer__suggest")!, (places) => this.#propose(places));
    this.#listen();
    this.#show();
  }

  #listen(): void {
    this.on<MouseEvent>("click", (event) => this.#clicked(event));
    this.on<KeyboardEvent>("keydown", (event) => this.#typed(event));
    this.on<FocusEvent>("focusin", (event) => this.#entered(event.target as HTMLElement));
    this.on<PointerEvent>("pointerdown", () => (this.#isPointing = true));
    this.on<PointerEvent>("pointerup", () => (this.#isPointing = false), window);
    this.on<BeforeUnloadEvent>("beforeunload", (event) => this.#keeper.isBusy && event.preventDefault(), window);
  }

  #show(focus?: number): void {
    const { all, chosen, places } = this.#editor;
    this.#drawing.show(all, chosen);
    this.#thumbs.count(all);
    this.#inspector.show(this.#editor.chosenPlaces);
    if (focus !== undefined) this.#drawing.box(focus)?.focus({ preventScroll: true });
    this.querySelector<HTMLButtonElement>("[data-do=undo]")!.disabled = !places.canUndo;
    this.querySelector<HTMLButtonElement>("[data-do=redo]")!.disabled = !places.canRedo;
  }

  #choose(keys: Iterable<number>): void {
    this.#editor.choose(keys);
    this.#mark();
  }

  #mark(): void {
    this.#drawing.mark(this.#editor.chosen);
    this.#inspector.show(this.#editor.chosenPlaces);
  }

  #put(pattern: Pattern, clientX: number, clientY: number): void {
    const page = this.#editor.sheets.at(clientX, clientY);
    if (page) this.#editor.add(pattern, page, this.#editor.sheets.inside(page, clientX, clientY), false);
    this.#arm(null);
  }

  #arm(kind: HTMLElement | null): void {
    this.#palette.arm(kind);
    if (kind) this.#tell("armed");
  }

  #press(box: HTMLElement | null, isAdding: boolean): void {
    if (!box) return;
    const key = Number(box.dataset["key"]);
    if (isAdding) this.#editor.toggle(key);
    else if (!this.#editor.chosen.has(key)) this.#editor.choose([key]);
    this.#mark();
  }

  #tapped(event: PointerEvent): void {
    const box = (event.target as HTMLElement).closest<HTMLElement>(".placed");
    const { armed } = this.#palette;
    if (armed) this.#put(this.#palette.pattern(armed), event.clientX, event.clientY);
    else if (!event.shiftKey && !event.ctrlKey && !event.metaKey) this.#choose(box ? [Number(box.dataset["key"])] : []);
  }

  /** A frame says how large a new field is, or which ones are chosen. */
  #drop(doing: Doing, event: PointerEvent): void {
    const { armed } = this.#palette;
    const frame = this.#dragging.drop(doing);
    if (!frame) return;
    if (!armed) return this.#choose([...(event.shiftKey ? this.#editor.chosen : []), ...this.#dragging.inside(frame)]);
    const [x, y] = [frame.x + frame.width / 2, frame.y + frame.height / 2];
    const page = this.#editor.sheets.at(x, y);
    const scale = page ? this.#editor.sheets.scale(page) : 1;
    this.#put({ ...this.#palette.pattern(armed), width: frame.width / scale, height: frame.height / scale }, x, y);
  }

  /** A place that gets the focus by the keyboard is the chosen one, unless several are. */
  #entered(target: HTMLElement): void {
    const key = Number(target.closest<HTMLElement>(".placed")?.dataset["key"]);
    if (key && !this.#isPointing && this.#editor.chosen.size < 2 && !this.#editor.chosen.has(key)) this.#choose([key]);
  }

  #clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const kind = target.closest<HTMLElement>(".placer__kind");
    const wish = target.closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (kind && event.detail === 0) this.#placeInView(kind);
    else if (kind) this.#arm(this.#palette.armed === kind ? null : kind);
    else if (target.closest(".placed__remove")) this.#do("remove", target);
    else if (wish) this.#do(wish, target);
  }

  /** Enter on a kind puts it into the middle of what is seen; the arrows take it from there. */
  #placeInView(kind: HTMLElement): void {
    const [page, x, y] = this.#editor.sheets.mostSeen();
    const key = this.#editor.add(this.#palette.pattern(kind), page, [x, y], true);
    const box = this.#drawing.box(key);
    box?.focus({ preventScroll: true });
    box?.scrollIntoView({ block: "nearest" });
  }

  #typed(event: KeyboardEvent): void {
    const command = commandOf(event);
    if (!command) return;
    if (command.does !== "escape") event.preventDefault();
    if (command.does === "move" || command.does === "resize") this.#editor.shift(command.does, command.dx, command.dy);
    else this.#do(command.does, event.target as HTMLElement);
  }

  #do(wish: string, target: HTMLElement): void {
    const editor = this.#editor;
    const verbs: Record<string, () => void> = {
      remove: () => this.#remove(),
      all: () => (editor.chooseAll(), this.#mark()),
      toggle: () => (editor.toggle(Number(target.dataset["key"])), this.#mark()),
      escape: () => this.#escape(),
      enter: () => this.#inspector.enter(),
      bigger: () => this.#zoom.step(1),
      smaller: () => this.#zoom.step(-1),
      insist: () => this.#keeper.insist(),
      reload: () => location.reload(),
      details: () => this.#inspector.toggle(),
    };
    if (wish.startsWith("align-")) editor.align(wish.slice("align-".length) as Direction);
    else if (isEdit(wish)) editor[wish]();
    else verbs[wish]?.();
  }

  #propose(places: readonly Ready[]): void {
    const first = this.#editor.put(places);
    this.#tell(first === undefined ? "complete" : "suggested");
    if (first !== undefined) this.#drawing.box(first)?.scrollIntoView({ block: "center" });
  }

  #remove(): void {
    const near = this.#editor.remove();
    if (near === undefined) this.#palette.focus();
    else this.#drawing.box(near)?.focus({ preventScroll: true });
  }

  #escape(): void {
    if (this.#gestures.isDragging) return this.#gestures.cancel();
    if (this.#palette.armed) return this.#arm(null);
    this.#choose([]);
  }

  #tell(word: Word, reason = ""): void {
    const said = this.querySelector<HTMLElement>(".placer__saved")!;
    said.dataset["state"] = word;
    said.textContent = reason || (said.dataset[word] ?? "");
    this.querySelector<HTMLElement>(".placer__conflict")!.hidden = word !== "conflict";
  }
}

define("field-placer", FieldPlacer);
