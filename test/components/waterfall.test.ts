import {expect, test, vi} from "vitest";
import {Flows} from "../../src/components/charts/flows.js";
import {Waterfall, type WaterfallRow} from "../../src/components/charts/waterfall.js";

const rows: WaterfallRow[] = [
  {label: "Open 1 May", value: 100, isLevel: true, n: 3, meaning: "open"},
  {label: "New", value: 40, n: 1, meaning: "open"},
  {label: "Won", value: -60, n: 1, meaning: "won"},
  {label: "Open 8 May", value: 80, isLevel: true, n: 3, meaning: "open"}
];
const props = {rows, width: 700, unit: "money", currency: "USD"} as const;

/** Left and right edges of the drawn bars in px. */
function edges(chart: Element): [number, number][] {
  return [...chart.querySelectorAll('g[aria-label="bar"]')].at(-1)!.querySelectorAll("rect").length === 0
    ? []
    : [...[...chart.querySelectorAll('g[aria-label="bar"]')].at(-1)!.querySelectorAll("rect")].map((rect) => {
        const x = Number(rect.getAttribute("x"));
        return [x, x + Number(rect.getAttribute("width"))];
      });
}

test("each bar begins where the one before ended", () => {
  const [begin, added, won, end] = edges(Waterfall(props)) as [number, number][];
  expect(added![0]).toBeCloseTo(begin![1], 3);
  expect(won![1]).toBeCloseTo(added![1], 3);
  expect(won![0]).toBeCloseTo(end![1], 3);
  expect(begin![0]).toBeCloseTo(end![0], 3);
});

test("where levels dwarf what changed the axis begins later, and the chart says where", () => {
  const large = [{...rows[0]!, value: 100_000}, rows[1]!, {...rows[3]!, value: 100_040}];
  expect(Waterfall({...props, rows: large}).textContent).toMatch(/The axis begins at \$/);
  expect(Waterfall(props).textContent).not.toContain("The axis begins");
});

test("rows are buttons that say what they are", () => {
  const onSelect = vi.fn();
  const chart = Waterfall({...props, onSelect});
  const buttons = [...chart.querySelectorAll('[role="button"]')];
  expect(buttons.map((button) => button.getAttribute("aria-label"))).toContain("Won, −$60 (1 deal)");
  buttons[2]!.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}));
  expect(onSelect).toHaveBeenCalledWith("Won");
});

test("flows draw what came above zero and what went below, and name each period", () => {
  const onSelect = vi.fn();
  const chart = Flows({
    rows: [{on: "2026-06-01", label: "Week of 1 Jun 2026", parts: {"came in": 50, won: -20}}],
    keys: ["came in", "won"],
    colours: ["var(--weir-open)", "var(--weir-won)"],
    width: 500,
    unit: "money",
    currency: "USD",
    onSelect
  });
  const button = chart.querySelector('[role="button"]')!;
  expect(button.getAttribute("aria-label")).toBe(
    "Week of 1 Jun 2026, came in: +$50, won: −$20, Together: +$30"
  );
  button.dispatchEvent(new MouseEvent("click"));
  expect(onSelect).toHaveBeenCalledWith("2026-06-01");
});
