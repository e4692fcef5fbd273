// <deadline-calendar>: arrow keys move from day to day, Page Up and Down turn the page, T is today.
import { define, Island } from "../../lib/element";

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

class DeadlineCalendar extends Island {
  protected override start(): void {
    const days = [...this.querySelectorAll<HTMLElement>(".deadlines__day")];
    const current = this.querySelector<HTMLElement>(".deadlines__day--today") ?? days[0];
    for (const day of days) day.tabIndex = day === current ? 0 : -1;

    this.on<KeyboardEvent>("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "PageUp") this.follow("a[rel=prev]", event);
      else if (event.key === "PageDown") this.follow("a[rel=next]", event);
      else if (event.key === "t") this.follow("a[data-today]", event);
      else this.step(days, event);
    });
  }

  private step(days: HTMLElement[], event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const here = (event.target as HTMLElement).closest<HTMLElement>(".deadlines__day");
    const next = step && here ? days[days.indexOf(here) + step] : undefined;
    if (!here || !next) return;

    event.preventDefault();
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  private follow(link: string, event: KeyboardEvent): void {
    event.preventDefault();
    this.querySelector<HTMLAnchorElement>(link)?.click();
  }
}

define("deadline-calendar", DeadlineCalendar);
