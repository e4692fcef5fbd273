// <letter-frame>: makes the frame inside as tall as the e-mail it shows, so that only the page scrolls.
import { define, Island } from "../../lib/element";

class LetterFrame extends Island {
  protected override start(): void {
    const frame = this.querySelector("iframe");
    if (!frame) return;

    const fit = (): void => {
      const body = frame.contentDocument?.body;
      if (body?.childElementCount) frame.style.height = `${body.scrollHeight + 2}px`;
    };
    this.on("load", fit, frame);
    this.on("resize", fit, window);
    fit();
  }
}

define("letter-frame", LetterFrame);
