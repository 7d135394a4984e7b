import {describe, expect, test} from "vitest";
import {
  count,
  date,
  days,
  formatValue,
  money,
  month,
  NOT_ENOUGH_DATA,
  percent,
  signed
} from "../../src/components/format.js";

const plain = (text: string) => text.replaceAll("\u202f", " ").replaceAll("\u2212", "-");

describe("money", () => {
  test.each([
    [1_240_000, "$1.24 M"],
    [12_400_000, "$12.4 M"],
    [999_949, "$1 M"],
    [999_499, "$999 k"],
    [845, "$845"],
    [4.5, "$4.5"],
    [0, "$0"],
    [-640_000, "-$640 k"],
    [3_210_000_000, "$3.21 B"]
  ])("a headline of %d has at most three significant digits", (value, text) => {
    expect(plain(money(value, "USD"))).toBe(text);
  });

  test("a table shows every digit, and cents only when there are any", () => {
    expect(plain(money(1_240_000, "USD", {exact: true}))).toBe("$1 240 000");
    expect(plain(money(1_240_000.5, "EUR", {exact: true}))).toBe("€1 240 000.50");
    expect(plain(money(12, "USD", {exact: true, decimals: 2}))).toBe("$12.00");
  });

  test("a currency without a symbol of its own is named, and no currency shows none", () => {
    expect(plain(money(1000, "CHF"))).toBe("CHF 1 k");
    expect(plain(money(1000))).toBe("1 k");
  });

  test("a figure cannot wrap: no ordinary space in it", () => {
    expect(money(1_234_567.89, "CHF", {exact: true})).not.toMatch(/ /);
  });
});

test("percent has no decimals unless it is under ten", () => {
  expect([0.314, 0.0999, 0.084, 0.0004, 0, 1, 0.998, -0.0004, -0.998].map((value) => percent(value))).toEqual(
    ["31%", "10%", "8.4%", "<0.1%", "0%", "100%", ">99%", "−<0.1%", "<−99%"]
  );
});

test("days, counts and dates carry their unit", () => {
  expect([days(45), days(4.25), count(1234567), count(2.5)].map(plain)).toEqual([
    "45 d",
    "4.3 d",
    "1 234 567",
    "2.5"
  ]);
  expect(date("2017-12-31")).toBe("31 Dec 2017");
  expect(date("2017-12-31T23:59:59Z")).toBe("31 Dec 2017");
  expect(month("2017-12")).toBe("Dec 2017");
});

test("a difference has a sign; ratios differ in points; none is said in words", () => {
  expect(plain(signed(120_000, "money", "USD"))).toBe("+$120 k");
  expect(plain(signed(-0.013, "ratio"))).toBe("-1.3 pts");
  expect(signed(0, "money", "USD")).toBe("no change");
  expect(signed(0.0000001, "ratio")).toBe("no change");
});

test("null is not enough data in every unit, never zero", () => {
  const units = ["money", "ratio", "days", "count", "date", "text"] as const;
  for (const unit of units) expect(formatValue(null, unit)).toBe(NOT_ENOUGH_DATA);
});

test("a number that is not one is refused where it arises", () => {
  expect(() => money(Number.NaN, "USD")).toThrow("money requires a finite number or null, got NaN");
  expect(() => percent(1 / 0)).toThrow(RangeError);
  expect(() => date("soon")).toThrow('expected an ISO date, got "soon"');
});
