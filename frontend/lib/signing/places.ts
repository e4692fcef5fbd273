// Shows in its place on the page what was just kept for it.
const SVG = "http://www.w3.org/2000/svg";

/** Draw what a step holds into its place. */
export function draw(step: HTMLElement): void {
  const place = document.getElementById(step.dataset["place"] ?? "");
  if (!place) return;
  place.classList.toggle("is-filled", step.classList.contains("is-kept"));
  if (step.querySelector("fieldset")) drawPicture(place, `${step.dataset["save"]}picture.png?${Date.now()}`);
  else place.querySelector(".place__value")!.textContent = valueOf(step);
}

function drawPicture(place: Element, address: string): void {
  const box = place.querySelector("rect")!;
  const picture = place.querySelector("image") ?? document.createElementNS(SVG, "image");
  for (const name of ["x", "y", "width", "height"]) picture.setAttribute(name, box.getAttribute(name)!);
  picture.setAttribute("href", address);
  box.after(picture);
}

function valueOf(step: HTMLElement): string {
  const input = step.querySelector<HTMLInputElement>("input:not([type=hidden])")!;
  if (input.type === "checkbox") return input.checked ? "✓" : "";
  return input.value;
}
