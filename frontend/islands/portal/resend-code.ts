// <resend-code>: counts down the minute until another code may be asked for.
import { define, Island } from "../../lib/element";

const SECOND = 1000;

class ResendCode extends Island {
  protected override start(): void {
    const button = this.querySelector("button")!;
    const words = button.textContent!;
    // The seconds and their unit stay on one line.
    const wait = this.dataset["wait"]!.replace("SECONDS ", "SECONDS\u00a0").replace(" SECONDS", "\u00a0SECONDS");
    const end = Date.now() + Number(this.dataset["seconds"]) * SECOND;
    const tick = (): void => {
      const left = Math.ceil((end - Date.now()) / SECOND);
      button.disabled = left > 0;
      button.textContent = left > 0 ? wait.replace("SECONDS", String(left)) : words;
      if (left > 0 && this.isConnected) window.setTimeout(tick, SECOND);
    };
    tick();
  }
}

define("resend-code", ResendCode);
