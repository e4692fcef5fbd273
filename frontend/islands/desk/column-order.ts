// <column-order>: lines are dragged, or moved by their arrows, without asking the server each time.
import Sortable from "sortablejs";

import { define, Island } from "../../lib/element";

class ColumnOrder extends Island {
  protected override start(): void {
    const list = this.querySelector<HTMLElement>("ul");
    if (!list) return;

    Sortable.create(list, { handle: ".order__grip", animation: 140, ghostClass: "is-dragged" });
    this.on<MouseEvent>("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button[data-step]");
      if (!button) return;
      event.preventDefault();
      const line = button.closest("li")!;
      const isUp = button.dataset["step"] === "-1";
      const beside = isUp ? line.previousElementSibling : line.nextElementSibling;
      if (isUp) beside?.before(line);
      else beside?.after(line);
      button.focus();
    });
  }
}

define("column-order", ColumnOrder);
