/** A large firm's page asked too widely, by the runtime that Framework runs pages with. */
import {gzipSync} from "node:zlib";
import {Runtime} from "@observablehq/runtime";
import {afterEach, describe, expect, test, vi} from "vitest";
import type {Filters} from "../../src/slices/select.js";
import type {SiteData} from "../../src/slices/site.js";
import {type Loaded, openAddresses, openSource, type PageFile} from "../../src/views/source.js";

const site = {
  asOf: "2026-05-22",
  nDeals: 1_000_000,
  dimensions: [{key: "owner", label: "Owner", values: [{value: "Ada", n: 2}]}],
  quarters: [],
  parts: {
    version: "1",
    cuts: [[]],
    rows: [{dimension: "owner", partOf: {Ada: 0}}],
    ...{partDeals: 1200, answers: null, pairs: [], days: [], recent: null, explored: false}
  }
} as unknown as SiteData;

const file = (content: unknown): PageFile => ({
  json: <T>() => Promise.resolve(content as T),
  url: () => Promise.resolve("")
});

afterEach(() => vi.unstubAllGlobals());

describe("a page that needs a narrower selection", () => {
  test("says so, and answers when one is chosen, which a cell that waits for ever would not", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", (url: string) => {
      asked.push(url);
      return Promise.resolve(new Response(gzipSync(JSON.stringify({n: 2, columns: {}}))));
    });
    const source = await openSource(file(site), {deals: file(null)}, {question: "How fast?"});
    const module = new Runtime().module();
    const shown: Loaded[] = [];
    const failed: unknown[] = [];
    module.variable().define("filters", [], () => ({}));
    module
      .variable({fulfilled: (value) => shown.push(value as Loaded), rejected: (error) => failed.push(error)})
      .define("loaded", ["filters", "invalidation"], (filters: Filters, invalidation: Promise<void>) =>
        source.at(filters, invalidation)
      );
    await vi.waitFor(() => expect(source.notice.textContent).toContain("choose one owner"));
    expect(source.notice.hidden).toBe(false);
    expect(shown).toEqual([]);

    module.redefine("filters", [], () => ({owner: ["Ada"]}));
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    expect(shown[0]!.context.facts["deals"]!.n).toBe(2);
    expect(source.notice.hidden).toBe(true);
    expect(asked).toEqual(["./_parts/owner-0/deals.gz.bin?v=1"]);

    module.redefine("filters", [], () => ({}));
    await vi.waitFor(() => expect(source.notice.hidden).toBe(false));
    expect(failed).toEqual([]);
  });
});

test("a page whose filters come later offers the narrow ones itself, and what is chosen is in the address", async () => {
  const {notice} = await openAddresses(file(site), {deals: file(null)}, "What else?");
  expect(notice.textContent).toContain("choose one owner below");
  document.body.append(notice);
  const select = notice.querySelector("select")!;
  expect([...select.options].map(({value}) => value)).toEqual(["", "Ada"]);
  select.value = "Ada";
  const reload = vi.fn();
  const address = vi.spyOn(history, "pushState");
  vi.stubGlobal("location", {pathname: "/explore", search: "", hash: "", reload});
  select.dispatchEvent(new Event("change", {bubbles: true}));
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  expect(address.mock.calls).toEqual([[null, "", "/explore?owner=Ada"]]);
  expect(address.mock.invocationCallOrder[0]).toBeLessThan(reload.mock.invocationCallOrder[0]!);
});

test("back to an address that asks for other deals opens the page anew, for its worker has read its files", async () => {
  const reload = vi.fn();
  const address = {pathname: "/explore", search: "?owner=Ada", hash: "", reload};
  vi.stubGlobal("location", address);
  await openAddresses(file(site), {deals: file(null)}, "What else?");
  address.search = "?owner=Ada&by=stage";
  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(reload).not.toHaveBeenCalled();
  address.search = "";
  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(reload).toHaveBeenCalledOnce();
});
