// Keeps what lies in one step of the signing desk, and tells what is wrong with it.

export type Kept = "kept" | "nothing" | "refused" | "expired" | "offline";

const EXPIRED = 403;

/** Return the paragraph of a step's problem. */
function paragraph(step: Element): HTMLElement | null {
  return step.querySelector<HTMLElement>(".field__error");
}

/** Return what is wrong with a step, in words; empty when nothing is. */
export function problemOf(step: Element): string {
  const words = paragraph(step);
  return words && !words.hidden ? words.textContent! : "";
}

/** Say what is wrong with a step, or that nothing is. */
export function told(step: Element, problem: string): void {
  const words = paragraph(step);
  if (!words) return;
  words.textContent = problem;
  words.hidden = !problem;
  for (const input of step.querySelectorAll("input[id], textarea")) {
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

function chosen(step: Element): string {
  return step.querySelector<HTMLInputElement>("[name^=how-]:checked")?.value ?? "";
}

/** Collect what the step would send; nothing when there is nothing new in it. */
function collected(step: HTMLElement, picture?: Blob): FormData | null {
  const form = new FormData();
  const name = `picture-${step.dataset["field"]}`;
  const how = chosen(step);
  if (picture && how === "drawn") form.set(name, picture, "drawn.png");
  const file = step.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
  if (how === "uploaded" && file) form.set(name, file);
  if (["drawn", "uploaded", "kept"].includes(how) && !form.has(name)) return null;
  if (file && !how) form.set(`file-${step.dataset["field"]}`, file);
  for (const input of step.querySelectorAll<HTMLInputElement>("input:not([type=file]), textarea")) {
    if ((input.type !== "radio" && input.type !== "checkbox") || input.checked) form.set(input.name, input.value);
  }
  if ([...form.keys()].length === 0) return null;
  return form;
}

async function post(address: string, form: FormData): Promise<Response | null> {
  const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
  try {
    return await fetch(address, { method: "POST", body: form, headers: { "X-CSRFToken": token, "X-Requested-With": "island" } });
  } catch {
    return null;
  }
}

/** Send a step's value to be kept; an address of its own only says that somebody is there. */
export async function keep(step: HTMLElement, picture?: Blob, address = step.dataset["save"]): Promise<Kept> {
  if (!address) return "nothing";
  const form = step.dataset["save"] ? collected(step, picture) : new FormData();
  if (!form) return "nothing";
  const answer = await post(address, form);
  if (!answer) return "offline";
  if (answer.redirected || answer.status === EXPIRED) return "expired";
  told(step, answer.ok ? "" : await answer.text());
  step.classList.toggle("is-kept", answer.ok && isFilled(form));
  return answer.ok ? "kept" : "refused";
}

/** Have the server forget the picture of a step; the step is to be filled again. */
export async function empty(step: HTMLElement): Promise<Kept> {
  const form = new FormData();
  form.set(`how-${step.dataset["field"]}`, "none");
  const answer = await post(step.dataset["save"]!, form);
  if (answer?.ok) step.classList.remove("is-kept");
  return answer?.ok ? "kept" : "refused";
}

function isFilled(form: FormData): boolean {
  const value = [...form.entries()].find(([name]) => name.startsWith("field-"));
  return !value || value[1] !== "";
}
