import {afterEach, beforeAll, expect, test} from "vitest";
import type {TableColumn} from "../../src/components/dataTable.js";
import {openDealPanel} from "../../src/components/dealPanel.js";

interface Deal {
  name: string;
  stage: string;
  amount: number;
}

const columns: TableColumn<Deal>[] = [
  {key: "name", label: "Deal", unit: "text"},
  {key: "stage", label: "Stage", unit: "text"},
  {key: "amount", label: "Amount", unit: "money", currency: "USD"}
];
const rows = [
  {name: "A", stage: "Won", amount: 0.1},
  {name: "B", stage: "Won", amount: 0.2}
];
const sum = (dialog: Element) =>
  dialog.querySelector(".weir-panel-sum")!.textContent!.replaceAll("\u202f", " ").replace(/\s+/g, " ");

beforeAll(() => {
  // jsdom draws no dialogs.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
});

afterEach(() => document.body.replaceChildren());

test("it says that the deals add up to the figure", () => {
  const dialog = openDealPanel({
    title: "Won",
    figure: {value: 0.3, unit: "money", currency: "USD"},
    rows,
    columns
  });
  expect(sum(dialog)).toBe("2 deals; they add up to $0.30, the figure shown.");
});

test("it says when they do not, and by how much", () => {
  const dialog = openDealPanel({
    title: "Won",
    figure: {value: 1.3, unit: "money", currency: "USD"},
    rows,
    columns
  });
  expect(sum(dialog)).toBe("Does not add up: 2 deals add up to $0.30, $1 less than the figure shown.");
});

test("a count is checked against the number of deals, and a rate claims nothing", () => {
  expect(sum(openDealPanel({title: "Deals", figure: {value: 3, unit: "count"}, rows, columns}))).toContain(
    "1 less"
  );
  expect(sum(openDealPanel({title: "Rate", figure: {value: 0.5, unit: "ratio"}, rows, columns}))).toBe(
    "2 deals behind this figure."
  );
});

test("one deal comes to the figure", () => {
  const one = rows.slice(0, 1);
  const cash = {unit: "money", currency: "USD"} as const;
  expect(sum(openDealPanel({title: "Won", figure: {value: 0.1, ...cash}, rows: one, columns}))).toBe(
    "1 deal; it comes to $0.10, the figure shown."
  );
  expect(sum(openDealPanel({title: "Won", figure: {value: 1.1, ...cash}, rows: one, columns}))).toBe(
    "Does not add up: 1 deal comes to $0.10, $1 less than the figure shown."
  );
});

test("of too many to list it says what they are and, of a rate, what is divided by what", () => {
  const noun = ["entry", "entries"] as const;
  const rate = {value: 50 / 108, unit: "ratio"} as const;
  expect(
    sum(
      openDealPanel({
        title: "Rate",
        figure: rate,
        rows,
        columns,
        noun,
        notListed: 900,
        made: "50 / 108 = 46%"
      })
    )
  ).toBe(
    "The largest 2 of 902 entries behind this figure: 50 / 108 = 46%; the other 900 are smaller and not listed."
  );
  const cash = {value: 2.3, unit: "money", currency: "USD"} as const;
  expect(sum(openDealPanel({title: "Won", figure: cash, rows, columns, noun, notListed: 900}))).toBe(
    "The largest 2 of 902 entries: they add up to $0.30, the other 900 to $2; together the figure shown."
  );
});

test("a definition that scrolls can be reached by the keyboard, and has a name", () => {
  const how = {label: "Won", formula: "Amounts of won deals.", unit: "money"};
  const dialog = openDealPanel({
    title: "Won",
    figure: {value: 0.3, unit: "money"},
    rows,
    columns,
    of: {name: "won", how}
  });
  const text = dialog.querySelector<HTMLElement>(".weir-how [role=region]")!;
  expect([text.tabIndex, text.getAttribute("aria-label")]).toEqual([0, "How Won is computed"]);
  expect(text.textContent).toContain("Amounts of won deals.");
});

test("amounts come right after the name", () => {
  const dialog = openDealPanel({title: "Won", figure: {value: 0.3, unit: "money"}, rows, columns});
  expect([...dialog.querySelectorAll("thead button")].map((head) => head.textContent)).toEqual([
    "Deal",
    "Amount",
    "Stage"
  ]);
});

test("closing gives focus back and leaves nothing behind", () => {
  const opener = document.createElement("button");
  document.body.append(opener);
  opener.focus();
  const dialog = openDealPanel({title: "Won", figure: {value: 0.3, unit: "money"}, rows, columns});
  dialog.querySelector("button")!.click();
  expect(document.querySelector("dialog")).toBeNull();
  expect(document.activeElement).toBe(opener);
});
