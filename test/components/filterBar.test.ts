import {beforeEach, expect, test, vi} from "vitest";
import {FilterBar, type FilterBarProps, filterQuery} from "../../src/components/filterBar.js";

const props: FilterBarProps = {
  asOf: "2026-06-30",
  freshness: "exports read 1 Jul 2026",
  period: {
    values: [
      {value: "2026-Q1", label: "2026 Q1"},
      {value: "2026-Q2", label: "2026 Q2"}
    ],
    initial: "2026-Q2",
    phrase: "closed in"
  },
  dimensions: [
    {
      key: "region",
      label: "Region",
      values: Array.from({length: 200}, (_, i) => ({value: `Region ${i}`, n: i}))
    },
    {
      key: "source",
      label: "Source",
      values: [{value: "Direct"}, {value: "Partner"}],
      phrase: (v) => `${v[0]} only`
    }
  ]
};

function mount(search = "", extra: Partial<FilterBarProps> = {}) {
  history.replaceState(null, "", `/pipeline${search}`);
  document.body.innerHTML = '<nav id="observablehq-sidebar"><a href="./forecast#top">Forecast</a></nav>';
  const bar = FilterBar({...props, ...extra});
  document.body.append(bar);
  return bar;
}

const tick = (bar: HTMLElement, value: string) => {
  for (const button of bar.querySelectorAll<HTMLElement>("button.weir-filter")) button.click();
  const label = [...bar.querySelectorAll("label")].find((one) => one.textContent!.startsWith(value))!;
  label.querySelector("input")!.click();
};
const says = (bar: HTMLElement) => bar.querySelector(".weir-filters-words")!.textContent;

beforeEach(() => vi.restoreAllMocks());

test("a choice changes the value, the address, the sentence and the sidebar's links, with one input event", async () => {
  const bar = mount();
  const input = vi.fn();
  bar.addEventListener("input", input);
  tick(bar, "Direct");
  expect(bar.value).toEqual({period: "2026-Q2", filters: {region: [], source: ["Direct"]}});
  expect(says(bar)).toBe("Direct only · closed in 2026 Q2");
  await vi.waitFor(() => expect(location.search).toBe("?source=Direct"));
  expect(document.querySelector("nav a")!.getAttribute("href")).toBe("./forecast?source=Direct#top");
  expect(input).toHaveBeenCalledTimes(1);
});

test("the address sets the state, and what this page does not know is said and kept for the next page", () => {
  const bar = mount("?region=Region+7&region=Mars&campaign=Spring");
  expect(bar.value.filters["region"]).toEqual(["Region 7"]);
  expect(bar.querySelector(".weir-filters-note")!.textContent).toContain("“Mars” is not in Region here");
  expect(bar.querySelector(".weir-filters-note")!.textContent).toContain("filters by campaign");
  expect(document.querySelector("nav a")!.getAttribute("href")).toContain("campaign=Spring");
});

test("days of another page's span are handed on and not remarked on; that a day is not asked as of is said", () => {
  const note = (search: string) => mount(search).querySelector<HTMLElement>(".weir-filters-note")!;
  expect(note("?from=2026-05-01&to=2026-05-08").hidden).toBe(true);
  expect(document.querySelector("nav a")!.getAttribute("href")).toContain("from=2026-05-01&to=2026-05-08");
  expect(note("?on=2026-05-01").textContent).toContain("not asked as of a past day");
});

test("of a long list the first are in the page, those chosen too, and the others are found by search", async () => {
  const bar = mount("?region=Region+170");
  bar.querySelector<HTMLElement>("button.weir-filter")!.click();
  const [panel] = bar.querySelectorAll<HTMLElement>(".weir-choices");
  const names = () =>
    [...panel!.querySelectorAll("label")].map(
      (each) => each.firstElementChild!.nextElementSibling!.textContent
    );
  const note = panel!.querySelector<HTMLElement>(".weir-choices-note")!;
  expect(names()).toEqual([...Array.from({length: 100}, (_, i) => `Region ${i}`), "Region 170"]);
  expect([note.hidden, note.textContent]).toEqual([false, "99 more: search for them."]);
  const search = panel!.querySelector<HTMLInputElement>("input[type=search]")!;
  const type = (words: string) => {
    search.value = words;
    search.dispatchEvent(new Event("input", {bubbles: true}));
  };
  type("region 18");
  expect(names()).toEqual(["Region 18", ...Array.from({length: 10}, (_, i) => `Region 18${i}`)]);
  expect(note.hidden).toBe(true);
  panel!.querySelectorAll("input")[2]!.click();
  expect(bar.value.filters["region"]).toEqual(["Region 170", "Region 180"]);
  type("nowhere");
  expect([names(), note.hidden, note.textContent]).toEqual([[], false, "Nothing matches."]);
  type("");
  expect(names().slice(100)).toEqual(["Region 170", "Region 180"]);
  await vi.waitFor(() => expect(location.search).toBe("?region=Region+170&region=Region+180"));
});

test("typing in a list's search reaches nobody outside, and narrows the list", () => {
  const bar = mount();
  const input = vi.fn();
  bar.addEventListener("input", input);
  bar.querySelector<HTMLElement>("button.weir-filter")!.click();
  const search = bar.querySelector<HTMLInputElement>("input[type=search]")!;
  search.value = "region 19";
  search.dispatchEvent(new Event("input", {bubbles: true}));
  const seen = [...bar.querySelectorAll<HTMLElement>(".weir-multi:first-child label")].filter(
    (label) => !label.hidden
  );
  expect(seen).toHaveLength(11);
  expect(input).not.toHaveBeenCalled();
});

test("a list opens from the keyboard, arrows move through it, Escape closes it and gives focus back", () => {
  const bar = mount();
  const button = bar.querySelectorAll<HTMLButtonElement>("button.weir-filter")[1]!;
  const key = (name: string) =>
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true}));
  button.focus();
  key("ArrowDown");
  expect(button.getAttribute("aria-expanded")).toBe("true");
  key("ArrowDown");
  expect(document.activeElement!.closest("label")!.textContent).toContain("Partner");
  key("Escape");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(document.activeElement).toBe(button);
});

test("a choice that is pointed at tells what would be asked, without asking it", async () => {
  const onLikely = vi.fn();
  const bar = mount("?region=Region+7", {onLikely});
  const input = vi.fn();
  bar.addEventListener("input", input);
  bar.querySelectorAll<HTMLElement>("button.weir-filter")[1]!.click();
  const label = [...bar.querySelectorAll("label")].find((one) => one.textContent!.startsWith("Partner"))!;
  label.dispatchEvent(new Event("pointerover", {bubbles: true}));
  await vi.waitFor(() => expect(onLikely).toHaveBeenCalledWith({region: ["Region 7"], source: ["Partner"]}));
  expect(input).not.toHaveBeenCalled();
  expect(bar.value.filters["source"]).toEqual([]);
});

test("filters that cannot be asked together are taken off, with why, also those of the address", () => {
  const fit = {
    keep: ({region = [], source = []}: Record<string, string[]>, key: string | null) =>
      region.length > 0 && source.length > 0
        ? key === "source"
          ? {region: [], source}
          : {region, source: []}
        : {region, source},
    why: "One at a time."
  };
  const bar = mount("?region=Region+7&source=Direct", {fit});
  expect(bar.value.filters).toEqual({region: ["Region 7"], source: []});
  expect(bar.querySelector(".weir-filters-note")!.textContent).toBe(
    "Taken off: Source Direct. One at a time."
  );
  tick(bar, "Partner");
  expect(bar.value.filters).toEqual({region: [], source: ["Partner"]});
});

test("clear all empties every dimension and keeps the period", async () => {
  const bar = mount("?period=2026-Q1&source=Partner&region=Region+3");
  bar.querySelector<HTMLButtonElement>(".weir-clear")!.click();
  expect(bar.value).toEqual({period: "2026-Q1", filters: {region: [], source: []}});
  await vi.waitFor(() => expect(location.search).toBe("?period=2026-Q1"));
});

test("going back restores what was filtered", async () => {
  const bar = mount();
  tick(bar, "Direct");
  await vi.waitFor(() => expect(location.search).toBe("?source=Direct"));
  history.replaceState(null, "", "/pipeline?source=Partner");
  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(bar.value.filters["source"]).toEqual(["Partner"]);
});

test("going back to the same filters tells the page nothing, so that its tables stay", () => {
  const bar = mount("?source=Direct&deal=D1");
  const input = vi.fn();
  bar.addEventListener("input", input);
  history.replaceState(null, "", "/pipeline?source=Direct");
  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(input).not.toHaveBeenCalled();
});

test("the date of the data and its freshness are always said; stale is marked", () => {
  const bar = mount("", {freshness: {text: "export is 9 days old", stale: true}});
  expect(bar.querySelector(".weir-fresh")!.textContent).toBe("As of 30 Jun 2026 · export is 9 days old");
  expect(bar.querySelector(".weir-stale")).not.toBeNull();
});

test("a state given by the page counts only while the address is silent", () => {
  const state = {filters: {source: ["Direct"]}};
  expect(mount("", {state}).value.filters["source"]).toEqual(["Direct"]);
  expect(mount("?source=Partner", {state}).value.filters["source"]).toEqual(["Partner"]);
});

test("filterQuery leaves the default period out", () => {
  expect(filterQuery({period: "2026-Q2", filters: {region: ["A b"]}}, "2026-Q2")).toBe("?region=A+b");
  expect(filterQuery({period: "2026-Q1", filters: {}}, "2026-Q2")).toBe("?period=2026-Q1");
  expect(filterQuery({period: null, filters: {}})).toBe("");
});

test("a page can ask for days: in the address, within the data, and said", async () => {
  const day = {
    key: "from",
    label: "From",
    initial: "2026-06-23",
    min: "2026-01-01",
    max: "2026-06-30",
    phrase: "after"
  };
  expect(mount("?from=2026-05-01", {dates: [day]}).value.dates).toEqual({from: "2026-05-01"});
  expect(mount("?from=2019-05-01", {dates: [day]}).value.dates).toEqual({from: "2026-06-23"});
  expect(mount("?from=2019-05-01", {dates: [day]}).querySelector(".weir-filters-note")!.textContent).toBe(
    "The link asks for “2019-05-01”, which is no day from 1 Jan 2026 to 30 Jun 2026: 23 Jun 2026 is shown."
  );
  const lost = mount("?from=2019-05-01&region=Region+x", {dates: [day]});
  const other = lost.querySelector<HTMLInputElement>('input[type="date"]')!;
  other.value = "2026-06-01";
  other.dispatchEvent(new Event("change"));
  expect(lost.querySelector(".weir-filters-note")!.textContent).toBe(
    "“Region x” is not in Region here, so the link's filter on it is ignored."
  );
  await vi.waitFor(() => expect(location.search).toContain("from=2026-06-01"));
  const bar = mount("", {dates: [day]});
  const field = bar.querySelector<HTMLInputElement>('input[type="date"]')!;
  field.value = "2026-06-01";
  field.dispatchEvent(new Event("change"));
  expect(bar.value.dates).toEqual({from: "2026-06-01"});
  await vi.waitFor(() => expect(location.search).toBe("?from=2026-06-01"));
  expect(says(bar)).toBe("All deals · closed in 2026 Q2 · after 1 Jun 2026");
  field.value = "";
  field.dispatchEvent(new Event("change"));
  expect(bar.value.dates).toEqual({from: "2026-06-01"});
});

test("spans of days have names: in the address as names, and days chosen by hand go before them", async () => {
  const day = {min: "2026-01-01", max: "2026-06-30"};
  const dates = [
    {...day, key: "from", label: "From", initial: "2026-06-23", phrase: "after"},
    {...day, key: "to", label: "to", initial: "2026-06-30", phrase: "until"}
  ];
  const spans = {
    values: [
      {value: "seven", label: "last seven days", dates: {from: "2026-06-23", to: "2026-06-30"}},
      {value: "may", label: "last month", dates: {from: "2026-04-30", to: "2026-05-31"}}
    ],
    initial: "seven"
  };
  expect(mount("?span=may", {dates, spans}).value.dates).toEqual(spans.values[1]!.dates);
  expect(mount("?span=may&to=2026-06-01", {dates, spans}).value.dates).toEqual({
    from: "2026-06-23",
    to: "2026-06-01"
  });
  const bar = mount("", {dates, spans, period: null});
  const [from, to] = bar.querySelectorAll<HTMLInputElement>(
    'input[type="date"]'
  ) as Iterable<HTMLInputElement>;
  const named = bar.querySelector("select")!;
  named.value = "may";
  named.dispatchEvent(new Event("change"));
  expect([from!.value, to!.value]).toEqual(["2026-04-30", "2026-05-31"]);
  await vi.waitFor(() => expect(location.search).toBe("?span=may"));
  expect(says(bar)).toBe("All deals · last month · after 30 Apr 2026 · until 31 May 2026");
  from!.value = "2026-05-15";
  from!.dispatchEvent(new Event("change"));
  expect(bar.value.dates).toEqual({from: "2026-05-15", to: "2026-05-31"});
  await vi.waitFor(() => expect(location.search).toBe("?from=2026-05-15&to=2026-05-31"));
  expect(named.selectedOptions[0]!.textContent).toBe("days chosen by hand");
  named.value = "seven";
  named.dispatchEvent(new Event("change"));
  await vi.waitFor(() => expect(location.search).toBe(""));
  expect(bar.value.dates).toEqual(spans.values[0]!.dates);
});
