// <signing-desk>: leads from place to place, and keeps each value as soon as it is given.
import { empty, keep, problemOf, told } from "../../lib/signing/keeping";
import { afterPaint, moveTo, zoomBy } from "../../lib/signing/moving";
import { draw } from "../../lib/signing/places";
import { switchText } from "../../lib/signing/reading";
import "../../lib/signing/emails";
import { define, Island } from "../../lib/element";
import type { SignatureCanvas } from "./signature-canvas";

const STILL_THERE = 4 * 60 * 1000;
const PAUSE = 900;

class SigningDesk extends Island {
  #typing = 0;
  #before: Promise<unknown> = Promise.resolve();

  protected override start(): void {
    this.on("change", (event) => this.#changed(event.target as HTMLInputElement));
    this.on("input", (event) => this.#typed(event.target as HTMLInputElement));
    this.on("ink-drawn", (event) => void this.#keep(this.#stepOf(event.target as Element)));
    this.on("ink-cleared", (event) => void this.#take(this.#stepOf(event.target as Element)));
    this.on("phone-drawn", (event) => this.#phoneDrew(this.#stepOf(event.target as Element)));
    this.on<MouseEvent>("click", (event) => this.#clicked(event));
    this.on<KeyboardEvent>("keydown", (event) => this.#pressed(event));
    this.on<SubmitEvent>("submit", (event) => this.#submit(event));
    this.on("pageshow", () => this.#wake(), window);
    const timer = window.setInterval(() => document.hidden || void this.#stay(), STILL_THERE);
    this.on("pagehide", () => window.clearInterval(timer), window);
    // Drawing is what people expect; without script the typed name is what works.
    for (const radio of this.querySelectorAll<HTMLInputElement>("[value=typed]:checked")) {
      const drawn = radio.closest("fieldset")!.querySelector<HTMLInputElement>("[value=drawn]");
      if (drawn && !problemOf(this.#stepOf(radio))) drawn.checked = true;
    }
    if (this.dataset["open"]) this.#open(this.#step(this.dataset["open"]));
  }

  #step(id: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`#${id}`);
  }

  #stepOf(element: Element): HTMLElement {
    return element.closest<HTMLElement>(".signing__step")!;
  }

  #clicked(event: MouseEvent): void {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-go], [data-zoom], [data-text]");
    if (!pressed) return;
    event.preventDefault();
    const { go, zoom } = pressed.dataset;
    if (zoom) zoomBy(Number(zoom));
    else if (!go) void switchText(pressed as HTMLAnchorElement);
    else if (pressed.hasAttribute("data-next")) void this.#leave(this.#stepOf(pressed), this.#step(go));
    else this.#open(this.#step(go));
  }

  /** Enter in a field goes on, as on a phone's keyboard; it never signs by accident. */
  #pressed(event: KeyboardEvent): void {
    const input = event.target as HTMLElement;
    if (event.key !== "Enter" || !input.matches("input:not([type=file])")) return; // a textarea keeps its lines
    const next = this.#stepOf(input).querySelector<HTMLElement>("[data-next]");
    if (!next) return;
    event.preventDefault();
    next.click();
  }

  async #leave(step: HTMLElement, next: HTMLElement | null): Promise<void> {
    step.ariaBusy = "true";
    const isKept = await this.#keep(step);
    step.ariaBusy = null;
    if (isKept && step.classList.contains("is-open") && this.#isDone(step)) this.#open(next);
  }

  #isDone(step: HTMLElement): boolean {
    const canvas = step.querySelector<SignatureCanvas>("signature-canvas");
    const isSlip = canvas?.isSlip && step.querySelector("[value=drawn]:checked") !== null;
    if (!isSlip && (step.dataset["required"] === undefined || step.classList.contains("is-kept"))) return true;
    told(step, isSlip ? canvas.dataset["slip"]! : this.dataset["missing"]!);
    return false;
  }

  /** Show one step, its place on the page, and let screen readers say where we are. */
  #open(step: HTMLElement | null): void {
    if (!step) return;
    for (const other of this.querySelectorAll(".signing__step.is-open")) other.classList.remove("is-open");
    step.classList.add("is-open");
    const place = document.getElementById(step.dataset["place"] ?? "");
    const focused = document.activeElement;
    // What the tap shows is painted first: marking, measuring and scrolling a long document take
    // their time.
    afterPaint(() => {
      for (const other of this.querySelectorAll(".place-link.is-current")) other.classList.remove("is-current");
      place?.classList.add("is-current");
      const isGone = ![focused, document.body].includes(document.activeElement); // somebody was quicker
      if (!isGone) step.querySelector<HTMLElement>("h2")!.focus({ preventScroll: true });
      if (place) moveTo(place, this.querySelector<HTMLElement>(".signing__form")!);
    });
  }

  #phoneDrew(step: HTMLElement): void {
    step.classList.add("is-kept");
    told(step, "");
    draw(step);
    const next = step.querySelector<HTMLElement>("[data-next]");
    if (next) this.#open(this.#step(next.dataset["go"]!));
  }

  #changed(input: HTMLInputElement): void {
    const step = this.#stepOf(input);
    const isWay = input.name.startsWith("how-") && !["saved", "same", "typed"].includes(input.value);
    if (!step?.dataset["save"] || isWay) return;
    void this.#keep(step);
  }

  #typed(input: HTMLInputElement): void {
    if (!this.#stepOf(input)?.dataset["save"] || !input.matches("input:not([type]), textarea")) return;
    window.clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => void this.#keep(this.#stepOf(input)), PAUSE);
  }

  /** Keep a step's value after those before it, so that the last one given is the one kept. */
  #keep(step: HTMLElement): Promise<boolean> {
    window.clearTimeout(this.#typing);
    const now = this.#before.then(() => this.#keepNow(step));
    this.#before = now;
    return now;
  }

  /** A session that is over goes by way of the form, which keeps everything. */
  async #keepNow(step: HTMLElement): Promise<boolean> {
    const canvas = step.querySelector<SignatureCanvas>("signature-canvas");
    const ink = await canvas?.fresh();
    const answer = await keep(step, ink ?? undefined);
    if (answer === "expired") this.querySelector<HTMLFormElement>("form")!.submit();
    else if (answer === "offline") told(step, this.dataset["offline"]!);
    else if (answer === "kept") draw(step);
    if (ink && answer !== "kept") canvas?.again();
    return answer === "kept" || answer === "nothing";
  }

  /** Take away, also where it is kept, what was wiped from the canvas. */
  #take(step: HTMLElement): Promise<void> {
    const now = this.#before.then(async () => {
      if (!step.classList.contains("is-kept") || (await empty(step)) !== "kept") return;
      draw(step);
    });
    this.#before = now;
    return now;
  }

  async #stay(): Promise<void> {
    await keep(this, undefined, this.dataset["alive"]!);
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const open = [...this.querySelectorAll<HTMLElement>("[data-required]:not(.is-kept)")][0];
    const agree = form.querySelector<HTMLInputElement>("#agree")!;
    document.getElementById("problem-agree")!.hidden = agree.checked;
    if (!open && agree.checked && !this.classList.contains("is-sent")) {
      this.classList.add("is-sent");
      for (const kept of form.querySelectorAll<HTMLFieldSetElement>(".is-kept fieldset")) kept.disabled = true;
      return;
    }
    event.preventDefault();
    if (!open) return agree.focus();
    this.#open(open);
    told(open, this.dataset["missing"]!);
  }

  #wake(): void {
    this.classList.remove("is-sent");
    for (const fieldset of this.querySelectorAll("fieldset")) fieldset.disabled = false;
  }
}

define("signing-desk", SigningDesk);
