// <local-time>: says a moment in the reader's own time zone.
import { define, Island } from "../../lib/element";

const STYLE: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };

class LocalTime extends Island {
  protected override start(): void {
    const time = this.querySelector("time");
    const moment = new Date(time?.dateTime ?? "");
    if (!time || Number.isNaN(moment.getTime())) return;
    const page = document.documentElement.lang;
    const own = navigator.languages.find((language) => language.split("-")[0] === page);
    time.textContent = new Intl.DateTimeFormat(own ?? page, STYLE).format(moment);
  }
}

define("local-time", LocalTime);
