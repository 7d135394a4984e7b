/** Record ids as Salesforce makes them: 15 case-sensitive characters and three that make them safe without case. */

export const PREFIX = {
  account: "001",
  user: "005",
  opportunity: "006",
  opportunityHistory: "008",
  fieldHistory: "017",
  lineItem: "00k",
  partner: "00I",
  lead: "00Q",
  task: "00T",
  campaignMember: "00v",
  stage: "01J",
  pricebook: "01s",
  product: "01t",
  pricebookEntry: "01u",
  contact: "003",
  contactRole: "00K",
  campaign: "701",
  quota: "0J9",
  period: "026",
  profile: "00e",
  role: "00E",
  rate: "04w"
} as const;

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const ORG = "5g0";

const PAIRS = Array.from({length: 62 * 62}, (_, i) => DIGITS[Math.floor(i / 62)]! + DIGITS[i % 62]!);

/** Which of a pair's two characters are capitals, as bits. */
const CAPITALS = Uint8Array.from(
  PAIRS,
  (pair) => isCapital(pair.charCodeAt(0)) | (isCapital(pair.charCodeAt(1)) << 1)
);

/** The 18-character id of record `n` (below 62^6) of an object. */
export function salesforceId(prefix: string, n: number): string {
  const high = Math.floor(n / 14_776_336);
  const rest = n - high * 14_776_336;
  const middle = Math.floor(rest / 3844);
  const {start, checks, lastHigh} = headOf(prefix, high);
  const last = rest - middle * 3844;
  return `${start}${PAIRS[middle]!}${PAIRS[last]!}${checks}${CHECK[lastHigh | (CAPITALS[middle]! << 1) | (CAPITALS[last]! << 3)]!}`;
}

interface Head {
  prefix: string;
  high: number;
  start: string;
  checks: string;
  /** 1 when the eleventh character is a capital: the first of the third five. */
  lastHigh: number;
}

const HEADS: Head[] = [];

/** The first eleven characters and the check of the first ten: the same for millions of records of an object. */
function headOf(prefix: string, high: number): Head {
  for (const head of HEADS) if (head.prefix === prefix && head.high === high) return head;
  const start = `${prefix}${ORG}000${PAIRS[high]!}`;
  const head = {
    prefix,
    high,
    start,
    checks: check(start, 0) + check(start, 5),
    lastHigh: isCapital(start.charCodeAt(10))
  };
  HEADS.push(head);
  return head;
}

/** One check character says which of five characters are capitals. */
function check(body: string, from: number): string {
  let bits = 0;
  for (let i = 0; i < 5; i++) {
    bits |= isCapital(body.charCodeAt(from + i)) << i;
  }
  return CHECK[bits]!;
}

function isCapital(code: number): number {
  return code >= 65 && code <= 90 ? 1 : 0;
}
