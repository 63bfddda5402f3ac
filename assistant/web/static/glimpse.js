// The tooltip of a citation chip: where it leads, before going there.

import { append, element } from "./text.js";

export class Glimpse {
  constructor() {
    this.root = element("div", "glimpse");
    this.root.id = "glimpse";
    this.root.setAttribute("role", "tooltip");
    this.root.hidden = true;
    document.body.append(this.root);
    this.chip = null;
  }

  show(chip) {
    if (this.chip === chip) return;
    this.hide();
    this.chip = chip;
    const quote = element("q");
    append(quote, chip.dataset.glimpse);
    this.root.replaceChildren(element("strong", "", chip.dataset.named), quote);
    this.root.hidden = false;
    chip.setAttribute("aria-describedby", this.root.id);
    this.put(chip.getBoundingClientRect());
  }

  hide() {
    this.chip?.removeAttribute("aria-describedby");
    this.chip = null;
    this.root.hidden = true;
  }

  /** Below the chip, so that what was just read stays; above where there is no room below. */
  put(chip) {
    const { width, height } = this.root.getBoundingClientRect();
    const left = Math.min(Math.max(8, chip.left - 24), innerWidth - width - 8);
    const below = chip.bottom + 8;
    this.root.style.left = `${left}px`;
    this.root.style.top = `${below + height < innerHeight ? below : chip.top - height - 8}px`;
  }
}
