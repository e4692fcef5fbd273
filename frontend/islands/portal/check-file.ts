// <check-file>: hashes the file here first, so that a file known to Paraph never leaves the device.
// The answer takes the place of the page, and the file stays at hand: its versions are cut out here.
import { define, Island } from "../../lib/element";
import { copyButtons, offerVersions } from "../../lib/checked";

const MOST_BYTES = 60 * 1024 * 1024;

class CheckFile extends Island {
  protected override start(): void {
    copyButtons(document);
    this.on<DragEvent>("dragover", (event) => {
      event.preventDefault();
      document.body.classList.add("is-over");
    }, document);
    this.on<DragEvent>("dragleave", (event) => {
      if (!event.relatedTarget) document.body.classList.remove("is-over");
    }, document);
    this.on<DragEvent>("drop", (event) => this.#drop(event), document);
    this.on("submit", (event) => this.#submit(event), this.#form);
  }

  get #form(): HTMLFormElement {
    return this.querySelector("form")!;
  }

  get #input(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[type=file]")!;
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    document.body.classList.remove("is-over");
    if (!event.dataTransfer?.files.length) return;
    this.#input.files = event.dataTransfer.files;
    this.#form.requestSubmit();
  }

  #submit(event: Event): void {
    const file = this.#input.files?.[0];
    if (file && file.size > MOST_BYTES) {
      event.preventDefault();
      this.#refuse(this.dataset["tooLarge"]!);
      return;
    }
    this.querySelector("progress")!.hidden = false;
    if (!file || !crypto.subtle) return;
    event.preventDefault();
    void this.#check(file);
  }

  #refuse(words: string): void {
    const problem = this.querySelector<HTMLElement>(".field__error")!;
    problem.textContent = words;
    problem.hidden = false;
  }

  async #check(file: File): Promise<void> {
    this.#form.setAttribute("aria-busy", "true");
    try {
      const answer = await this.#answer(file);
      this.#show(new DOMParser().parseFromString(await answer.text(), "text/html"), file);
    } catch {
      this.#form.submit(); // what cannot be asked is uploaded as without script
    }
  }

  async #answer(file: File): Promise<Response> {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const hex = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const address = this.dataset["known"]!.replace("SHA256", hex);
    const { known } = (await (await fetch(`${address}?ask=1`)).json()) as { known: boolean };
    return known ? fetch(address) : fetch(this.#form.action, { method: "POST", body: new FormData(this.#form) });
  }

  /** Put the answer where the question was, and move there. */
  #show(answer: Document, file: File): void {
    const content = answer.querySelector("main");
    if (!content) throw new Error("no answer");
    const main = document.querySelector("main")!;
    main.className = content.className;
    main.replaceChildren(...content.childNodes);
    document.title = answer.title;
    offerVersions(main, file);
    main.focus();
    scrollTo({ top: 0 });
  }
}

define("check-file", CheckFile);
