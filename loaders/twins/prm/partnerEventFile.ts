/** partner_events.csv: training, certification, market funds, co-sell meetings and payouts from the partner portal. */
import {type Day, isoStamp, monthEnd, workdayAfter} from "../calendar/days.ts";
import type {Partner} from "../firm/cast.ts";
import type {CsvFile} from "../output/csvFile.ts";
import {money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";
import type {Rng} from "../random/rng.ts";
import {partnerNumber} from "./registrationFile.ts";

export type PartnerEventKind =
  | "training"
  | "certification"
  | "market_fund_request"
  | "market_fund_claim"
  | "co_sell_meeting"
  | "payout";

export interface PartnerEvent {
  partner: number;
  at: number;
  kind: PartnerEventKind;
  /** US dollars in cents; null where money is not the point. */
  cents: number | null;
  nPeople: number | null;
  customerName: string;
  crmId: string;
  status: string;
}

export class PartnerEventFile {
  private readonly file: CsvFile;
  private n = 0;

  constructor(
    folder: ExportFolder,
    private readonly partnerCrmId: (index: number) => string
  ) {
    this.file = folder.file("partner_events.csv", [
      "event_id",
      "partner_id",
      "event_at",
      "kind",
      "amount",
      "currency",
      "n_people",
      "end_customer_name",
      "crm_opportunity_id",
      "status",
      "partner_crm_id"
    ]);
  }

  write({partner, at, kind, cents, nPeople, customerName, crmId, status}: PartnerEvent): void {
    this.file.row(
      `PE-${String(++this.n).padStart(7, "0")},${partnerNumber(partner)},${isoStamp(at)},${kind},${money(cents)},${cents === null ? "" : "USD"},${nPeople ?? ""},${text(customerName)},${crmId},${status},${this.partnerCrmId(partner)}`
    );
  }
}

/** Training and market funds of a partner in order of kind; what it earned comes from its deals. */
export function programmeEvents(
  {index, tier, onboardedDay, trainedDays}: Partner,
  exportDay: Day,
  rng: Rng
): PartnerEvent[] {
  const events: PartnerEvent[] = [];
  const add = (
    kind: PartnerEventKind,
    day: Day,
    cents: number | null,
    nPeople: number | null,
    status: string
  ) => {
    if (day <= exportDay)
      events.push({
        partner: index,
        at: day * 86_400 + 36_000 + rng.int(20_000),
        kind,
        cents,
        nPeople,
        customerName: "",
        crmId: "",
        status
      });
  };
  for (const day of trainedDays) {
    const people = 1 + rng.int(6);
    add("training", day, null, people, "completed");
    if (rng.chance(0.6))
      add("certification", workdayAfter(day + 7 + rng.int(30)), null, 1 + rng.int(people), "passed");
  }
  const perYear = {Registered: 0.1, Silver: 0.7, Gold: 2, Platinum: 3.5}[tier];
  const years = Math.max(0, (exportDay - onboardedDay) / 365);
  for (let n = rng.poisson(perYear * years); n > 0; n--) {
    const day = workdayAfter(onboardedDay + rng.int(Math.max(1, exportDay - onboardedDay)));
    const cents = (2 + rng.int(30)) * 50_000;
    const isApproved = rng.chance(0.75);
    add("market_fund_request", day, cents, null, isApproved ? "approved" : "rejected");
    if (isApproved && rng.chance(0.85))
      add(
        "market_fund_claim",
        workdayAfter(day + 30 + rng.int(60)),
        Math.round(cents * rng.between(0.6, 1)),
        null,
        "paid"
      );
  }
  return events;
}

/** When commission for a deal won on a day is paid: the end of the following month. */
export function payoutDay(wonDay: Day): Day {
  return workdayAfter(monthEnd(monthEnd(wonDay) + 1));
}
