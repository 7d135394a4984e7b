/** Whether an amount is one that deals like it ever had: by product where that is known, on the scale of its logarithm. */
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import {quantileSorted} from "../numeric/quantiles.ts";

const LEAST_DEALS = 30;
/** Farther from the middle than so many times the distance of the quartiles is hard to believe. */
const FAR = 3;

/**
 * A judge of stated amounts, learned from the first amounts that deals stated.
 * @returns for an amount (null when none is stated), why it is hard to believe and how much of it, or null
 */
export function usualAmounts(
  history: PipelineHistory
): (said: number | null, known: PipelineHistory, deal: number) => {words: string; money: number} | null {
  const key = ["product", "product_family", "deal_type"].find(
    (name) => (history.attributes[name]?.words.length ?? 0) > 1
  );
  const group = (known: PipelineHistory, deal: number) => (key ? known.attributes[key]!.codes[deal]! : -1);
  const logs = new Map<number, number[]>();
  for (let d = 0; d < history.nDeals; d++) {
    const amount = firstAmount(history, d);
    if (!(amount > 0)) continue;
    for (const at of new Set([group(history, d), -1])) {
      const list = logs.get(at);
      if (list) list.push(Math.log(amount));
      else logs.set(at, [Math.log(amount)]);
    }
  }
  const bounds = new Map(
    [...logs].flatMap(([at, list]) => {
      if (list.length < LEAST_DEALS) return [];
      const sorted = list.sort((a, b) => a - b);
      const [low, middle, high] = [0.25, 0.5, 0.75].map((level) => quantileSorted(sorted, level)) as [
        number,
        number,
        number
      ];
      return [[at, {middle, low: low - FAR * (high - low), high: high + FAR * (high - low)}] as const];
    })
  );
  return (said, known, deal) => {
    if (said === null) return {words: "no amount", money: 0};
    const usual = bounds.get(group(known, deal)) ?? bounds.get(-1);
    if (!usual) return null;
    const middle = Math.exp(usual.middle);
    if (said <= 0 || Math.log(said) < usual.low)
      return {words: "an amount far below any like it", money: Math.max(0, middle - said)};
    if (Math.log(said) > usual.high) return {words: "an amount far above any like it", money: said - middle};
    return null;
  };
}

function firstAmount({amount, spanStart}: PipelineHistory, deal: number): number {
  for (let s = spanStart[deal]!; s < spanStart[deal + 1]!; s++)
    if (!Number.isNaN(amount[s]!)) return amount[s]!;
  return Number.NaN;
}
