// The files chosen for one upload, in an order that people can change before they send them.

const byName = new Intl.Collator(undefined, { numeric: true });

/** A list of files on the page; it begins sorted by name, as scanners number their pages. */
export class ChosenFiles {
  #files: File[] = [];
  readonly #section: HTMLElement;

  constructor(section: HTMLElement) {
    this.#section = section;
    section.addEventListener("click", (event) => this.#move(event));
  }

  get files(): readonly File[] {
    return this.#files;
  }

  /** Take files in; tell whether their order is worth a question. */
  choose(files: Iterable<File>): boolean {
    this.#files = [...files].sort((one, other) => byName.compare(one.name, other.name));
    this.#show();
    return this.#files.length > 1;
  }

  #move(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-move]");
    if (!button) return;
    const from = [...this.#list.children].indexOf(button.closest("li")!);
    const by = Number(button.dataset["move"]);
    const [file] = this.#files.splice(from, 1);
    const to = Math.min(Math.max(from + by, 0), this.#files.length);
    if (by) this.#files.splice(to, 0, file!);
    this.#show();
    this.#list.children[by ? to : Math.min(from, this.#files.length - 1)]?.querySelector<HTMLElement>(`[data-move="${by}"]`)?.focus();
    if (by) this.#tell(file!.name, to + 1);
  }

  get #list(): HTMLElement {
    return this.#section.querySelector("ol")!;
  }

  #show(): void {
    this.#section.hidden = this.#files.length < 2;
    this.#list.replaceChildren(...this.#files.map((file) => this.#row(file.name)));
  }

  #row(name: string): Node {
    const row = this.#section.querySelector("template")!.content.cloneNode(true) as DocumentFragment;
    row.querySelector(".chosen-files__name")!.textContent = name;
    for (const button of row.querySelectorAll("button")) {
      button.setAttribute("aria-label", button.getAttribute("aria-label")!.replace("{name}", name));
    }
    return row;
  }

  #tell(name: string, number: number): void {
    const status = this.#section.querySelector<HTMLElement>("[data-told]")!;
    status.textContent = status.dataset["told"]!.replace("{name}", name).replace("{number}", String(number));
  }
}
