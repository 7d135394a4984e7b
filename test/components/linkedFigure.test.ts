import {afterEach, beforeAll, beforeEach, describe, expect, test, vi} from "vitest";
import {type DealPanelProps, openDealPanel, openWhenRead} from "../../src/components/dealPanel.js";
import {FilterBar} from "../../src/components/filterBar.js";
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

function made(label: string, figure?: string): HTMLElement {
  const onOpen = () => {
    openDealPanel({
      title: label,
      figure: {value: 1, unit: "count"},
      rows: [{name: "A"}],
      columns: [{key: "name", label: "Deal", unit: "text"}]
    });
  };
  const card = Kpi({label, value: 1, unit: "count", n: 1, how, onOpen, ...(figure ? {figure} : {})});
  return card;
}

function show(label: string): HTMLElement {
  const card = made(label);
  document.body.append(card);
  return card;
}

const all = () => [
  made("Win rate"),
  made("Won, 64% of quota", "Won"),
  made("2026 Q2, expected"),
  made("2026 Q3, expected")
];

function openBar(): void {
  openDealPanel({
    title: "Bar",
    figure: {value: 0, unit: "count"},
    rows: [],
    columns: [{key: "name", label: "Deal", unit: "text"}]
  });
}

/** Files share the module, which was asked of the address when it was first used. */
function arrive(address: string): void {
  history.replaceState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}

const panel = () => document.querySelector("dialog");
/** Longer than a page must rest to be without a figure. */
const rest = () => new Promise((done) => setTimeout(done, 700));

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
  {asked: "won", opens: "Won, 64% of quota"},
  {asked: "2026-q3-expected", opens: "2026 Q3, expected"}
])("?figure=$asked opens $opens; closed, the keyboard is at what would open it", async ({asked, opens}) => {
  arrive(`/?figure=${asked}`);
  // As pages do: all are made before the first is shown.
  document.body.append(...all());
  await expect.poll(() => panel()?.getAttribute("aria-label")).toBe(opens);
  expect(document.querySelectorAll("dialog")).toHaveLength(1);
  panel()!.close();
  expect(location.search).toBe("");
  expect(document.activeElement!.closest(".weir-kpi")!.getAttribute("aria-label")).toBe(opens);
});

test.each(["nothing-here", "2026-q1-expected", "won-61-of-quota"])(
  "?figure=%s, which is not here, is told once, and opens nothing when one of that name comes later",
  async (asked) => {
    arrive(`/?region=EMEA&figure=${asked}`);
    const main = document.createElement("main");
    main.innerHTML = "<h1>Page</h1>";
    main.append(...all());
    document.body.append(main);
    const told = () => document.querySelector("h1 + [role=status]")?.textContent;
    await expect.poll(told).toContain(`“${asked}”, which is not on this page`);
    expect(location.search).toBe("?region=EMEA");
    show(asked);
    await rest();
    expect(panel()).toBeNull();
    document.querySelector<HTMLElement>(".weir-kpi button")!.click();
    expect(told()).toBeUndefined();
    panel()!.close();
    // Going back takes its time, and would go on in the next test.
    await expect.poll(() => location.search).toBe("?region=EMEA");
  }
);

test("a link waits for a page that is still at work", async () => {
  arrive("/?figure=won");
  const loading = document.createElement("observablehq-loading");
  document.body.append(made("Lost"), loading);
  await rest();
  expect(document.querySelector("[role=status].weir-no-figure")).toBeNull();
  loading.replaceWith(made("Won"));
  await expect.poll(() => panel()?.getAttribute("aria-label")).toBe("Won");
  panel()!.close();
});

test("a link keeps the period that the page takes by itself; closing the panel gives the address back", async () => {
  document.body.append(
    FilterBar({
      asOf: "2026-06-30",
      dimensions: [{key: "region", label: "Region", values: [{value: "EMEA"}]}],
      period: {values: ["2026-Q1", "2026-Q2"].map((value) => ({value, label: value})), initial: "2026-Q2"}
    })
  );
  show("Won").querySelector<HTMLElement>(".weir-textlink")!.click();
  expect(location.search).toBe("?region=EMEA&period=2026-Q2&figure=won");
  panel()!.close();
  await expect.poll(() => location.search).toBe("?region=EMEA");
});

test("where the page was redrawn under an open panel, the keyboard goes to the new card", async () => {
  const card = show("Won");
  const opener = card.querySelector<HTMLElement>(".weir-textlink")!;
  opener.focus();
  opener.click();
  const redrawn = made("Won");
  card.replaceWith(redrawn);
  panel()!.close();
  expect(document.activeElement).toBe(redrawn.querySelector(".weir-textlink"));
  await expect.poll(() => location.search).toBe("?region=EMEA");
});

test("a figure whose panel does not come leaves no claim on the next one", () => {
  const card = Kpi({label: "Won", value: 1, unit: "count", n: 1, how, onOpen: () => undefined});
  document.body.append(card);
  card.querySelector<HTMLElement>(".weir-textlink")!.click();
  openBar();
  expect(location.search).toBe("?region=EMEA");
  expect(panel()!.querySelector(".weir-how")).toBeNull();
});

describe("a panel whose rows are fetched first", () => {
  const said = {title: "Won", figure: {value: 1, unit: "count"}} as const;
  const opened = (read: () => Promise<DealPanelProps<{name: string}>>) => {
    const results: Promise<void>[] = [];
    const onOpen = () => void results.push(openWhenRead(said, read));
    const card = Kpi({label: "Won", value: 1, unit: "count", n: 1, how, onOpen});
    document.body.append(card);
    card.querySelector<HTMLElement>(".weir-textlink")!.click();
    return results[0]!;
  };

  test("has its figure's link and definition", async () => {
    await opened(async () => ({
      ...said,
      rows: [{name: "A"}],
      columns: [{key: "name", label: "Deal", unit: "text"}]
    }));
    expect(location.search).toBe("?region=EMEA&figure=won");
    expect(panel()!.querySelector(".weir-how")!.textContent).toContain("Amounts of won deals.");
    panel()!.close();
    await expect.poll(() => location.search).toBe("?region=EMEA");
  });

  test("says so where they do not come, and claims nothing of the figure", async () => {
    const result = opened(() => Promise.reject(new Error("offline")));
    await expect(result).rejects.toThrow("offline");
    expect(panel()!.querySelector(".weir-panel-sum")!.textContent).toContain("could not be fetched");
    expect(panel()!.querySelector("table")).toBeNull();
    panel()!.close();
    await expect.poll(() => location.search).toBe("?region=EMEA");
  });

  test("does not come over one that was opened meanwhile, nor lends it its link", async () => {
    let bring = (_: DealPanelProps<{name: string}>) => {};
    const result = opened(() => new Promise((done) => (bring = done)));
    openBar();
    bring({...said, rows: [], columns: [{key: "name", label: "Deal", unit: "text"}]});
    await result;
    expect([...document.querySelectorAll("dialog")].map((each) => each.getAttribute("aria-label"))).toEqual([
      "Bar"
    ]);
    expect(location.search).toBe("?region=EMEA");
  });
});

test("a panel that no figure has opened, a bar's say, has no link", () => {
  openBar();
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
