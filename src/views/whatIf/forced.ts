/** Single deals forced won, lost, moved or re-priced. */
import {html} from "htl";
import {money} from "../../components/format.js";
import type {ScenarioHead} from "../../scenario/head.js";
import {forcedWords} from "../../scenario/levers/words.js";
import type {ForcedDeal} from "../../scenario/scenario.js";
import type {Engine} from "./answers.js";

type Deals = Pick<Engine, "deals" | "names">;

const ACTIONS: [ForcedDeal["action"], string][] = [
  ["won", "is won"],
  ["lost", "is lost"],
  ["moved", "moves to"],
  ["priced", "closes at"]
];

/** The list of forced deals, and the form that adds one. Deals are called by name once the engine has said it. */
export function ForcedDeals(
  head: ScenarioHead,
  deals: Deals,
  forced: readonly ForcedDeal[],
  onChange: (forced: ForcedDeal[]) => void
): HTMLElement {
  const items = forced.map((each, at) => {
    const words = html`<span></span>`;
    const unseen = html`<span class="weir-unseen"></span>`;
    const remove = html`<button type="button" class="weir-button weir-quiet">Undo${unseen}</button>`;
    remove.addEventListener("click", () => onChange(forced.filter((_, i) => i !== at)));
    const call = (name: string) => {
      words.textContent = forcedWords(each, name);
      unseen.textContent = ` ${name}`;
    };
    call(`Deal ${each.deal}`);
    return {id: each.deal, call, element: html`<li>${words}${remove}</li>`};
  });
  if (items.length > 0)
    void deals.names(forced.map(({deal}) => deal)).then((found) => {
      for (const {id, name} of found) for (const item of items) if (item.id === id) item.call(name);
    });
  return html`<div class="weir-forced">
    ${items.length > 0 ? html`<ul>${items.map(({element}) => element)}</ul>` : null}
    ${Form(head, deals, (added) => onChange([...forced.filter(({deal}) => deal !== added.deal), added]))}
  </div>`;
}

function Form(
  {currency, asOf, windows}: ScenarioHead,
  deals: Deals,
  onAdd: (forced: ForcedDeal) => void
): HTMLElement {
  const option = (value: string, text: string) => html`<option value=${value}>${text}</option>`;
  const deal = html`<select></select>` as HTMLElement as HTMLSelectElement;
  const search =
    html`<input type="search" class="weir-search" placeholder="Find a deal" aria-label="Find a deal">` as HTMLElement as HTMLInputElement;
  const fill = async () => {
    const found = await deals.deals(search.value.trim());
    deal.replaceChildren(
      ...(found.length > 0
        ? found.map(({id, name, amount}) => option(id, `${name}, ${money(amount, currency)}`))
        : [option("", "no open deal is called so")])
    );
  };
  search.addEventListener("input", () => void fill());
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
  const root = html`<details class="weir-lever-add"><summary>Force a single deal</summary>
    ${search}<label>Deal ${deal}</label><label>What ${action}</label>${onField}${amountField}${note}${add}</details>` as HTMLElement as HTMLDetailsElement;
  root.addEventListener("toggle", () => {
    if (root.open && deal.childElementCount === 0) void fill();
  });
  return root;
}
