/** Figures of the Partners page: who brought the deals, and where CRM and portal do not agree. */
import {cell, rowObjects} from "../slices/facts.js";
import {entryCents, type LedgerTotal, ledgerTotals} from "../slices/ledger.js";
import {type OriginTotal, originTotals} from "../slices/origins.js";
import type {PartnerData} from "../slices/partnerData.js";
import {selectRows} from "../slices/select.js";
import {joinedTo} from "./joined.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** Deals of one origin: open now, won in the quarter. */
export type OriginMoney = Pick<OriginTotal, "key" | "wonCents" | "nWon" | "openCents" | "nOpen"> & {
  won: DealList;
};

/** An entry of the ledger that needs mending. */
export interface MendRow {
  value: number;
  [column: string]: string | number | null;
}

const MEND = [
  ...["class", "customer", "partner", "tier", "registration_id", "deal_name", "outcome", "state"],
  ...["since_on", "evidence", "mend"]
];

/** A registration as the partner who made it reads it. */
export interface OwnRegistration {
  amount: number | null;
  [column: string]: string | number | null;
}

const OWN = [
  ...["registration_id", "customer", "state", "submitted_on", "decided_on", "expires_on"],
  ...["deal_name", "outcome", "estimated_amount_base"]
];

/** The partner tables with the deals' own cuts. */
export function partnerTables({facts, files}: Asked): PartnerData {
  const raw: PartnerData = files["partners"];
  const deals = facts["deals"]!;
  return {
    origins: joinedTo(deals, raw.origins),
    ledger: joinedTo(deals, raw.ledger),
    registrations: joinedTo(deals, raw.registrations),
    own: joinedTo(deals, raw.own)
  };
}

/** Whether the workspace knows any partner. */
export function hasPartners({origins, ledger, registrations}: PartnerData): boolean {
  if (ledger.n > 0 || registrations.n > 0) return true;
  const column = origins.columns["origin"];
  return column?.kind === "key" && column.words.some((word) => word !== "direct");
}

export const partnersPage = {
  page: "partners",
  kinds: ["deals", "partners"],
  still: (asked: Asked) => {
    const data = partnerTables(asked);
    const ledger = ledgerTotals(data.ledger, selectRows(data.ledger, asked.chosen.filters));
    const mend = ledger.flatMap(({rows}) => rows).filter((row) => cell(data.ledger, "mend", row) !== null);
    return {
      hasPartners: hasPartners(data),
      own: ranked(
        rowObjects(data.own, selectRows(data.own, asked.chosen.filters), OWN).map(
          ({estimated_amount_base, ...row}): OwnRegistration => ({
            ...row,
            amount: estimated_amount_base as number | null
          })
        )
      ) satisfies Ranked<OwnRegistration>,
      ledger: ledger.map(({rows, ...total}): Omit<LedgerTotal, "rows"> => total),
      mendCents: mend.reduce((sum, row) => sum + entryCents(data.ledger, row), 0),
      toMend: ranked(
        mend
          .map(
            (row): MendRow => ({
              ...rowObjects(data.ledger, [row], MEND)[0]!,
              value: entryCents(data.ledger, row) / 100
            })
          )
          .sort((a, b) => b.value - a.value)
      ) satisfies Ranked<MendRow>
    };
  },
  quarter: (asked: Asked) => {
    const {origins} = partnerTables(asked);
    const {filters, period} = asked.chosen;
    const rows = selectRows(origins, filters);
    const deals = asked.facts["deals"]!;
    const totals = originTotals(origins, deals, rows, "origin", period);
    const unnamed = totals
      .filter(({key}) => key !== "direct")
      .flatMap(({open}) => open.filter((deal) => cell(deals, "channel", deal) === "Direct"));
    return {
      /** Open deals with a partner by the portal or a meeting, which the CRM has as direct. */
      unnamed: {
        n: unnamed.length,
        cents: unnamed.reduce(
          (sum, deal) => sum + Math.round(Number(cell(deals, "open_amount", deal)) * 100),
          0
        )
      },
      origins: totals.map(
        ({key, wonCents, nWon, openCents, nOpen, won}): OriginMoney => ({
          ...{key, wonCents, nWon, openCents, nOpen},
          won: dealList(won)
        })
      )
    };
  }
} satisfies PageFigures<object, object>;

export type PartnersFigures = ReturnType<typeof partnersPage.still> & ReturnType<typeof partnersPage.quarter>;
