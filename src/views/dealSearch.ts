/** Search over all open deals of a large firm, whose pages hold only the largest. */
import {html} from "htl";
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {count} from "../components/format.js";
import {
  type FoundDeal,
  foundIn,
  LETTERS,
  type Shard,
  shardFile,
  shardFor,
  wordsOf
} from "../slices/dealSearch.js";
import {partReader} from "../slices/partReader.js";
import type {SiteData} from "../slices/site.js";

const SHOWN = 100;

interface Found {
  id: string;
  name: string;
  amount: number | null;
  account: string | null;
  owner: string | null;
  stage: string | null;
  closeOn: string | null;
}

/** A box to type into and what was found; nothing for a firm whose page lists every open deal. */
export function DealSearch(site: SiteData): HTMLElement {
  if (!site.parts) return html`<span></span>`;
  const read = partReader(site.parts.version);
  const box =
    html`<input type="search" class="weir-search weir-table-search" placeholder="Name, customer or owner" aria-label="Search all open deals">` as HTMLInputElement;
  const status = html`<p class="weir-table-status" role="status"></p>`;
  const place = html`<div></div>`;
  let asked = "";
  const search = async () => {
    asked = box.value;
    const typed = asked;
    const show = (words: string, ...nodes: HTMLElement[]) => {
      // What was typed meanwhile has an answer of its own.
      if (typed !== asked) return;
      status.textContent = words;
      place.replaceChildren(...nodes);
    };
    if (!wordsOf(typed).some((word) => [...word].length >= LETTERS))
      return show(typed.trim() === "" ? "" : `Type at least ${LETTERS} letters of a word.`);
    const sizes = (await read("search/index")) as Record<string, number>;
    const key = shardFor(typed, sizes);
    if (key === null) return show("No open deal has such words.");
    const shard = (await read(shardFile(key))) as Shard;
    const found = foundIn(shard, typed);
    const only =
      shard.n > shard.deals.length
        ? ` among the ${count(shard.deals.length)} largest of the ${count(shard.n)} open deals with a word in ${key}…; type more words to find others`
        : "";
    if (found.length === 0) return show(`Nothing found${only}.`);
    show(
      `${count(found.length)} open ${found.length === 1 ? "deal" : "deals"} found${only}.`,
      FoundTable(site, found)
    );
  };
  box.addEventListener("input", (event) => {
    event.stopPropagation();
    void search();
  });
  return html`<section class="weir-table">
    <h2 class="weir-table-caption">Search all open deals</h2>
    <div class="weir-table-bar">${box}${status}</div>${place}
  </section>`;
}

function FoundTable({dealUrl, currency}: SiteData, found: readonly FoundDeal[]): HTMLElement {
  const link = ({id}: Found) => dealUrl?.replace("{id}", encodeURIComponent(id)) ?? null;
  const columns: TableColumn<Found>[] = [
    {key: "name", label: "Deal", unit: "text", ...(dealUrl ? {link} : {})},
    {key: "amount", label: "Amount", unit: "money", currency, missing: "none stated"},
    {key: "account", label: "Customer", unit: "text"},
    {key: "owner", label: "Owner", unit: "text"},
    {key: "stage", label: "Stage", unit: "text"},
    {key: "closeOn", label: "Close date", unit: "date"},
    {key: "id", label: "Id", unit: "text"}
  ];
  const rows = found.slice(0, SHOWN).map(([id, name, account, owner, cents, stage, closeOn]) => ({
    ...{id, name, account, owner, stage, closeOn},
    amount: cents === null ? null : cents / 100
  }));
  return DataTable(rows, columns, {
    caption: "Open deals found, the largest first",
    pageSize: 8,
    search: false,
    of: found.length
  });
}
