// <open-dialog>: a button or link inside opens the <dialog> inside. Without script the link is followed.
import { define, Island } from "../../lib/element";

class OpenDialog extends Island {
  protected override start(): void {
    const dialog = this.querySelector("dialog");
    if (!dialog) return;

    this.on<MouseEvent>("click", (event) => {
      const pressed = event.target as Element;
      if (pressed.closest("dialog")) {
        if (pressed.closest("[data-close]") || pressed === dialog) dialog.close();
      } else if (pressed.closest("a, button")) {
        event.preventDefault();
        dialog.showModal();
      }
    });
  }
}

define("open-dialog", OpenDialog);
