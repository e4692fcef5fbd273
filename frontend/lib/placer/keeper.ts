// Saves the places a moment after the last change, one request at a time, again when it failed.
// Where another tab saved meanwhile it stops, and asks which of the two shall stay.
import type { Places } from "./model";

const PAUSE = 350;
const AGAIN = 3000;

export type Word = "armed" | "suggested" | "complete" | "saving" | "saved" | "failed" | "refused" | "conflict";

interface Kept {
  fields: { id: number }[];
  seen: string;
}

/** What the server said, in words; a refusal comes as a piece of a page. */
async function reason(answer: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.body.textContent?.replace(/\s+/g, " ").trim() ?? "";
}

export class Keeper {
  #timer = 0;
  #isSending = false;
  #isStale = false;
  #isStopped = false;

  constructor(
    private readonly address: string,
    private readonly token: string,
    private readonly places: Places,
    private seen: string,
    private readonly tell: (word: Word, reason?: string) => void,
  ) {}

  get isBusy(): boolean {
    return this.#timer !== 0 || this.#isSending;
  }

  soon(pause = PAUSE): void {
    if (this.#isStopped) return;
    this.tell("saving");
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#save(), pause);
  }

  /** Save over what another tab saved. */
  insist(): void {
    this.seen = "";
    this.#isStopped = false;
    this.soon(0);
  }

  async #save(): Promise<void> {
    this.#timer = 0;
    if (this.#isSending) {
      this.#isStale = true;
      return;
    }
    this.#isSending = true;
    this.#isStale = false;
    const keys = this.places.all.map((place) => place.key);
    const sent = this.places.all;
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token, "HX-Request": "true" },
        body: JSON.stringify({ fields: sent, seen: this.seen }),
      });
      if (answer.ok) this.#kept((await answer.json()) as Kept, keys, sent);
      else if (answer.status === 409) this.#stop();
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

  #stop(): void {
    this.#isStopped = true;
    this.tell("conflict");
  }

  #kept({ fields, seen }: Kept, keys: readonly number[], sent: readonly unknown[]): void {
    const isNewest = this.places.all === sent;
    this.seen = seen;
    this.places.named(new Map(keys.map((key, index) => [key, fields[index]!.id])));
    if (isNewest) this.tell("saved");
    else this.#isStale = true;
  }
}
