// Saves the places a moment after the last change, one request at a time, again when it failed.
import type { Places } from "./model";

const PAUSE = 350;
const AGAIN = 3000;

export type Word = "armed" | "saving" | "saved" | "failed" | "refused";

/** What the server said, in words; a refusal comes as a piece of a page. */
async function reason(answer: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.body.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

export class Keeper {
  #timer = 0;
  #isSending = false;
  #isStale = false;

  constructor(
    private readonly address: string,
    private readonly token: string,
    private readonly places: Places,
    private readonly tell: (word: Word, reason?: string) => void,
  ) {}

  get isBusy(): boolean {
    return this.#timer !== 0 || this.#isSending;
  }

  soon(pause = PAUSE): void {
    this.tell("saving");
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#save(), pause);
  }

  async #save(): Promise<void> {
    this.#timer = 0;
    if (this.#isSending) {
      this.#isStale = true;
      return;
    }
    this.#isSending = true;
    this.#isStale = false;
    const sent = this.places.all;
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, "HX-Request": "true" },
        body: JSON.stringify({ fields: sent }),
      });
      if (answer.ok) await this.#kept(answer, sent);
      else if (answer.status < 500) this.tell("refused", await reason(answer));
      else throw new Error(answer.statusText);
    } catch {
      this.tell("failed");
      this.soon(AGAIN);
    } finally {
      this.#isSending = false;
      if (this.#isStale) this.soon(0);
    }
  }

  async #kept(answer: Response, sent: readonly unknown[]): Promise<void> {
    const { fields } = (await answer.json()) as { fields: { id: number }[] };
    if (this.places.all === sent) {
      this.places.named(fields.map((field) => field.id));
      this.tell("saved");
    } else {
      this.#isStale = true;
    }
  }
}
