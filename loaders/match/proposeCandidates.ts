/** The deals that each registration could be, scored: those of firms with its domain or a name near its own. */
import {groupBy} from "./groupBy.ts";
import {nameIndex} from "./nameIndex.ts";
import {wordWeights} from "./nameSimilarity.ts";
import {type Business, type PairScore, scorePair} from "./scorePair.ts";

export interface Candidate extends PairScore {
  registrationId: string;
  dealId: string;
}

/** All pairs that score at least `from`, by registration. */
export function proposeCandidates(
  registrations: readonly Business[],
  deals: readonly Business[],
  from: number
): Candidate[] {
  const byName = groupBy(deals, ({name}) => name);
  const byDomain = groupBy(deals, ({domain}) => domain && domain.split(".")[0]!);
  const names = [...byName.keys()];
  const index = nameIndex(names);
  const weights = wordWeights(names);
  const nearNames = new Map<string, number[]>();
  return registrations.flatMap((registration) => {
    const {name, domain} = registration;
    if (name && !nearNames.has(name)) nearNames.set(name, index.near(name));
    const near = (name ? nearNames.get(name)! : []).flatMap((each) => byName.get(names[each]!)!);
    const same = domain ? (byDomain.get(domain.split(".")[0]!) ?? []) : [];
    return [...new Set([...near, ...same])].flatMap((deal) => {
      const scored = scorePair(registration, deal, weights);
      return scored.score >= from ? [{registrationId: registration.id, dealId: deal.id, ...scored}] : [];
    });
  });
}
