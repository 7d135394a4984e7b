import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {colour, stackColours, stageRamp} from "../../src/components/palette.js";

const css = readFileSync(new URL("../../src/style.css", import.meta.url), "utf8");
const [light, dark] = css.split("@media screen and (prefers-color-scheme: dark) {\n  :root") as [
  string,
  string
];
const meanings = ["won", "lost", "open", "forecast", "direct", "partner", "warning", "wrong"] as const;

function token(theme: string, name: string): string {
  return new RegExp(`--weir-${name}: (#[0-9a-f]{6})`).exec(theme)![1]!;
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

test.each([
  ["light", light],
  ["dark", dark]
])("every meaning and both inks read at 4.5:1 on every surface of the %s theme", (_, theme) => {
  const weak = ["surface", "surface-alt", "raised"].flatMap((surface) =>
    [...meanings, "ink", "muted"].filter((name) => contrast(token(theme, name), token(theme, surface)) < 4.5)
  );
  expect(weak).toEqual([]);
});

test("a meaning is a token of the stylesheet, so that themes and print follow", () => {
  for (const meaning of meanings) expect(css).toContain(`${colour(meaning).slice(4, -1)}:`);
});

test("stages run through n different blues", () => {
  expect(new Set(stageRamp(7)).size).toBe(7);
  expect(stageRamp(0)).toEqual([]);
});

test("keys that mean something take their colour, others a ramp", () => {
  expect(stackColours(["Direct", "Partner"])).toEqual([colour("direct"), colour("partner")]);
  expect(stackColours(["0-30 d", "31-60 d"])).toEqual(stageRamp(2));
});
