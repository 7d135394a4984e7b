import {expect, test, vi} from "vitest";
import {percent} from "../../src/components/format.js";
import {Slider} from "../../src/components/slider.js";

test("moving it changes the value and its words, and tells view() once", () => {
  const slider = Slider({label: "Win rate", min: 0, max: 1, step: 0.01, value: 0.25, format: percent});
  const input = vi.fn();
  slider.addEventListener("input", input);
  const range = slider.querySelector("input")!;
  expect(slider.value).toBe(0.25);
  range.value = "0.4";
  range.dispatchEvent(new Event("input", {bubbles: true}));
  expect(slider.value).toBe(0.4);
  expect(slider.querySelector("output")!.textContent).toBe("40%");
  expect(range.getAttribute("aria-valuetext")).toBe("40%");
  expect(input).toHaveBeenCalledTimes(1);
});
