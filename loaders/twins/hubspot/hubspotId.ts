/** Record ids as HubSpot gives them: plain numbers, one sequence an object. */
const FIRST = {
  deal: 18_400_000_000,
  company: 9_100_000_000,
  contact: 33_200_000_000,
  lineItem: 6_700_000_000,
  engagement: 51_000_000_000,
  owner: 61_200_000
} as const;

/** The id of record `n` (from 0) of an object. */
export function hubspotId(object: keyof typeof FIRST, n: number): string {
  return String(FIRST[object] + n * 7 + 3);
}
