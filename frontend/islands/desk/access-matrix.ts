// <access-matrix>: marks the cells that were changed, says what would be saved, shows one role at a
// time on a narrow screen, and asks before unsaved changes are left behind.
import { define, Island } from "../../lib/element";

class AccessMatrix extends Island {
  #leaving = false;

  protected override start(): void {
    this.on("change", () => this.#tell());
    this.on("reset", () => setTimeout(() => this.#tell()));
    this.on("submit", () => (this.#leaving = true));
    this.on<MouseEvent>("click", (event) => this.#choose(event));
    this.on<BeforeUnloadEvent>("beforeunload", (event) => this.#ask(event), window as unknown as EventTarget);
    this.querySelector(".role-chip[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#tell();
  }

  get #changed(): HTMLSelectElement[] {
    const choices = [...this.querySelectorAll<HTMLSelectElement>("select.level-choice")];
    return choices.filter((choice) => !choice.selectedOptions[0]?.defaultSelected);
  }

  #tell(): void {
    const changed = new Set(this.#changed);
    for (const cell of this.querySelectorAll(".matrix__cell")) {
      const choice = cell.querySelector("select");
      cell.classList.toggle("is-changed", choice !== null && changed.has(choice));
    }
    this.querySelector(".matrix__bar")?.classList.toggle("is-busy", changed.size > 0);
    const reset = this.querySelector<HTMLButtonElement>("button[type=reset]");
    if (reset) reset.disabled = changed.size === 0;
    this.#count(changed.size);
    this.querySelector(".matrix__list")?.replaceChildren(...[...changed].map((choice) => this.#line(choice)));
  }

  #count(many: number): void {
    const [idle, count] = [this.querySelector<HTMLElement>(".matrix__idle"), this.querySelector<HTMLElement>(".matrix__count")];
    if (!idle || !count) return;
    idle.hidden = many > 0;
    count.hidden = many === 0;
    const number = count.querySelector("b");
    if (number) number.textContent = String(many);
  }

  #line(choice: HTMLSelectElement): HTMLElement {
    const before = [...choice.options].find((option) => option.defaultSelected)?.text ?? "";
    const line = document.createElement("li");
    line.textContent = `${choice.getAttribute("aria-label") ?? ""}: ${before} → ${choice.selectedOptions[0]?.text ?? ""}`;
    return line;
  }

  #choose(event: MouseEvent): void {
    const chip = (event.target as Element).closest<HTMLElement>("a[data-role]");
    if (!chip) return;
    event.preventDefault();
    const role = chip.dataset.role ?? "";
    for (const each of this.querySelectorAll("a[data-role]")) each.toggleAttribute("aria-current", each === chip);
    chip.setAttribute("aria-current", "true");
    for (const cell of this.querySelectorAll<HTMLElement>("th[data-role], td[data-role]")) {
      cell.classList.toggle("is-chosen", cell.dataset.role === role);
    }
    const kept = this.querySelector<HTMLInputElement>("input[name=role]");
    if (kept) kept.value = role;
    history.replaceState(null, "", `?role=${role}`);
  }

  #ask(event: BeforeUnloadEvent): void {
    if (!this.#leaving && this.#changed.length > 0) event.preventDefault();
  }
}

define("access-matrix", AccessMatrix);
