/** Makes drawn shapes into buttons: click, Enter and Space call `press`; each says its name. */
export function pressable(
  shapes: Iterable<Element>,
  name: (i: number) => string,
  press: (i: number) => void
): void {
  for (const [i, shape] of [...shapes].entries()) {
    shape.setAttribute("role", "button");
    shape.setAttribute("tabindex", "0");
    shape.setAttribute("aria-label", name(i));
    shape.addEventListener("click", () => press(i));
    shape.addEventListener("keydown", (event) => {
      const {key} = event as KeyboardEvent;
      if (key !== "Enter" && key !== " ") return;
      event.preventDefault();
      press(i);
    });
  }
}
