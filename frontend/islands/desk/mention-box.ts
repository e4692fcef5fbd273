// <mention-box data-address="…">: after @ it offers colleagues below the text field.
const CALL = /(?:^|[\s(])@((?:\p{L}[\p{L}\p{M}'’ -]{0,39})?)$/u;

class MentionBox extends HTMLElement {
  private field: HTMLTextAreaElement | null = null;
  private offers = document.createElement("div");
  private asked: string | undefined;

  connectedCallback(): void {
    this.field = this.querySelector("textarea");
    this.offers.className = "menu__list mention-box__offers";
    this.offers.hidden = true;
    this.append(this.offers);
    this.field?.addEventListener("input", () => void this.look());
    this.addEventListener("keydown", (event) => this.steer(event));
    this.offers.addEventListener("click", (event) => this.take(event));
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.offers.hidden = true;
    });
  }

  private call(): string | undefined {
    const upTo = this.field?.value.slice(0, this.field.selectionStart) ?? "";
    return CALL.exec(upTo)?.[1];
  }

  private async look(): Promise<void> {
    const typed = (this.asked = this.call());
    if (typed === undefined) {
      this.offers.hidden = true;
      return;
    }
    const answer = await fetch(`${this.dataset.address}?q=${encodeURIComponent(typed)}`);
    if (!answer.ok || typed !== this.asked) return;
    this.offers.innerHTML = await answer.text();
    this.offers.hidden = this.offers.childElementCount === 0;
  }

  private steer(event: KeyboardEvent): void {
    if (this.offers.hidden) return;
    const choices = [...this.offers.querySelectorAll("button")];
    const place = choices.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "ArrowDown") choices[Math.min(place + 1, choices.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (choices[place - 1] ?? this.field)?.focus();
    else if (event.key === "Escape") {
      this.offers.hidden = true;
      this.field?.focus();
    } else return;
    event.preventDefault();
  }

  private take(event: Event): void {
    const name = (event.target as Element).closest("button")?.dataset.name;
    if (!name || !this.field) return;
    const end = this.field.selectionStart;
    this.field.setRangeText(`@${name} `, end - (this.call()?.length ?? 0) - 1, end, "end");
    this.offers.hidden = true;
    this.field.focus();
  }
}

customElements.define("mention-box", MentionBox);
