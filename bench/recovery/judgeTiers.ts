/** Tier suggestions beside what partners are planted to be worth: by their own effect on deals, and by the money that their deals promised. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {dayAt, dealCents, groupBy, numberAt, rowsOf, wordAt} from "../../src/slices/partners/columns.ts";
import type {ProgrammeData} from "../../src/slices/partners/programmeData.ts";
import {type TierRow, tierAdvice} from "../../src/slices/partners/tiers.ts";
import type {JudgedFirm, Tally} from "./judgedFirm.ts";

const TWO_YEARS = 730;
const YEAR = 365;

/** What is true of a partner. */
interface Worth {
  /** Of its part in a deal, on the log hazard. */
  effect: number;
  /** Cents a year that its deals promised to win in the two years, or since it signed. */
  promised: number;
}

/** @returns the partners' effects with their training, by id */
export function readPartnerEffects(dir: string): Map<string, number> {
  const [header, ...lines] = readFileSync(join(dir, "truth", "partners.csv"), "utf8")
    .trimEnd()
    .split("\n");
  const columns = header!.split(",");
  const [id, effect] = ["partner_id", "effect_with_training"].map((name) => columns.indexOf(name));
  return new Map(lines.map((line) => line.split(",")).map((cells) => [cells[id!]!, Number(cells[effect!])]));
}

/** Whether suggested tiers order partners better than the tiers they hold, and whether those to move are right to. */
export function judgeTiers(judged: JudgedFirm, programme: ProgrammeData): Tally[] {
  const {tiers} = programme;
  const {rows} = tierAdvice(programme, judged.deals);
  const worth = worthOf(judged, programme);
  const known = rows.flatMap((row) => {
    const true_ = worth.get(row.partner);
    return true_ ? [{...row, ...true_}] : [];
  });
  const pairs = (tierOf: (row: TierRow) => string, value: (each: (typeof known)[number]) => number) => {
    let [right, of] = [0, 0];
    for (const [i, one] of known.entries())
      for (const other of known.slice(i + 1)) {
        const apart = tiers.indexOf(tierOf(one)) - tiers.indexOf(tierOf(other));
        const difference = value(one) - value(other);
        if (apart === 0 || difference === 0) continue;
        of++;
        if (apart > 0 === difference > 0) right++;
      }
    return {right, of};
  };
  const moved = (advice: "up" | "down") => known.filter((row) => row.advice === advice);
  const [held, to] = [({tier}: TierRow) => tier, ({to}: TierRow) => to];
  const meanEffect = new Map(
    [...groupBy(known, ({tier}) => tier)].map(([tier, list]) => [
      tier,
      list.reduce((sum, {effect}) => sum + effect, 0) / list.length
    ])
  );
  // Like with like: what the deals of the middle partner of a tier promised, not what luck made of them; or what the programme asks.
  const middle = tiers.map((tier) =>
    median(known.filter((row) => row.tier === tier).map((row) => row.promised))
  );
  const step = (row: TierRow, by: -1 | 0 | 1) => middle[tiers.indexOf(row.tier) + by] ?? null;
  const toRise = (row: TierRow) =>
    row.askedAbove?.yearCents ?? Math.max(step(row, 0) ?? 0, step(row, 1) ?? 0);
  const toStay = (row: TierRow) =>
    row.asked?.yearCents ?? Math.min(step(row, 0) ?? 0, step(row, -1) ?? Number.POSITIVE_INFINITY);
  return [
    {
      what: "Pairs of partners whose tiers held stand as the money promised",
      ...pairs(held, (each) => each.promised)
    },
    {what: "The same of the tiers suggested", ...pairs(to, (each) => each.promised)},
    {
      what: "Pairs of partners whose tiers held stand as their true effects",
      ...pairs(held, (each) => each.effect)
    },
    {what: "The same of the tiers suggested, by effect", ...pairs(to, (each) => each.effect)},
    {
      what: "Suggested up, and its deals promised what the next tier takes",
      right: moved("up").filter((row) => row.promised > toRise(row)).length,
      of: moved("up").length
    },
    {
      what: "Suggested down, and its deals promised less than its tier takes",
      right: moved("down").filter((row) => row.promised < toStay(row)).length,
      of: moved("down").length
    },
    {
      what: "Suggested up, and its true effect is above its tier's mean",
      right: moved("up").filter(({effect, tier}) => effect > meanEffect.get(tier)!).length,
      of: moved("up").length
    },
    {
      what: "Suggested down, and its true effect is below its tier's mean",
      right: moved("down").filter(({effect, tier}) => effect < meanEffect.get(tier)!).length,
      of: moved("down").length
    }
  ];
}

function worthOf(
  {deals, planted, chances, asOf, partnerEffects}: JudgedFirm,
  {parts, partners}: ProgrammeData
): Map<string, Worth> {
  const brought = groupBy(
    rowsOf(parts).filter((row) => numberAt(parts, "is_origin", row) === 1),
    (row) => wordAt(parts, "partner", row)!
  );
  return new Map(
    rowsOf(partners).flatMap((row): [string, Worth][] => {
      const partner = wordAt(partners, "partner", row)!;
      const mine = (brought.get(partner) ?? []).flatMap((part) => {
        const deal = numberAt(parts, "deal", part)!;
        const one = planted[deal];
        return one?.partner ? [{deal, one}] : [];
      });
      const effect = partnerEffects.get(mine[0]?.one.partner ?? "");
      if (effect === undefined) return [];
      const from = Math.max(asOf - TWO_YEARS, dayAt(partners, "signed_on", row) ?? Number.NEGATIVE_INFINITY);
      const promised = mine.reduce(
        (sum, {deal, one}) => sum + chances.endsAs(one, {from, to: asOf}).won * dealCents(deals, deal),
        0
      );
      return [[partner, {effect, promised: promised / Math.max(1, (asOf - from) / YEAR)}]];
    })
  );
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
