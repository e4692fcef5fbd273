// <signing-desk>: keeps each value as soon as it is given, and leads from place to place.
import { define, Island } from "../../lib/element";

const STILL_THERE = 4 * 60 * 1000;

class SigningDesk extends Island {
  protected override start(): void {
    this.on("change", (event) => this.#changed(event.target as HTMLInputElement));
    this.on<CustomEvent<{ picture: Blob }>>("ink-drawn", (event) => {
      const step = this.#stepOf(event.target as Element);
      this.#choose(step, "drawn");
      void this.#keep(step, this.#form(step, event.detail.picture));
    });
    this.on<MouseEvent>("click", (event) => {
      const place = (event.target as Element).closest<SVGAElement>("[data-step]");
      if (!place) return;
      event.preventDefault();
      this.#go(document.getElementById(place.dataset["step"]!));
    });
    const timer = window.setInterval(() => document.hidden || void this.#post(this.dataset["alive"]!, new FormData()), STILL_THERE);
    this.on("pagehide", () => window.clearInterval(timer), window);
  }

  get #token(): string {
    return this.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
  }

  #stepOf(element: Element): HTMLElement {
    return element.closest<HTMLElement>(".signing__step")!;
  }

  #go(step: HTMLElement | null): void {
    step?.scrollIntoView({ block: "center" });
    step?.querySelector<HTMLElement>("input:not([type=hidden]), button")?.focus({ preventScroll: true });
  }

  #choose(step: HTMLElement, how: string): void {
    const radio = step.querySelector<HTMLInputElement>(`input[type=radio][value="${how}"]`);
    if (radio) radio.checked = true;
  }

  #changed(input: HTMLInputElement): void {
    const step = this.#stepOf(input);
    if (!step.dataset["save"]) return;
    if (input.type === "file") this.#choose(step, "uploaded");
    if (input.name.startsWith("typed-")) this.#choose(step, "typed");
    const how = step.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value;
    if (how === "drawn" || (how === "uploaded" && input.type !== "file")) return;
    void this.#keep(step, this.#form(step));
  }

  #form(step: HTMLElement, drawn?: Blob): FormData {
    const form = new FormData();
    for (const input of step.querySelectorAll<HTMLInputElement>("input")) {
      if (input.type === "file") {
        if (input.files?.[0]) form.set(input.name, input.files[0]);
      } else if ((input.type !== "radio" && input.type !== "checkbox") || input.checked) {
        form.set(input.name, input.value);
      }
    }
    if (drawn) form.set(`picture-${step.dataset["field"]}`, drawn, "drawn.png");
    return form;
  }

  async #keep(step: HTMLElement, form: FormData): Promise<void> {
    step.querySelector(".field__error")?.remove();
    const answer = await this.#post(step.dataset["save"]!, form);
    if (answer?.ok) {
      step.classList.add("is-kept");
      this.#show(step);
    } else if (answer) {
      const error = document.createElement("p");
      error.className = "field__error";
      error.setAttribute("role", "alert");
      error.textContent = await answer.text();
      step.append(error);
    }
  }

  /** Draw what was just kept into its place on the page. */
  #show(step: HTMLElement): void {
    const place = this.querySelector(`[data-step="${step.id}"] rect`);
    place?.classList.add("place--filled");
    if (!step.querySelector("input[type=radio]") || !place) return;
    const picture = place.parentElement!.querySelector("image") ?? document.createElementNS("http://www.w3.org/2000/svg", "image");
    for (const name of ["x", "y", "width", "height"]) picture.setAttribute(name, place.getAttribute(name)!);
    picture.setAttribute("href", `${step.dataset["save"]}picture.png?${Date.now()}`);
    place.after(picture);
  }

  async #post(address: string, form: FormData): Promise<Response | null> {
    try {
      return await fetch(address, { method: "POST", body: form, headers: { "X-CSRFToken": this.#token, "X-Requested-With": "island" } });
    } catch {
      return null;
    }
  }
}

define("signing-desk", SigningDesk);
