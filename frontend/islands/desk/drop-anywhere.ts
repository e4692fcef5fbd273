// <drop-anywhere>: files dropped anywhere on a page go into a document to be signed.
// A page that takes files itself (<file-drop>, a field for a file) is left alone.
import { define, Island } from "../../lib/element";

const byName = new Intl.Collator(undefined, { numeric: true });

class DropAnywhere extends Island {
  #leaving = 0;

  protected override start(): void {
    this.on<DragEvent>("dragover", (event) => this.#over(event), document);
    this.on<DragEvent>("dragleave", (event) => event.relatedTarget || this.#welcome(false), document);
    this.on<DragEvent>("drop", (event) => this.#drop(event), document);
    this.on("pageshow", () => this.#welcome(false), window); // back from where the upload led
  }

  #takes(event: DragEvent): boolean {
    const isElsewhere = document.querySelector("main file-drop, main input[type=file], dialog[open] input[type=file]") !== null;
    return !isElsewhere && (event.dataTransfer?.types.includes("Files") ?? false);
  }

  #over(event: DragEvent): void {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.#welcome(true);
    window.clearTimeout(this.#leaving); // some browsers never say that the drag has ended
    this.#leaving = window.setTimeout(() => this.#welcome(false), 1500);
  }

  #drop(event: DragEvent): void {
    if (!this.#takes(event) || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    window.clearTimeout(this.#leaving);
    const files = new DataTransfer();
    const sorted = [...event.dataTransfer.files].sort((one, other) => byName.compare(one.name, other.name));
    for (const file of sorted) files.items.add(file);
    const form = this.querySelector("form")!;
    form.querySelector<HTMLInputElement>("input[type=file]")!.files = files.files;
    this.classList.add("is-sending");
    form.submit();
  }

  #welcome(isOver: boolean): void {
    this.classList.toggle("is-over", isOver);
    if (!isOver) this.classList.remove("is-sending");
  }
}

define("drop-anywhere", DropAnywhere);
