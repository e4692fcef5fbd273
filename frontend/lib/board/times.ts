// Keeps "3 minutes ago" true while a page stays open, in the page's language.

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const ENOUGH = 1.2;
const MINUTE = 60_000;

export function tellTimes(within: HTMLElement, signal: AbortSignal): void {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang);
  const timer = setInterval(() => {
    if (document.hidden) return;
    for (const time of within.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
      const said = told(words, (Date.parse(time.dateTime) - Date.now()) / 1000);
      if (time.textContent !== said) time.textContent = said;
    }
  }, MINUTE);
  signal.addEventListener("abort", () => clearInterval(timer));
}

/** As the server says it: the greatest unit of which there is one and a bit. */
function told(words: Intl.RelativeTimeFormat, seconds: number): string {
  const far = Math.abs(seconds);
  const [unit, size] = UNITS.find(([, length]) => far / length >= ENOUGH) ?? UNITS.at(-1)!;
  const number = Math.max(1, Math.round(far / size));
  return words.format(seconds < 0 ? -number : number, unit);
}
