// <file-drop>: files can be dropped anywhere on the page; the upload shows how far it is.
import { define, Island } from "../../lib/element";

class FileDrop extends Island {
  protected override start(): void {
    const form = this.querySelector("form")!;
    const input = form.querySelector<HTMLInputElement>("input[type=file]")!;
    this.on<DragEvent>("dragover", (event) => this.#welcome(event, true), document);
    this.on<DragEvent>("dragleave", (event) => this.#welcome(event, false), document);
    this.on<DragEvent>("drop", (event) => {
      this.#welcome(event, false);
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }, document);
    this.on("change", () => input.files?.length && form.requestSubmit(), input);
    this.on("submit", (event) => {
      event.preventDefault();
      this.#send(form);
    }, form);
  }

  #welcome(event: DragEvent, isOver: boolean): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.classList.toggle("is-over", isOver);
  }

  /** Send once, and with XMLHttpRequest: fetch cannot tell how far an upload is. */
  #send(form: HTMLFormElement): void {
    const isSending = form.getAttribute("aria-busy") === "true";
    if (isSending) return;
    form.setAttribute("aria-busy", "true");
    const progress = form.querySelector("progress")!;
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.upload.onprogress = (event) => (progress.value = (100 * event.loaded) / event.total);
    request.onload = () => this.#answer(request);
    request.onerror = () => form.submit();
    progress.hidden = false;
    request.send(new FormData(form));
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
    if (told) document.querySelector("main")!.replaceWith(told);
    document.querySelector<HTMLElement>("[role=alert]")?.scrollIntoView({ block: "center" });
  }
}

define("file-drop", FileDrop);
