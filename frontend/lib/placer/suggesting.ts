// Where the fields usually go: the server proposes, the page puts them, so that undo takes them back.
import type { Place } from "./model";

export type Ready = Omit<Place, "key">;

export class Suggestions {
  constructor(form: HTMLFormElement, private readonly take: (places: readonly Ready[]) => void) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(form).then(this.take, () => form.submit());
    });
  }

  async #ask(form: HTMLFormElement): Promise<readonly Ready[]> {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(form),
    });
    if (!answer.ok) throw new Error(answer.statusText);
    return ((await answer.json()) as { fields: Ready[] }).fields;
  }
}
