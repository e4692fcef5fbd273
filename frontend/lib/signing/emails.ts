// Points out what is probably a typing mistake in the domain of an e-mail address.
const KNOWN = [
  "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.fr", "live.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com",
  "orange.fr", "free.fr", "sfr.fr", "laposte.net", "wanadoo.fr", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "gazeta.pl", "op.pl",
  "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com",
];
const FARTHEST = 2;

/** Return the address that was probably meant; empty when nothing looks wrong. */
export function meant(address: string): string {
  const [, name, domain] = /^\s*([^@\s]+)@([^@\s]+)\s*$/.exec(address.toLowerCase()) ?? [];
  if (!name || !domain || KNOWN.includes(domain)) return "";
  const near = KNOWN.map((known) => [distance(domain, known), known] as const).sort(([one], [other]) => one - other)[0]!;
  const isClose = near[0] <= (near[1].length < 8 ? 1 : FARTHEST);
  return isClose ? `${address.trim().slice(0, -domain.length)}${near[1]}` : "";
}

/** Count the letters to change; two neighbours that changed places are one mistake. */
function distance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, i) => Array.from({ length: other.length + 1 }, (_unused, j) => (i ? (j ? 0 : i) : j)));
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = least;
    }
  }
  return rows[one.length]![other.length]!;
}

document.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  if (!input.dataset["email"]) return;
  input.parentElement!.querySelector(".meant")?.remove();
  const address = meant(input.value);
  if (address) input.after(offer(input, address));
});

function offer(input: HTMLInputElement, address: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "meant";
  button.setAttribute("aria-live", "polite");
  button.textContent = input.dataset["email"]!.replace("ADDRESS", address);
  button.addEventListener("click", () => {
    input.value = address;
    button.remove();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  return button;
}
