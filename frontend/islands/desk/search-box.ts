// <search-box>: "/" jumps into the search field from anywhere on the page.
import { define, Island } from "../../lib/element";

class SearchBox extends Island {
  protected override start(): void {
    this.on<KeyboardEvent>("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      this.querySelector<HTMLInputElement>("input[type=search]")?.select();
    }, document);
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, dialog *"));
}

define("search-box", SearchBox);
