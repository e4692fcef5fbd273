// <borrow-phone>: offers a code to scan, so that the phone draws for this page, and waits for it.
import { define, Island } from "../../lib/element";

const SECOND = 1000;
const MOST_LOOKS = 150; // every two seconds for five minutes

class BorrowPhone extends Island {
  #looks = 0;

  protected override start(): void {
    this.on("click", () => void this.#lend(), this.querySelector("[data-lend-now]")!);
  }

  get #offer(): HTMLElement {
    return this.querySelector(".borrow__offer")!;
  }

  async #lend(): Promise<void> {
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
    const headers = { "X-CSRFToken": token, "X-Requested-With": "island" };
    const answer = await fetch(this.dataset["lend"]!, { method: "POST", headers }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.#offer.replaceChildren(...page.body.childNodes);
    this.#looks = MOST_LOOKS;
    this.#wait();
  }

  #wait(): void {
    window.setTimeout(() => void this.#look(), 2 * SECOND);
  }

  async #look(): Promise<void> {
    if (!this.isConnected || !this.#looks) return;
    const answer = await fetch(this.dataset["drawn"]!).catch(() => null);
    if (answer?.ok && !answer.redirected && ((await answer.json()) as { drawn: boolean }).drawn) {
      this.#looks = 0;
      this.#offer.replaceChildren();
      this.dispatchEvent(new Event("phone-drawn", { bubbles: true }));
      return;
    }
    this.#looks -= 1;
    if (this.#looks) this.#wait();
    else this.#offer.textContent = this.dataset["over"]!;
  }
}

define("borrow-phone", BorrowPhone);
