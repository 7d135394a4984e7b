import {expect, test, vi} from "vitest";
import {Chart} from "../../src/components/chart.js";
import {BarRows} from "../../src/components/charts/barRows.js";
import {Columns} from "../../src/components/charts/columns.js";
import {Dots} from "../../src/components/charts/dots.js";
import {HeatGrid} from "../../src/components/charts/heatGrid.js";
import {Histogram} from "../../src/components/charts/histogram.js";
import {periodTicks} from "../../src/components/charts/periodTicks.js";
import {Survival} from "../../src/components/charts/survival.js";
import {Trend} from "../../src/components/charts/trend.js";

const usd = {unit: "money", currency: "USD", width: 640} as const;
const rows = [
  {label: "South", value: 90_000, n: 3},
  {label: "North", value: 240_000, n: 9},
  {label: "West", value: null, n: 0}
];
const frame = {
  title: "North leads",
  subtitle: "Open amount by region, USD",
  rows,
  columns: [
    {key: "label", label: "Region", unit: "text"},
    {key: "value", label: "Open", unit: "money", currency: "USD"}
  ],
  name: "open"
} as const;
const texts = (node: Element) =>
  [...node.querySelectorAll("text")].map((text) => text.textContent!.replaceAll("\u202f", " "));

test("the drawing has one name, and Plot's labels on groups are gone", () => {
  const figure = Chart({...frame, render: (width) => BarRows({rows, ...usd, width})});
  const svg = figure.querySelector("svg")!;
  expect(svg.getAttribute("role")).toBe("img");
  expect(svg.getAttribute("aria-label")).toBe("North leads. Open amount by region, USD");
  expect(svg.querySelectorAll("[aria-label]:not([role])")).toHaveLength(0);
});

test("a drawing with buttons is a group, so that they can be reached", () => {
  const onSelect = vi.fn();
  const figure = Chart({...frame, render: (width) => BarRows({rows, ...usd, width, onSelect})});
  const buttons = figure.querySelectorAll<SVGElement>("svg[role=group] [role=button][tabindex='0']");
  expect(buttons[0]!.getAttribute("aria-label")!.replaceAll("\u202f", " ")).toBe("North, $240 000 (9 deals)");
  buttons[1]!.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}));
  expect(onSelect).toHaveBeenCalledWith("South");
});

test("print redraws what is in the page for the paper, and leaves the keyboard its place", () => {
  const widths: number[] = [];
  const render = (width: number) => {
    widths.push(width);
    return BarRows({rows, ...usd, width, onSelect: () => {}});
  };
  const figure = Chart({...frame, name: "printed", render});
  document.body.append(figure);
  const stops = () => [...figure.querySelectorAll<SVGElement>("[tabindex]")];
  stops()[1]!.focus();
  window.dispatchEvent(new Event("beforeprint"));
  window.dispatchEvent(new Event("afterprint"));
  expect(widths).toEqual([640, 688, 640]);
  expect(stops().indexOf(document.activeElement as SVGElement)).toBe(1);
  figure.remove();
  window.dispatchEvent(new Event("beforeprint"));
  expect(widths).toHaveLength(3);
});

test("a chart adds no listener to the window, which would keep it in memory", () => {
  const listen = vi.spyOn(window, "addEventListener");
  Chart({...frame, render: (width) => BarRows({rows, ...usd, width})});
  expect(listen.mock.calls.filter(([event]) => event.endsWith("print"))).toEqual([]);
  listen.mockRestore();
});

test("its data can be read as a table", () => {
  const figure = Chart({...frame, render: (width) => BarRows({rows, ...usd, width})});
  const toggle = figure.querySelector("button")!;
  expect(figure.querySelector("table")).toBeNull();
  toggle.click();
  expect(toggle.getAttribute("aria-expanded")).toBe("true");
  expect(figure.querySelectorAll("tbody th")).toHaveLength(3);
});

test("with no rows it says why, and draws nothing", () => {
  const render = vi.fn();
  const figure = Chart({
    ...frame,
    rows: [],
    render,
    empty: {reason: "No open deal.", action: "Clear the region."}
  });
  expect(figure.textContent).toContain("No open deal.");
  expect(render).not.toHaveBeenCalled();
});

test("bars are in order of value, with values and n at their ends; null says so", () => {
  const drawn = texts(BarRows({rows, ...usd}));
  expect(drawn.filter((text) => ["North", "South", "West"].includes(text))).toEqual([
    "North",
    "South",
    "West"
  ]);
  expect(drawn).toEqual(expect.arrayContaining(["$240 k", "9 deals", "not enough data"]));
});

test("bars given in order of stage stay in it", () => {
  const drawn = texts(BarRows({rows, ...usd, order: "given"}));
  expect(drawn.filter((text) => ["North", "South", "West"].includes(text))).toEqual([
    "South",
    "North",
    "West"
  ]);
});

test("a stack names its parts and adds them up", () => {
  const stack = rows.slice(0, 2).flatMap((row) => ["Direct", "Partner"].map((key) => ({...row, key})));
  const drawn = BarRows({rows: stack, ...usd});
  expect(drawn.querySelector(".weir-legend")!.textContent).toBe("DirectPartner");
  expect(texts(drawn)).toContain("$480 k");
});

test("an unfinished period is hatched, and the target is named", () => {
  const periods = ["Jan 2026", "Feb 2026", "Mar 2026"].map((label, i) => ({
    label,
    value: 1000 * (i + 1),
    target: 2500,
    partial: i === 2
  }));
  const drawn = Columns({rows: periods, ...usd, targetLabel: "quota"});
  const hatched = [...drawn.querySelectorAll("g, rect")].filter((mark) =>
    mark.getAttribute("fill")?.startsWith("url(#weir-hatch")
  );
  expect(hatched).toHaveLength(1);
  expect(hatched[0]!.querySelectorAll("rect")).toHaveLength(1);
  expect(texts(drawn)).toContain("quota");
});

test("a year is said once, and labels that do not fit are thinned", () => {
  expect(periodTicks(["Nov 2025", "Dec 2025", "Jan 2026"], 60)).toEqual(["Nov\n2025", "Dec", "Jan\n2026"]);
  expect(periodTicks(["2026 Q1", "2026 Q2"], 60)).toEqual(["Q1\n2026", "Q2"]);
  expect(periodTicks(["Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026"], 20).filter(Boolean)).toHaveLength(2);
});

test("a missing month breaks the line and an unfinished one is dashed", () => {
  const months = [1, 2, null, 4, 5, 6].map((value, i) => ({
    on: `2026-0${i + 1}-01`,
    value,
    partial: i === 5
  }));
  const drawn = Trend({rows: months, unit: "count", width: 600, target: {value: 5, label: "plan"}});
  const paths = [...drawn.querySelectorAll("path[d]")].map((path) => path.getAttribute("d")!);
  expect(paths.some((d) => (d.match(/M/g) ?? []).length === 2)).toBe(true);
  expect(drawn.querySelector("[stroke-dasharray='3 4']")).not.toBeNull();
  expect(texts(drawn)).toContain("plan 5");
});

test("time is said in the firm's own periods when rows name them", () => {
  const quarters = ["2025-07-01", "2025-10-01", "2026-01-01"].map((on, i) => ({
    on,
    value: i,
    label: `FY2026 Q${i + 1}`
  }));
  expect(texts(Trend({rows: quarters, unit: "count", width: 600})).join("|")).toContain("Q2");
  expect(texts(Trend({rows: quarters, unit: "count", width: 600})).join("|")).not.toContain("Jul");
});

test("time beyond the data's date is marked", () => {
  const months = ["2026-05-01", "2026-08-01"].map((on) => ({on, value: 1}));
  expect(texts(Trend({rows: months, unit: "count", width: 600, asOf: "2026-06-30"}))).toContain(
    "as of 30 Jun 2026"
  );
  expect(texts(Trend({rows: months, unit: "count", width: 600, asOf: "2026-09-30"})).join()).not.toContain(
    "as of"
  );
});

test("every cell of the grid prints its value and n; a missing one has no figure", () => {
  const cells = [
    {row: "Qualify", column: "0-30 d", value: 1000, n: 2},
    {row: "Qualify", column: "31-60 d", value: null}
  ];
  expect(texts(HeatGrid({cells, ...usd}))).toEqual(
    expect.arrayContaining(["$1 k", "2 deals", "–", "no data"])
  );
});

test("numbers at risk stand under the curve", () => {
  const steps = [120, 80, 5].map((nAtRisk, i) => ({t: i * 30, s: 1 - i * 0.3, nAtRisk}));
  expect(texts(Survival({rows: steps, width: 600}))).toEqual(
    expect.arrayContaining(["Still there", "120", "80", "5"])
  );
});

test("several curves are named in a legend and beside their numbers, and end where almost none are left", () => {
  const groups = ["Discovery", "Proposal", "Contract"];
  const steps = groups.flatMap((group) =>
    [0, 30, 60, 900].map((t, i) => ({t, s: [1, 0.5, 0.01, 0][i]!, nAtRisk: 100 - i, group}))
  );
  const drawn = Survival({rows: steps, width: 600, atRisk: "Undecided"});
  expect(drawn.querySelector(".weir-legend")!.textContent).toBe("DiscoveryProposalContract");
  expect(texts(drawn)).toEqual(expect.arrayContaining(["Undecided, by then", "Proposal", "60 d"]));
  expect(texts(drawn)).not.toContain("900 d");
});

test("a rate from few deals is hollow, and one from none is not drawn", () => {
  const drawn = Dots({
    rows: [
      {label: "A", rate: 0.4, lo: 0.3, hi: 0.5, n: 80},
      {label: "B", rate: 0.2, lo: 0.1, hi: 0.5, n: 5},
      {label: "C", rate: null, n: 0}
    ],
    width: 640,
    overall: 0.3
  });
  const fills = [...drawn.querySelectorAll("circle")].map((dot) => dot.getAttribute("fill"));
  expect(fills).toEqual(["var(--weir-won)", "var(--weir-surface)"]);
  expect(texts(drawn)).toEqual(expect.arrayContaining(["n 80", "n 5", "not enough data", "all 30%"]));
});

test("the median is marked where it is known", () => {
  const bins = [
    {from: 0, to: 10, n: 4},
    {from: 10, to: 20, n: 1}
  ];
  const drawn = texts(
    Histogram({
      bins,
      width: 500,
      marks: [
        {value: 8, label: "median"},
        {value: null, label: "P75"}
      ]
    })
  );
  expect(drawn).toContain("median 8 d");
  expect(drawn.join()).not.toContain("P75");
});
