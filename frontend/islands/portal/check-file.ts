// <check-file>: hashes the file here first, so that a file known to Paraph never leaves the device.
import { define, Island } from "../../lib/element";

const MOST_BYTES = 60 * 1024 * 1024;

class CheckFile extends Island {
  protected override start(): void {
    const form = this.querySelector("form")!;
    const input = form.querySelector<HTMLInputElement>("input[type=file]")!;
    this.on<DragEvent>("dragover", (event) => event.preventDefault(), document);
    this.on<DragEvent>("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }, document);
    this.on("submit", (event) => {
      const file = input.files?.[0];
      if (file && file.size > MOST_BYTES) {
        event.preventDefault();
        this.#refuse(this.dataset["tooLarge"]!);
        return;
      }
      this.querySelector("progress")!.hidden = false;
      if (!file || !crypto.subtle) return;
      event.preventDefault();
      void this.#check(form, file);
    }, form);
  }

  #refuse(words: string): void {
    const problem = this.querySelector<HTMLElement>(".field__error")!;
    problem.textContent = words;
    problem.hidden = false;
  }

  async #check(form: HTMLFormElement, file: File): Promise<void> {
    form.setAttribute("aria-busy", "true");
    try {
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      const hex = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const address = this.dataset["known"]!.replace("SHA256", hex);
      const answer = await fetch(`${address}?ask=1`);
      if (((await answer.json()) as { known: boolean }).known) {
        location.assign(address);
        return;
      }
    } catch {
      // What cannot be asked is uploaded.
    }
    form.submit();
  }
}

define("check-file", CheckFile);
