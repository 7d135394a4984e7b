/** Figures of the Products page: what each product brings, at what price, where it stalls, what is bought together. */
import {productPairs} from "../slices/crossSell.js";
import {cell, dayNumber, type FactTable} from "../slices/facts.js";
import {
  dealsByProduct,
  discountOf,
  mixByPeriod,
  type ProductRow,
  pricedLine,
  productRows,
  wonRows
} from "../slices/productLines.js";
import {productsKnown, stagesWithoutLines} from "../slices/productsKnown.js";
import {productTrend} from "../slices/productTrend.js";
import {NONE, selectRows} from "../slices/select.js";
import {stageRows} from "../slices/stagePaths.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";
import {openStages, pathsOf} from "./stages.js";

const YEAR = 365;
const QUARTERS = 12;
/** A share of fewer deals than this is not shown. */
const FEW = 10;
/** Products whose quarters are shown. */
const MOST_PRODUCTS = 6;

export const productsPage = {
  page: "products",
  kinds: ["deals", "lines", "entries"],
  still: (asked: Asked) => {
    const {site, facts} = asked;
    const lines = facts["lines"]!;
    const rows = rowsOf(asked);
    const since = {from: site.quarters[0]?.from ?? site.asOf, to: site.asOf};
    const quarters = site.quarters.slice(-QUARTERS);
    return {
      hasLines: hasLines(lines, rows),
      /** All deals that hold each product. */
      holders: Object.fromEntries(
        [...dealsByProduct(lines, rows, "line_product")].map(([product, deals]) => [product, dealList(deals)])
      ) satisfies Record<string, DealList>,
      mix: mixByPeriod(lines, facts["deals"]!, rows, quarters).map((each) => ({
        ...each,
        partial: quarters.find(({label}) => label === each.label)!.to > site.asOf
      })),
      discounts: quarters.map((quarter) => {
        const won = wonRows(lines, facts["deals"]!, rows, quarter).map(({row}) => row);
        return {
          on: quarter.from,
          label: quarter.label,
          value: discountOf(lines, won),
          n: won.length,
          partial: quarter.to > site.asOf
        };
      }),
      byQuarter: productTrend(
        lines,
        facts["deals"]!,
        rows,
        quarters.map((quarter) => ({...quarter, partial: quarter.to > site.asOf})),
        MOST_PRODUCTS
      ).map(({deals, ...each}) => ({...each, deals: dealList(deals)})),
      stalls: stallsOf(asked, rows),
      together: productPairs(
        lines,
        wonRows(lines, facts["deals"]!, rows, since).map(({row}) => row)
      )
    };
  },
  quarter: (asked: Asked) => {
    const {facts, chosen} = asked;
    const [lines, deals] = [facts["lines"]!, facts["deals"]!];
    const rows = rowsOf(asked);
    const won = wonRows(lines, deals, rows, chosen.period);
    const held = new Map<number, Set<string>>();
    for (const {deal, product} of won) held.set(deal, (held.get(deal) ?? new Set()).add(product));
    const known = productsKnown(
      stagesWithoutLines(lines, deals, rows),
      openStages(asked).ladders,
      pathsOf(asked, chosen.filters, dayNumber(asked.site.asOf))
    );
    return {
      products: productRows(
        lines,
        deals,
        rows,
        "line_product",
        chosen.period,
        known.counts
      ) satisfies ProductRow[],
      /** The first stages in which products are known, where they are not from the first on; null where they are. */
      knownFrom: known.from,
      discount: discountOf(
        lines,
        won.map(({row}) => row)
      ),
      /** Won deals with lines, and those of them with several products. */
      nWon: held.size,
      nSeveral: [...held.values()].filter(({size}) => size > 1).length,
      /** What the discount is of. */
      priced: pricedDeals(
        asked,
        won.map(({row}) => row)
      ),
      lists: {
        won: lineDeals(
          asked,
          won.map(({row}) => row)
        ),
        several: dealList([...held].filter(([, {size}]) => size > 1).map(([deal]) => deal)),
        bare: lineDeals(asked, openWithout(lines, deals, rows))
      }
    };
  }
} satisfies PageFigures<object, object>;

export type ProductsFigures = ReturnType<typeof productsPage.still> & ReturnType<typeof productsPage.quarter>;

/** A deal with what its lines come to. */
export interface LineDeal {
  deal_id: string;
  deal_name: string;
  amount: number;
  owner: string | null;
  stage: string | null;
}

/** The deals of lines, with the amounts of those lines alone, the largest first. */
function lineDeals({facts}: Asked, lineRows: readonly number[]): Ranked<LineDeal> {
  const [lines, deals] = [facts["lines"]!, facts["deals"]!];
  const cents = new Map<number, number>();
  for (const row of lineRows) {
    const deal = Number(cell(lines, "deal", row));
    cents.set(deal, (cents.get(deal) ?? 0) + Math.round(Number(cell(lines, "amount_base", row) ?? 0) * 100));
  }
  const word = (column: string, deal: number) => cell(deals, column, deal) as string | null;
  return ranked(
    [...cents]
      .sort(([, a], [, b]) => b - a)
      .map(([deal, sum]) => ({
        deal_id: word("deal_id", deal) ?? "",
        deal_name: word("deal_name", deal) ?? "",
        amount: sum / 100,
        owner: word("owner", deal),
        stage: word("stage", deal)
      }))
  );
}

/** A deal with what the lines that say both prices cost, and their list price. */
export interface PricedDeal {
  deal_id: string;
  deal_name: string;
  paid: number;
  list: number;
  discount: number | null;
  owner: string | null;
}

/** The deals of the lines that a discount is of, the dearest first, and what all come to. */
function pricedDeals(
  {facts}: Asked,
  lineRows: readonly number[]
): {deals: Ranked<PricedDeal>; paid: number; full: number} {
  const [lines, deals] = [facts["lines"]!, facts["deals"]!];
  const sums = new Map<number, {paid: number; list: number}>();
  for (const row of lineRows) {
    const priced = pricedLine(lines, row);
    if (!priced) continue;
    const deal = Number(cell(lines, "deal", row));
    const {paid, list} = sums.get(deal) ?? {paid: 0, list: 0};
    sums.set(deal, {paid: paid + priced.paid, list: list + priced.list});
  }
  const cents = (value: number) => Math.round(value * 100) / 100;
  const word = (column: string, deal: number) => cell(deals, column, deal) as string | null;
  const all = [...sums].sort(([, a], [, b]) => b.list - a.list);
  return {
    deals: ranked(
      all.map(([deal, {paid, list}]) => ({
        deal_id: word("deal_id", deal) ?? "",
        deal_name: word("deal_name", deal) ?? "",
        paid: cents(paid),
        list: cents(list),
        discount: list > 0 ? 1 - paid / list : null,
        owner: word("owner", deal)
      }))
    ),
    paid: cents(all.reduce((sum, [, {paid}]) => sum + paid, 0)),
    full: cents(all.reduce((sum, [, {list}]) => sum + list, 0))
  };
}

/** Lines of open deals that name no product. */
function openWithout(lines: FactTable, deals: FactTable, rows: readonly number[]): number[] {
  return rows.filter(
    (row) =>
      cell(lines, "line_product", row) === null &&
      cell(deals, "n_open", Number(cell(lines, "deal", row))) === 1
  );
}

function rowsOf({facts, chosen}: Asked): number[] {
  return selectRows(facts["lines"]!, chosen.filters);
}

/** Whether any line of the selection names a product. */
function hasLines(lines: FactTable, rows: readonly number[]): boolean {
  return rows.some((row) => cell(lines, "line_product", row) !== null);
}

/** For each family and stage, the share that moves on within a year; null where that cannot be told. */
function stallsOf(asked: Asked, rows: readonly number[]) {
  const {site, facts, chosen} = asked;
  const day = dayNumber(site.asOf);
  const paths = pathsOf(asked, chosen.filters, day);
  const families = [...dealsByProduct(facts["lines"]!, rows, "line_family")].filter(
    ([family]) => family !== NONE
  );
  const isEarly = stagesWithoutLines(facts["lines"]!, facts["deals"]!, rows);
  return openStages(asked).ladders.flatMap((ladder) =>
    families.flatMap(([family, deals]) => {
      const mine = paths.filter((path) => path.ladder.pipeline === ladder.pipeline && deals.has(path.deal));
      if (mine.length === 0) return [];
      return stageRows(mine, [ladder], day, {from: day - 2 * YEAR + 1, to: day}).map(
        ({stage, nEntered, cohort}) => {
          const point = nEntered >= FEW && !isEarly(stage) ? cohort : null;
          return {
            row: family,
            column: stage,
            value: point?.share ?? null,
            lo: point?.lo ?? null,
            hi: point?.hi ?? null,
            n: nEntered
          };
        }
      );
    })
  );
}
