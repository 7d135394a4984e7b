/** Won deals beside contracts, what to mend, and contracts to look at. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {BarRows} from "../../components/charts/barRows.js";
import {DataTable} from "../../components/dataTable.js";
import {count, money} from "../../components/format.js";
import {colour} from "../../components/palette.js";
import {definitionOf} from "../metricKpi.js";
import type {Recurring} from "./context.js";

const SIDES = ["deals say", "contracts say"] as const;

/** Both sides in money, class by class. */
export function ChainLedger({context, figures, currency}: Recurring): HTMLElement {
  const {classes, isCut} = figures.ledger;
  const open = classes.filter(({isSettled}) => !isSettled);
  const nOpen = open.reduce((sum, {n}) => sum + n, 0);
  const rows = classes.map((each) => ({
    label: each.class,
    n: each.n,
    deal: each.deal / 100,
    contract: each.contract / 100,
    difference: (each.contract - each.deal) / 100
  }));
  const sum = (key: "deal" | "contract") => rows.reduce((total, row) => total + row[key], 0);
  return Chart({
    title:
      nOpen === 0 ? "Won deals and contracts agree" : `${count(nOpen)} won deals or contracts do not agree`,
    subtitle: `Recurring money a year of won deals beside the contracts that name them, ${currency}, all time`,
    rows,
    columns: [
      {key: "label", label: "Class", unit: "text"},
      {key: "n", label: "Entries", unit: "count", total: true},
      {key: "deal", label: "Deals say", unit: "money", currency, total: true},
      {key: "contract", label: "Contracts say", unit: "money", currency, total: true},
      {key: "difference", label: "Difference", unit: "money", currency, total: true}
    ],
    name: "arr-ledger",
    how: definitionOf(context, "arr_ledger"),
    note: html`<span>Every won deal with recurring money and every contract is in one class: deals come to ${money(sum("deal"), currency)}, contracts as they began to ${money(sum("contract"), currency)}. To agree they may differ by 1%.${
      isCut
        ? " Deals and contracts are compared by region and segment: the other filters do not reach this part."
        : ""
    }</span>`,
    empty: {
      reason: "No won deal states recurring money, and no contract is there.",
      action: "Export the deals' recurring amount and the contracts."
    },
    render: (width) =>
      BarRows({
        rows: rows.flatMap(({label, n, deal, contract}) => [
          {label, key: SIDES[0], value: deal, n},
          {label: `${label}, contracts`, text: "", key: SIDES[1], value: contract}
        ]),
        keys: SIDES,
        colours: [colour("open"), colour("won")],
        ...{width, currency},
        unit: "money",
        order: "given",
        noun: "entries"
      })
  });
}

/** Entries that somebody has to mend. */
export function LedgerEntries({figures, currency}: Recurring): HTMLElement | null {
  const {n, list} = figures.ledger.entries;
  if (n === 0) return null;
  return DataTable(
    list,
    [
      {key: "deal", label: "Deal or contract", unit: "text", missing: "none"},
      {key: "difference", label: "Difference", unit: "money", currency, total: true},
      {key: "class", label: "What is wrong", unit: "text"},
      {key: "mend", label: "What mends it", unit: "text"},
      {key: "customer", label: "Customer", unit: "text", missing: "none"},
      {key: "dealArr", label: "Deal says", unit: "money", currency, total: true},
      {key: "contractArr", label: "Contracts say", unit: "money", currency, total: true},
      {key: "owner", label: "Owner", unit: "text", missing: "none"},
      {key: "closed", label: "Won on", unit: "date", missing: "not won"},
      {key: "starts", label: "Begins", unit: "date", missing: "no contract"}
    ],
    {
      of: n,
      caption: "Won deals and contracts to mend, the largest difference first",
      showCaption: true,
      pageSize: 8
    }
  );
}

/** Contracts to look at, with their money and what was done with them. */
export function ContractDoubts({figures, currency}: Recurring): HTMLElement {
  const rows = figures.doubts.map((each) => ({...each, records: each.records.join(", ")}));
  return DataTable(
    rows,
    [
      {key: "doubt", label: "What", unit: "text"},
      {key: "n", label: "Contracts", unit: "count", total: true},
      {key: "amount", label: "ARR concerned", unit: "money", currency, missing: "none"},
      {key: "treatment", label: "What was done", unit: "text"},
      {key: "records", label: "The first of them", unit: "text"}
    ],
    {
      caption: "Contracts to look at",
      showCaption: true,
      pageSize: Math.max(2, rows.length + 1),
      search: false,
      empty: {
        reason:
          "Every contract is signed, is there once, and has a known customer, a currency and an end after its start."
      }
    }
  );
}
