// <theme-switch>: changes the theme at once and lets the server remember it.
import { define, Island } from "../../lib/element";

class ThemeSwitch extends Island {
  protected override start(): void {
    this.on<SubmitEvent>("submit", (event) => {
      const pressed = event.submitter;
      if (!(pressed instanceof HTMLButtonElement)) return;
      event.preventDefault();
      this.#choose(pressed);
    });
  }

  #choose(pressed: HTMLButtonElement): void {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${pressed.value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    document.documentElement.dataset.theme = pressed.value;
    document.dispatchEvent(new Event("paraph:theme"));
    for (const button of this.querySelectorAll("button[name=theme]")) {
      button.setAttribute("aria-pressed", String(button === pressed));
    }
    this.closest("details")?.removeAttribute("open");
  }
}

define("theme-switch", ThemeSwitch);
