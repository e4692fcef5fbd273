// Shows in its place on the page what was just kept for it.
const SVG = "http://www.w3.org/2000/svg";
const LARGEST = 10;
const MARGIN = 6;

/** Draw what a step holds into its place. */
export function draw(step: HTMLElement): void {
  const place = document.getElementById(step.dataset["place"] ?? "");
  if (!place) return;
  place.classList.toggle("is-filled", step.classList.contains("is-kept"));
  if (step.querySelector(".ways") && !step.classList.contains("is-kept")) return place.querySelector("image")?.remove();
  if (step.querySelector(".ways")) drawPicture(place, `${step.dataset["save"]}picture.png?${Date.now()}`);
  else write(place, valueOf(step));
}

function drawPicture(place: Element, address: string): void {
  const box = place.querySelector("rect")!;
  const picture = place.querySelector("image") ?? document.createElementNS(SVG, "image");
  for (const name of ["x", "y", "width", "height"]) picture.setAttribute(name, box.getAttribute(name)!);
  picture.setAttribute("href", address);
  box.after(picture);
}

/** Write a text into its place, as small as it must be to fit, as in the sealed file. */
function write(place: Element, value: string): void {
  const text = place.querySelector<SVGTextElement>(".place__value")!;
  const room = text.ownerSVGElement!.width.baseVal.value - MARGIN;
  text.textContent = value;
  text.setAttribute("font-size", String(LARGEST));
  const length = text.getComputedTextLength();
  if (length > room) text.setAttribute("font-size", ((LARGEST * room) / length).toFixed(2));
}

function valueOf(step: HTMLElement): string {
  const radio = step.querySelector<HTMLInputElement>("input[type=radio]");
  if (radio) return step.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value ?? "";
  const input = step.querySelector<HTMLInputElement>("input:not([type=hidden]), textarea")!;
  if (input.type === "file") return input.files?.[0]?.name ?? "";
  if (input.type === "checkbox") return input.checked ? "✓" : "";
  return input.type === "date" && input.value ? readable(input.value) : input.value;
}

/** A day as people write it: the European way in English, too. */
function readable(day: string): string {
  const language = document.documentElement.lang;
  const style: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, style).format(new Date(day));
}
