/** Fields of open deals that models use: how to take them away, hold them back, and what others might have in them. */
import type {DealState} from "../deals/dealFeatures.ts";
import {filledLate} from "../deals/filledLate.ts";
import {NO_DAY, type PipelineHistory, spanAt} from "../history/pipelineHistory.ts";
import {passed} from "./heldBy.ts";

export interface DataField {
  key: string;
  label: string;
  /** Whether a deal lacks it on its day, in words; null when it has it. */
  lacking(state: DealState): string | null;
  blank(state: DealState): DealState;
  /** The state as the field stood so many days earlier; null for fields without a history. */
  stale: ((state: DealState, known: PipelineHistory, days: number) => DealState) | null;
  /** The state with the field as another deal has it. */
  like(state: DealState, other: DealState): DealState;
}

const earlier = (known: PipelineHistory, {deal, day}: DealState, days: number) =>
  spanAt(known, deal, day - days);

const AMOUNT: DataField = {
  key: "amount",
  label: "Amount",
  lacking: ({amount}) => (amount > 0 ? null : "no amount"),
  blank: (state) => ({...state, amount: Number.NaN}),
  stale(state, known, days) {
    const span = earlier(known, state, days);
    return span < 0 ? state : {...state, amount: known.amount[span]!};
  },
  like: (state, {amount}) => ({...state, amount})
};

const CLOSE_DATE: DataField = {
  key: "close_on",
  label: "Close date",
  lacking: ({closeOn, day}) =>
    closeOn === NO_DAY ? "no close date" : closeOn < day ? passed(day - closeOn) : null,
  blank: (state) => ({...state, closeOn: NO_DAY, nPushes: 0}),
  stale(state, known, days) {
    const span = earlier(known, state, days);
    return span < 0 ? state : {...state, closeOn: known.closeOn[span]!};
  },
  like: (state, other) => ({
    ...state,
    closeOn: other.closeOn === NO_DAY ? NO_DAY : state.day + other.closeOn - other.day
  })
};

const STAGE: DataField = {
  key: "stage",
  label: "Stage",
  lacking: ({stage}) => (stage < 0 ? "no known stage" : null),
  blank: (state) => ({...state, stage: -1, stageDays: -1}),
  stale(state, known, days) {
    const span = earlier(known, state, days);
    if (span < 0 || known.stage[span] === state.stage) return state;
    let entered = span;
    while (entered > known.spanStart[state.deal]! && known.stage[entered - 1] === known.stage[span])
      entered--;
    return {...state, stage: known.stage[span]!, stageDays: state.day - known.from[entered]!};
  },
  like: (state, {stage, stageDays}) => ({...state, stage, stageDays})
};

const CATEGORY: DataField = {
  key: "category",
  label: "Forecast category",
  lacking: ({category}) => (category < 0 ? "no forecast category" : null),
  blank: (state) => ({...state, category: -1}),
  stale(state, known, days) {
    const span = earlier(known, state, days);
    return span < 0 ? state : {...state, category: known.category[span]!};
  },
  like: (state, {category}) => ({...state, category})
};

const OWNER: DataField = {
  key: "owner",
  label: "Owner",
  lacking: ({owner}) => (owner < 0 ? "no owner" : null),
  blank: (state) => ({...state, owner: -1}),
  stale: null,
  like: (state, {owner}) => ({...state, owner})
};

/** Every field that models use of a history's deals, attributes included: those that at least one deal fills in. */
export function dataFields(history: PipelineHistory): DataField[] {
  const late = filledLate(history);
  const attributes = Object.entries(history.attributes).flatMap(([key, {label}], at): DataField[] => {
    if (late.has(key)) return [];
    const withCode = (state: DealState, code: number) => {
      const codes = state.attributes.slice();
      codes[at] = code;
      return {...state, attributes: codes};
    };
    return [
      {
        key,
        label,
        lacking: (state) => (state.attributes[at]! < 0 ? `no ${label.toLowerCase()}` : null),
        blank: (state) => withCode(state, -1),
        stale: null,
        like: (state, other) => withCode(state, other.attributes[at]!)
      }
    ];
  });
  const has: Record<string, boolean> = {
    amount: history.amount.some((value) => value > 0),
    close_on: history.closeOn.some((value) => value !== NO_DAY),
    stage: history.stage.some((value) => value >= 0),
    category: history.category.some((value) => value >= 0),
    owner: history.owner.some((value) => value >= 0)
  };
  return [...[AMOUNT, CLOSE_DATE, STAGE, CATEGORY, OWNER].filter(({key}) => has[key]), ...attributes];
}
