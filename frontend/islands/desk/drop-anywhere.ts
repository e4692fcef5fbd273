// <drop-anywhere>: files dropped anywhere on a page go into a document to be signed.
// A page that takes files itself (<file-drop>, a field for a file) is left alone; one with typing
// that was not sent yet is not left: a note asks to save or cancel it first.
import { define, Island } from "../../lib/element";

const byName = new Intl.Collator(undefined, { numeric: true });

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Whether somebody changed this field since the page came. */
function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.defaultSelected && !option.selected);
  const isTicked = field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);
  return isTicked ? field.checked !== field.defaultChecked : field.type !== "hidden" && field.value !== field.defaultValue;
}

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

  #isHalfFilled(): boolean {
    const fields = document.querySelectorAll<Field>("form[method=post] :is(input, textarea, select)");
    return [...fields].some((field) => !this.contains(field) && isChanged(field));
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
    if (this.#isHalfFilled()) return this.#refuse();
    const files = new DataTransfer();
    const sorted = [...event.dataTransfer.files].sort((one, other) => byName.compare(one.name, other.name));
    for (const file of sorted) files.items.add(file);
    const form = this.querySelector("form")!;
    form.querySelector<HTMLInputElement>("input[type=file]")!.files = files.files;
    this.classList.add("is-sending");
    form.submit();
  }

  #refuse(): void {
    this.#welcome(false);
    const detail = { text: this.dataset["busy"], level: "warning" };
    document.dispatchEvent(new CustomEvent("paraph:toast", { detail }));
  }

  #welcome(isOver: boolean): void {
    this.classList.toggle("is-over", isOver);
    if (!isOver) this.classList.remove("is-sending");
  }
}

define("drop-anywhere", DropAnywhere);
