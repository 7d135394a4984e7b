/** Marketing's projections, costs, curves and effects beside what was planted. */
import type {MarketingData} from "../../src/slices/marketing.ts";
import type {JudgedFirm, Judgement, Statement} from "./judgedFirm.ts";

const Z80 = 1.281552;

interface SourcedRow {
  channel: string;
  outcome: string;
  nth: number;
  amount: number;
}

export async function judgeMarketing(judged: JudgedFirm, data: MarketingData): Promise<Judgement> {
  const {engine, planted} = judged;
  const rows = await engine.rows<SourcedRow>(`
    select campaign.channel, sourced.outcome, sourced.amount::double as amount, nth.deal as nth
    from marts.campaign_deals as sourced inner join marts.campaigns as campaign using (campaign_id)
    inner join (select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal from marts.deals) as nth using (deal_id)
    where sourced.part = 'sourced'`);
  const later = rows.filter(({outcome, nth}) => outcome === "open" && planted[nth]?.outcome === "won");
  const projections = data.channels.flatMap(({name, dealsToCome, toCome}): Statement[] => {
    const mine = later.filter(({channel}) => channel === name);
    return [
      {
        what: "Deals still to be won, by channel, 80%",
        estimate: dealsToCome.mean,
        lo: dealsToCome.lo,
        hi: dealsToCome.hi,
        truth: mine.length
      },
      {
        what: "Money still to come, by channel, 80%",
        estimate: toCome.mean,
        lo: toCome.lo,
        hi: toCome.hi,
        truth: mine.reduce((sum, {amount}) => sum + amount, 0)
      }
    ];
  });
  const total = data.total?.dealsToCome;
  const whole: Statement[] = total
    ? [
        {
          what: "Deals still to be won, all channels, 80%",
          estimate: total.mean,
          lo: total.lo,
          hi: total.hi,
          truth: later.length
        }
      ]
    : [];
  const [curve] = data.curves;
  const half = curve ? Z80 * Math.sqrt(curve.varElasticity) : 0;
  const spend: Statement = {
    what: "Elasticity of deals to spend, 80%",
    estimate: curve?.elasticity ?? null,
    lo: curve ? curve.elasticity - half : null,
    hi: curve ? curve.elasticity + half : null,
    // The twins draw a campaign's budget apart from what it brings.
    truth: 0
  };
  const known = await engine.rows<{deal_id: string; campaign_id: string; nth: number}>(`
    select sourced.campaign_id, nth.deal as nth from marts.campaign_deals as sourced
    inner join (select deal_id, cast(row_number() over (order by deal_id) - 1 as integer) as deal from marts.deals) as nth using (deal_id)
    where sourced.part = 'sourced'`);
  const named = known.filter(({nth}) => planted[nth]?.campaign);
  return {
    statements: [...projections, ...whole, spend],
    tallies: [
      {
        what: "Campaign that sourced a deal, and so planted",
        right: named.filter(({nth, campaign_id}) => planted[nth]!.campaign === campaign_id).length,
        of: known.length
      }
    ]
  };
}
