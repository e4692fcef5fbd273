// <file-drop>: files can be dropped anywhere on the page, put in order where they are several,
// and the upload shows how far it is.
import { ChosenFiles } from "../../lib/chosen-files";
import { define, Island } from "../../lib/element";

class FileDrop extends Island {
  #chosen: ChosenFiles | undefined;

  protected override start(): void {
    const form = this.querySelector("form")!;
    const input = form.querySelector<HTMLInputElement>("input[type=file]")!;
    const section = form.querySelector<HTMLElement>("[data-chosen]");
    this.#chosen = section ? new ChosenFiles(section) : undefined;
    this.on<DragEvent>("dragover", (event) => this.#welcome(event, true), document);
    this.on<DragEvent>("dragleave", (event) => this.#welcome(event, false), document);
    this.on<DragEvent>("drop", (event) => {
      this.#welcome(event, false);
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      this.#take(form, input);
    }, document);
    this.on("change", () => this.#take(form, input), input);
    this.on("submit", (event) => {
      event.preventDefault();
      this.#send(form, input);
    }, form);
  }

  /** One file goes at once; of several, people see the order first. */
  #take(form: HTMLFormElement, input: HTMLInputElement): void {
    if (!input.files?.length || this.#chosen?.choose(input.files)) return;
    form.requestSubmit();
  }

  #welcome(event: DragEvent, isOver: boolean): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.classList.toggle("is-over", isOver);
  }

  /** Send once, and with XMLHttpRequest: fetch cannot tell how far an upload is. */
  #send(form: HTMLFormElement, input: HTMLInputElement): void {
    const isSending = form.getAttribute("aria-busy") === "true";
    if (isSending) return;
    form.setAttribute("aria-busy", "true");
    const progress = form.querySelector("progress")!;
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.upload.onprogress = (event) => (progress.value = (100 * event.loaded) / event.total);
    // What is sent is being read and converted meanwhile: nobody knows how long that takes.
    request.upload.onload = () => progress.removeAttribute("value");
    request.onload = () => this.#answer(request);
    request.onerror = () => form.submit();
    progress.hidden = false;
    request.send(this.#filled(form, input));
  }

  #filled(form: HTMLFormElement, input: HTMLInputElement): FormData {
    const filled = new FormData(form);
    if (!this.#chosen?.files.length) return filled;
    filled.delete(input.name);
    for (const file of this.#chosen.files) filled.append(input.name, file);
    return filled;
  }

  /** Offer files again that were chosen before a refusal, so that only one needs to change. */
  again(files: readonly File[]): void {
    this.#chosen?.choose(files);
  }

  /** A refusal comes back as the whole page with its sentence; success leads on. */
  #answer(request: XMLHttpRequest): void {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    this.querySelector("form")!.removeAttribute("aria-busy");
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const told = page.querySelector("main");
    const chosen = this.#chosen?.files ?? [];
    if (told) document.querySelector("main")!.replaceWith(told);
    document.querySelector<FileDrop>("main file-drop")?.again(chosen);
    document.querySelector<HTMLElement>("[role=alert], .field__error")?.scrollIntoView({ block: "center" });
  }
}

define("file-drop", FileDrop);
