/** Single deals forced won, lost, moved or re-priced. */
import {html} from "htl";
import {money} from "../../components/format.js";
import type {ScenarioInput} from "../../scenario/input.js";
import {forcedWords} from "../../scenario/levers/words.js";
import type {ForcedDeal} from "../../scenario/scenario.js";
import {cell} from "../../slices/facts.js";

/** The largest that match; the search finds the others. */
const MOST_LISTED = 200;

const ACTIONS: [ForcedDeal["action"], string][] = [
  ["won", "is won"],
  ["lost", "is lost"],
  ["moved", "moves to"],
  ["priced", "closes at"]
];

/** What a deal is called, by id; its id when it is not open in this data. */
export function dealNames({deals}: ScenarioInput): (id: string) => string {
  const rows = new Map(Array.from({length: deals.n}, (_, row) => [String(cell(deals, "deal_id", row)), row]));
  return (id) => {
    const row = rows.get(id);
    return row === undefined ? `Deal ${id}` : String(cell(deals, "deal_name", row));
  };
}

/** The list of forced deals, and the form that adds one. */
export function ForcedDeals(
  input: ScenarioInput,
  forced: readonly ForcedDeal[],
  onChange: (forced: ForcedDeal[]) => void
): HTMLElement {
  const nameOf = dealNames(input);
  const items = forced.map((each, at) => {
    const remove = html`<button type="button" class="weir-button weir-quiet">Undo<span class="weir-unseen"> ${nameOf(each.deal)}</span></button>`;
    remove.addEventListener("click", () => onChange(forced.filter((_, i) => i !== at)));
    return html`<li><span>${forcedWords(each, nameOf(each.deal))}</span>${remove}</li>`;
  });
  return html`<div class="weir-forced">
    ${items.length > 0 ? html`<ul>${items}</ul>` : null}
    ${Form(input, (added) => onChange([...forced.filter(({deal}) => deal !== added.deal), added]))}
  </div>`;
}

function Form(input: ScenarioInput, onAdd: (forced: ForcedDeal) => void): HTMLElement {
  const {deals, currency, asOf, windows} = input;
  const rows = Array.from({length: deals.n}, (_, row) => ({
    id: String(cell(deals, "deal_id", row)),
    name: String(cell(deals, "deal_name", row)),
    amount: Number(cell(deals, "amount", row) ?? 0)
  })).sort((a, b) => b.amount - a.amount);
  const option = (value: string, text: string) => html`<option value=${value}>${text}</option>`;
  const options = (wanted: string) =>
    rows
      .filter(({name}) => name.toLowerCase().includes(wanted))
      .slice(0, MOST_LISTED)
      .map(({id, name, amount}) => option(id, `${name}, ${money(amount, currency)}`));
  const deal = html`<select>${options("")}</select>` as HTMLElement as HTMLSelectElement;
  const search =
    html`<input type="search" class="weir-search" placeholder="Find a deal" aria-label="Find a deal">` as HTMLElement as HTMLInputElement;
  search.addEventListener("input", () => deal.replaceChildren(...options(search.value.toLowerCase())));
  const action =
    html`<select>${ACTIONS.map(([value, text]) => option(value, text))}</select>` as HTMLElement as HTMLSelectElement;
  const on =
    html`<input type="date" min=${asOf} max=${windows.at(-1)!.to} value=${asOf}>` as HTMLElement as HTMLInputElement;
  const amount =
    html`<input type="number" min="0" step="any" placeholder="as expected">` as HTMLElement as HTMLInputElement;
  const onField = html`<label>On ${on}</label>`;
  const amountField = html`<label>At (${currency}) ${amount}</label>`;
  const note = html`<p class="weir-lever-unseen" role="status" hidden></p>`;
  const suit = () => {
    onField.hidden = action.value !== "won" && action.value !== "moved";
    amountField.hidden = action.value !== "won" && action.value !== "priced";
  };
  action.addEventListener("change", suit);
  suit();
  const add = html`<button type="button" class="weir-button">Force it</button>`;
  add.addEventListener("click", () => {
    const price = amount.value === "" ? undefined : amount.valueAsNumber;
    const missing = !deal.value
      ? "No deal is chosen."
      : action.value === "priced" && price === undefined
        ? "Say what it closes at."
        : !onField.hidden && !on.value
          ? "Say on which day."
          : "";
    note.textContent = missing;
    note.hidden = missing === "";
    if (missing) return;
    onAdd({
      deal: deal.value,
      action: action.value as ForcedDeal["action"],
      ...(onField.hidden || (action.value === "won" && on.value === asOf) ? {} : {on: on.value}),
      ...(amountField.hidden || price === undefined ? {} : {amount: price})
    });
  });
  return html`<details class="weir-lever-add"><summary>Force a single deal</summary>
    ${rows.length > 12 ? search : null}<label>Deal ${deal}</label><label>What ${action}</label>${onField}${amountField}${note}${add}</details>`;
}
