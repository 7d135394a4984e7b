import {afterEach, beforeAll, beforeEach, expect, test, vi} from "vitest";
import {openDealPanel} from "../../src/components/dealPanel.js";
import {Kpi} from "../../src/components/kpi.js";

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
beforeEach(() => history.replaceState(null, "", "/pipeline?region=EMEA"));
afterEach(() => document.body.replaceChildren());

const how = {label: "Won", formula: "Amounts of won deals.", unit: "money", sql: "select 1 as value"};

function made(label: string): HTMLElement {
  const onOpen = () => {
    openDealPanel({
      title: label,
      figure: {value: 1, unit: "count"},
      rows: [{name: "A"}],
      columns: [{key: "name", label: "Deal", unit: "text"}]
    });
  };
  const card = Kpi({label, value: 1, unit: "count", n: 1, how, onOpen});
  return card;
}

function show(label: string): HTMLElement {
  const card = made(label);
  document.body.append(card);
  return card;
}

const panel = () => document.querySelector("dialog");

test("an open panel is in the address, with its formula and query; the back button closes it and leaves the filters", async () => {
  show("Won").querySelector<HTMLElement>(".weir-textlink")!.click();
  expect(location.search).toBe("?region=EMEA&figure=won");
  expect(panel()!.querySelector(".weir-how")!.textContent).toContain("Amounts of won deals.");
  expect(panel()!.querySelector(".weir-how pre")!.textContent).toBe("select 1 as value");
  history.back();
  await expect.poll(panel).toBeNull();
  expect(location.search).toBe("?region=EMEA");
});

test("closing it takes it from the address", async () => {
  show("Won").querySelector<HTMLElement>(".weir-textlink")!.click();
  panel()!.close();
  await expect.poll(() => location.search).toBe("?region=EMEA");
  expect(panel()).toBeNull();
});

test.each([
  {asked: "win-rate", opens: "Win rate"},
  {asked: "won-61-of-quota", opens: "Won, 64% of quota"},
  {asked: "2026-q3-expected", opens: "2026 Q3, expected"},
  {asked: "nothing-here", opens: null}
])("?figure=$asked opens $opens", async ({asked, opens}) => {
  history.replaceState(null, "", `/?figure=${asked}`);
  // As pages do: all are made before the first is shown.
  document.body.append(
    ...["Win rate", "Won, 64% of quota", "2026 Q2, expected", "2026 Q3, expected"].map(made)
  );
  if (opens === null) await new Promise((done) => setTimeout(done, 100));
  else await expect.poll(() => panel()?.getAttribute("aria-label")).toBe(opens);
  expect(document.querySelectorAll("dialog")).toHaveLength(opens === null ? 0 : 1);
  panel()?.close();
  expect(location.search).toBe(opens === null ? `?figure=${asked}` : "");
});

test("a panel that no figure has opened, a bar's say, has no link", () => {
  openDealPanel({
    title: "Bar",
    figure: {value: 0, unit: "count"},
    rows: [],
    columns: [{key: "name", label: "Deal", unit: "text"}]
  });
  expect(location.search).toBe("?region=EMEA");
  expect(panel()!.querySelector(".weir-panel-made .weir-how")).toBeNull();
});

test("a query is copied, and where the browser gives no clipboard it is marked", async () => {
  const card = show("Won");
  const copy = card.querySelector<HTMLElement>(".weir-copy button")!;
  const status = () => card.querySelector(".weir-copy [role=status]")!.textContent;
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", {...navigator, clipboard: {writeText}});
  copy.click();
  await expect.poll(status).toBe("Copied.");
  expect(writeText).toHaveBeenCalledWith("select 1 as value");
  vi.stubGlobal("navigator", {});
  copy.click();
  await expect.poll(status).toContain("Marked");
  expect(String(getSelection())).toBe("select 1 as value");
  vi.unstubAllGlobals();
});
