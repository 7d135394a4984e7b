import {expect, test, vi} from "vitest";
import {toCsv} from "../../src/components/csv.js";
import {DataTable, type TableColumn} from "../../src/components/dataTable.js";
import {columnTotal, sortRows} from "../../src/components/tableModel.js";

interface Deal {
  name: string;
  amount: number | null;
  stage: string;
}

const columns: TableColumn<Deal>[] = [
  {key: "name", label: "Deal", unit: "text"},
  {key: "amount", label: "Amount", unit: "money", currency: "USD", total: true},
  {key: "stage", label: "Stage", unit: "text", sortValue: ({stage}) => ["Early", "Late"].indexOf(stage)}
];
const deals: Deal[] = [
  {name: "Étoile <b>bold</b>", amount: 1200.5, stage: "Late"},
  {name: "Beta", amount: null, stage: "Early"},
  {name: "Alpha", amount: 90, stage: "Late"}
];
const names = (table: HTMLElement) => [...table.querySelectorAll("tbody th")].map((cell) => cell.textContent);
const header = (table: HTMLElement, i: number) => table.querySelectorAll("thead th")[i]!;

test("clicking a heading sorts, says so, and keeps missing values last both ways", () => {
  const table = DataTable(deals, columns, {caption: "Deals"});
  header(table, 1).querySelector("button")!.click();
  expect(header(table, 1).getAttribute("aria-sort")).toBe("descending");
  expect(names(table)).toEqual(["Étoile <b>bold</b>", "Alpha", "Beta"]);
  header(table, 1).querySelector("button")!.click();
  expect(header(table, 1).getAttribute("aria-sort")).toBe("ascending");
  expect(names(table)).toEqual(["Alpha", "Étoile <b>bold</b>", "Beta"]);
});

test("a column sorts by its meaning when it has one", () => {
  expect(sortRows(deals, columns, {key: "stage", descending: false}).map(({stage}) => stage)).toEqual([
    "Early",
    "Late",
    "Late"
  ]);
});

test("search finds any words in any column, accents or not, and the total follows", () => {
  const table = DataTable(deals, columns, {caption: "Deals", search: true});
  const box = table.querySelector("input")!;
  box.value = "etoile late";
  box.dispatchEvent(new Event("input"));
  expect(names(table)).toHaveLength(1);
  expect(table.querySelector(".weir-table-status")!.textContent).toBe("1 of 3 rows");
  expect(table.querySelector("tfoot")!.textContent!.replaceAll("\u202f", " ")).toContain("$1 200.50");
});

test("columns beyond a page's width are shown when asked for, and the CSV has them all along", () => {
  const wide = Array.from({length: 12}, (_, i) => ({
    ...{key: "name", label: `Customers of quarter ${i}`, unit: "text"}
  })) as TableColumn<Deal>[];
  const long = deals.map((deal) => ({
    ...deal,
    name: `${deal.name} with a name that takes two lines of a cell`
  }));
  const table = DataTable(long, wide, {caption: "Deals"});
  const few = () => table.querySelector("table")!.classList.contains("weir-few");
  const late = () => [...table.querySelectorAll("thead th.weir-late")].length;
  const button = table.querySelector<HTMLButtonElement>(".weir-table-bar button")!;
  expect([few(), button.textContent, button.getAttribute("aria-expanded")]).toEqual([
    true,
    "All 12 columns",
    "false"
  ]);
  expect(late()).toBeGreaterThan(0);
  expect(table.querySelectorAll("tbody td.weir-late")).toHaveLength(deals.length * late());
  button.click();
  expect([few(), button.textContent, button.getAttribute("aria-expanded")]).toEqual([
    false,
    "Fewer columns",
    "true"
  ]);
  const narrow = DataTable(deals, columns, {caption: "Deals"});
  expect(narrow.querySelector("table")!.className).not.toContain("weir-few");
  expect(narrow.querySelector(".weir-table-bar")!.textContent).not.toContain("columns");
});

test("only the rows in view are in the document", () => {
  const many = Array.from({length: 10_000}, (_, i) => ({name: `Deal ${i}`, amount: i, stage: "Late"}));
  const table = DataTable(many, columns, {caption: "Deals"});
  expect(names(table).length).toBeLessThan(60);
  expect(table.querySelector("table")!.getAttribute("aria-rowcount")).toBe("10001");
});

test("markup from an export is text", () => {
  const table = DataTable(deals, columns, {caption: "Deals"});
  expect(table.querySelector("tbody b")).toBeNull();
});

test("a missing value is a dash that says what it is, never a zero", () => {
  const table = DataTable([deals[1]!], columns, {caption: "Deals"});
  expect(table.querySelector(".weir-missing")!.textContent).toBe("–not enough data");
});

test("a row opens from its first cell with the keyboard, and from anywhere with the mouse", () => {
  const onRow = vi.fn();
  const table = DataTable(deals, columns, {caption: "Deals", onRow});
  table.querySelector<HTMLButtonElement>("tbody th button")!.click();
  table.querySelector<HTMLElement>("tbody td")!.click();
  expect(onRow).toHaveBeenCalledTimes(2);
});

test("cents add up exactly, and different currencies do not add up at all", () => {
  const cents = Array.from({length: 10}, () => ({name: "", amount: 0.1, stage: ""}));
  expect(columnTotal(cents, columns[1]!)).toBe(1);
  const mixed: TableColumn<Deal> = {...columns[1]!, currency: ({name}) => (name === "Alpha" ? "EUR" : "USD")};
  expect(columnTotal(deals, mixed)).toBeNull();
});

test("no rows say why and what to do", () => {
  const table = DataTable([], columns, {
    caption: "Deals",
    empty: {reason: "No deal closed.", action: "Widen the period."}
  });
  expect(table.textContent).toContain("No deal closed.");
  expect(table.querySelector("table")).toBeNull();
});

test("where columns would not fit beside each other texts wrap and money is whole, to the cent in the CSV and the last line's sum", () => {
  const amounts = ["a", "b", "c", "d", "e", "f", "g"] as const;
  const wide = [0, 1].map((i) => ({
    region: i === 0 ? "(none)" : "North and South",
    ...(Object.fromEntries(amounts.map((key) => [key, 1_234_567.4])) as Record<
      (typeof amounts)[number],
      number
    >)
  }));
  const columns: TableColumn<(typeof wide)[number]>[] = [
    {key: "region", label: "Region", unit: "text"},
    ...amounts.map((key) => ({key, label: key, unit: "money", currency: "USD", total: true}) as const)
  ];
  const few = DataTable(wide, columns.slice(0, 3), {caption: "Few"});
  expect(few.querySelector("td")!.textContent).toBe("$1\u202f234\u202f567.40");
  const table = DataTable(wide, columns, {caption: "Many"});
  expect(table.querySelector("th[scope=row]")!.textContent).toBe("no region");
  expect(table.querySelector("td")!.textContent).toBe("$1\u202f234\u202f567");
  expect(table.querySelector("tfoot td:nth-child(2)")!.textContent).toBe("$2\u202f469\u202f135");
  expect(table.querySelector(".weir-table-status")!.textContent).toContain("cents in the CSV");
  expect(toCsv(wide, columns)).toContain("1234567.4");
});
