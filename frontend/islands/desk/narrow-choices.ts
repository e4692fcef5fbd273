// <narrow-choices>: in a long list of checkboxes, shows those whose words contain what one types.
import { define, Island } from "../../lib/element";

class NarrowChoices extends Island {
  protected override start(): void {
    const search = this.querySelector<HTMLInputElement>("input[type=search]");
    if (!search) return;

    this.on("input", () => {
      const typed = plain(search.value);
      for (const choice of this.querySelectorAll<HTMLElement>(".filter__choice")) {
        const isChosen = choice.querySelector("input")?.checked ?? false;
        choice.hidden = !isChosen && !plain(choice.textContent ?? "").includes(typed);
      }
    }, search);
    this.on<KeyboardEvent>("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    }, search);
  }
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

define("narrow-choices", NarrowChoices);
