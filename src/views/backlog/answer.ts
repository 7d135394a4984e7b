/** The Backlog & delivery page in a few sentences: how much is to be made, what of it is late, and how promises have held. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {count, days, money, percent} from "../../components/format.js";
import type {BacklogFigures} from "../../figures/backlog.js";
import {stated} from "../../slices/evaluate.js";
import type {PageContext} from "../pageContext.js";

type Words = (string | Node)[];
type Cash = (cents: number) => Node;

/** Null where there are no orders. */
export function backlogAnswer({site}: Pick<PageContext, "site">, figures: BacklogFigures): Content | null {
  if (!figures.hasOrders || figures.nOrders === 0) return null;
  const {open} = figures;
  const cash: Cash = (cents) => html`<strong>${money(cents / 100, site.currency)}</strong>`;
  const held = heldWords(figures);
  if (open.list.n === 0)
    return ["Nothing is left to ship: every order has left the works or was cancelled.", ...held];
  return [...openWords(figures, cash), ...lateWords(figures, cash), ".", ...held];
}

function orders(n: number): string {
  return `${count(n)} ${n === 1 ? "order" : "orders"}`;
}

function openWords({open, lasts}: BacklogFigures, cash: Cash): Words {
  const {n} = open.list;
  const is = n === 1 ? "is" : "are";
  if (stated(open.cents, n) === null || open.nUnpriced === n)
    return [`${orders(n)} ${is} still to be shipped, none with a stated amount`];
  const unpriced = open.nUnpriced > 0 ? ` (${count(open.nUnpriced)} of them of no stated amount)` : "";
  return [
    cash(open.cents),
    ` in ${orders(n)}${unpriced} is still to be shipped`,
    ...(lasts === null
      ? []
      : [`, ${count(Math.round(lasts * 10) / 10)} months of shipments at the pace of the last twelve`])
  ];
}

/** What is past its promise, of what has one, and what is behind its plan before that. */
function lateWords({promised, late, nPastPromise}: BacklogFigures, cash: Cash): Words {
  const {overdue, n, nNone} = promised;
  const nBehind = late.n - nPastPromise;
  const behind =
    nBehind > 0
      ? [`, and ${count(nBehind)} ${overdue.n > 0 ? "more " : ""}${nBehind === 1 ? "is" : "are"} behind plan`]
      : [];
  const none = nNone > 0 ? `; ${count(nNone)} ${nNone === 1 ? "has" : "have"} none` : "";
  if (n === 0) return ["; none has a promised day", ...behind];
  if (overdue.n === 0) return [`; none of the ${orders(n)} with a promised day is past it${none}`, ...behind];
  return [
    "; ",
    ...(overdue.cents > 0 ? [cash(overdue.cents), ` of it (${orders(overdue.n)})`] : [orders(overdue.n)]),
    ` ${overdue.n === 1 || overdue.cents > 0 ? "is" : "are"} past the promised day${none}`,
    ...behind
  ];
}

/** What became of promises before: the best there is to say of those to come. */
function heldWords({onTime, errors}: BacklogFigures): Words {
  if (onTime.share === null)
    return [
      " Whether promises hold is not known: no order was promised for the last twelve months, or too few say when they arrived."
    ];
  const {p80} = errors.year;
  const by =
    p80 === null
      ? []
      : p80 > 0
        ? [`; four of five deliveries came no more than ${days(p80)} after it`]
        : [`; four of five deliveries came by the day or before`];
  return [
    " Of what was promised for the last twelve months, ",
    html`<strong>${percent(onTime.share)}</strong>`,
    " arrived by the promised day",
    ...by,
    "."
  ];
}
