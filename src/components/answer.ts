import {html} from "htl";

export type Content = string | Node | readonly (string | Node)[];

export interface PageAnswerProps {
  /** The page's title as the question it answers. */
  question: string;
  /** One computed sentence; emphasise figures with <strong> nodes. Null while there is not enough data. */
  answer: Content | null;
  /** True when the company's data is synthetic: the page says so. */
  synthetic?: boolean;
  company?: string | null;
  /** For whom the page is and what it holds, where that is not the firm itself. */
  audience?: {title: string; words: string} | null;
}

/** The head of a page: its question as h1, the one sentence that answers it, and what the data is. */
export function PageAnswer({
  question,
  answer,
  synthetic = false,
  company = null,
  audience = null
}: PageAnswerProps): HTMLElement {
  return html`<header class="weir-answer">
    ${synthetic ? Synthetic(company) : null}
    ${audience ? html`<p class="weir-audience"><strong>${audience.title}</strong> <span>${audience.words}</span></p>` : null}
    <h1>${question}</h1>
    <p class="weir-answer-text">${answer ?? "Not enough data to answer this yet."}</p>
  </header>`;
}

function Synthetic(company: string | null): HTMLElement {
  return html`<p class="weir-synthetic">
    <strong>Synthetic data</strong>
    <span>${company ? `${company} is not a real company` : "Not a real company"}; every figure here is made up.</span>
  </p>`;
}
