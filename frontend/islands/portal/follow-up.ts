// <follow-up>: looks again every second until the act is sealed, then shows what became of it.
import { define, Island } from "../../lib/element";

const SECOND = 1000;

class FollowUp extends Island {
  protected override start(): void {
    window.setTimeout(() => void this.#look(), SECOND);
  }

  async #look(): Promise<void> {
    if (!this.isConnected) return;
    try {
      const answer = await fetch(this.dataset["url"]!, { headers: { "HX-Request": "true" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const outcome = page.querySelector("#outcome");
      if (answer.ok && outcome) {
        document.querySelector("#outcome")?.replaceWith(outcome);
        return;
      }
    } catch {
      // No connection: the next look may have one.
    }
    this.start();
  }
}

define("follow-up", FollowUp);
