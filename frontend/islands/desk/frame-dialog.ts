// <frame-dialog>: the one dialog that htmx fills. Content swapped into #dialog-body opens it;
// an empty answer, or the header HX-Trigger: dialog-close, closes it.
import { define, Island } from "../../lib/element";

class FrameDialog extends Island {
  protected override start(): void {
    const dialog = this.querySelector("dialog");
    const body = this.querySelector("#dialog-body");
    if (!dialog || !body) return;

    this.on("htmx:afterSwap", () => {
      if (body.childElementCount === 0) return dialog.close();
      if (!dialog.open) dialog.showModal();
      body.querySelector<HTMLElement>("[role=alert], [aria-invalid=true], .sheet__body :is(input:not([type=hidden]), select, textarea)")?.focus();
    });
    this.on("dialog-close", () => dialog.close(), document);
    this.on("click", (event: MouseEvent) => {
      if ((event.target as Element).closest("[data-close]")) dialog.close();
    });
    this.on("close", () => {
      if (!dialog.open) body.replaceChildren(); // it is told later, and may be open again
    }, dialog);
  }
}

define("frame-dialog", FrameDialog);
