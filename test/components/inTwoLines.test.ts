import {expect, test} from "vitest";
import {inTwoLines, textWidth} from "../../src/components/charts/frame.ts";
import fc from "../support/fc.ts";

test("a name too long for its room is broken between words, and cut only where two lines do not suffice", () => {
  const rule = "Negotiation/Review, exit: We spoke in the last three weeks";
  expect(inTwoLines(rule, 500)).toBe(rule);
  expect(inTwoLines(rule, 220)).toBe("Negotiation/Review, exit: We spoke\nin the last three weeks");
  expect(inTwoLines(rule, 150)).toMatch(/^Negotiation\/Review,\nexit: .*…$/);
  expect(inTwoLines("Donaudampfschifffahrtsgesellschaft", 100)).toMatch(/^Donau[a-z]*…$/);
});

test("no line is wider than its room, and nothing but an end is lost", () => {
  const words = fc.array(fc.stringMatching(/^[A-Za-z]{1,12}$/), {minLength: 1, maxLength: 8});
  fc.assert(
    fc.property(words, fc.integer({min: 60, max: 400}), (list, room) => {
      const text = list.join(" ");
      const lines = inTwoLines(text, room).split("\n");
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(room);
      expect(text.startsWith(lines.join(" ").replace(/…$/, ""))).toBe(true);
    })
  );
});
