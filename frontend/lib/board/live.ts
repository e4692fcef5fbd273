// Asks whether anything has happened: often while somebody looks, seldom in a hidden tab, and ever
// more seldom while the server does not answer.

const VISIBLE = 1000;
const HIDDEN = 20_000;
const SLOWEST = 60_000;

export interface Answer {
  version: string;
  html: string;
}

export class Live {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isAsking = false;

  constructor(
    private readonly pulse: () => string,
    private readonly address: () => string,
    private readonly take: (answer: Answer) => void,
    private readonly trouble: () => void,
    private readonly gone: AbortSignal,
  ) {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#rest() : this.ask()), { signal: gone });
    gone.addEventListener("abort", () => clearTimeout(this.#timer));
    this.#rest();
  }

  /** Ask now; otherwise it asks by itself. */
  ask(): void {
    clearTimeout(this.#timer);
    if (!this.#isAsking) void this.#asked().finally(() => this.#rest());
  }

  #rest(): void {
    clearTimeout(this.#timer);
    if (this.gone.aborted) return;
    const usual = document.hidden ? HIDDEN : VISIBLE;
    const pause = Math.min(usual * 2 ** this.#failures, Math.max(usual, SLOWEST));
    this.#timer = setTimeout(() => this.ask(), pause);
  }

  /** The pulse costs the server next to nothing. Whatever it does not know, the changes tell. */
  async #isStill(): Promise<boolean> {
    const address = this.pulse();
    const answer = address ? await fetch(address, { signal: this.gone, cache: "no-store" }) : undefined;
    if (answer?.status === 204) this.#failures = 0;
    return answer?.status === 204;
  }

  async #asked(): Promise<void> {
    this.#isAsking = true;
    try {
      if (await this.#isStill()) return;
      const answer = await fetch(this.address(), { headers: { "HX-Request": "true" }, signal: this.gone, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.#failures = 0;
      const version = answer.headers.get("Paraph-Version") ?? "";
      if (version || answer.status !== 204) this.take({ version, html: answer.status === 204 ? "" : await answer.text() });
    } catch {
      if (!this.gone.aborted && ++this.#failures === 3) this.trouble();
    } finally {
      this.#isAsking = false;
    }
  }
}
