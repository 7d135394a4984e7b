/** Whether a field is known of all deals alike, or filled in on the way or at the end: then having it tells how far a deal came, not what it is. */

/** Deals of one outcome, and those of them that lack the field. */
export interface Lacking {
  n: number;
  missing: number;
}

/** Shares that are further apart than this, and than luck, are not those of a field known from the start. */
const LATE_GAP = 0.1;
/** Records of closed deals are gone over at their closing; open ones have a field the more seldom the younger they are. */
const CLOSING_GAP = 0.15;
/** Deals of a side below which nothing is said. */
const LEAST = 10;

/** True when the field is missing more often of the lost deals than of the won ones, or the reverse: it is filled in as a deal goes on. */
export function isFilledLate(won: Lacking, lost: Lacking): boolean {
  if (won.n < LEAST || lost.n < LEAST) return false;
  const luck = Math.sqrt(variance(won) + variance(lost));
  return Math.abs(share(won) - share(lost)) > Math.max(LATE_GAP, 2 * luck);
}

/** True when the field is missing more often of open deals than of closed ones, or the reverse: it gives away that a deal has closed. */
export function isFilledAtClosing(open: Lacking, closed: Lacking): boolean {
  if (open.n < LEAST || closed.n < LEAST) return false;
  return Math.abs(share(open) - share(closed)) > CLOSING_GAP;
}

function share({n, missing}: Lacking): number {
  return missing / n;
}

function variance(side: Lacking): number {
  return (share(side) * (1 - share(side))) / side.n;
}
