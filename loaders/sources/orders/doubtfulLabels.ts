/** German headers that mean more than one thing: taken where other columns settle it, else asked about. */

interface Doubt {
  labels: readonly string[];
  /** Another header of the file that settles it. */
  settledBy: RegExp;
  question: (label: string) => string;
}

const RECEIVED = /^(Gelieferte Menge|Wareneingang.*)$/i;

const DOUBTS: readonly Doubt[] = [
  {
    labels: ["Bestellnummer", "Bestellung"],
    settledBy: /^(Lieferant.*|Kreditor.*|Gelieferte Menge|Wareneingang.*|Einkauf.*)$/i,
    question: (label) =>
      `did the company place the orders of ${label} with its suppliers? No column names a supplier or what came in; they are read as material on its way in. If customers placed them, take this file out`
  },
  {
    labels: ["Wunschlieferdatum"],
    settledBy: /^$/,
    question: (label) =>
      `${label} is the day that customers wished, and no column says what was promised; it is read as the day promised. Is it? If not: columns: {promised_on: null}`
  },
  {
    labels: ["Betrag", "Rechnungsbetrag", "Auftragswert"],
    settledBy: /netto|brutto|mwst|mehrwertsteuer|umsatzsteuer|^ust\b|steuerbetrag/i,
    question: (label) => `is ${label} without VAT? No other column says so; it is read as the net amount`
  },
  {
    labels: ["Lieferdatum"],
    settledBy: RECEIVED,
    question: (label) =>
      `is ${label} the day on which a delivery is due, or on which it came? It is read as the day due`
  }
];

/** @param read headers of the file that are read; @param header all of them; @returns a question for each in doubt */
export function doubtfulLabels(read: readonly string[], header: readonly string[]): string[] {
  return DOUBTS.flatMap(({labels, settledBy, question}) => {
    if (header.some((name) => !labels.includes(name) && settledBy.test(name))) return [];
    return labels.filter((label) => read.includes(label)).map((label) => `QUESTION: ${question(label)}`);
  });
}
