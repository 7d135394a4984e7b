/** What is left of a company's name when spelling, legal form and filler are taken off: what two systems share. */
import {isPlain, matchingForm} from "../sources/matchingForm.ts";

/** Legal forms as their letters alone, after the matching form; both ends of a name are looked at. */
const LEGAL_FORMS = new Set(
  (
    "inc incorporated corp corporation co company llc llp lp ltd limited plc pte pty gmbh mbh ag kg kgaa ohg ug se " +
    "sa sas sarl sarlu srl spa sl slu sau bv nv vof ab as asa aps oy oyj kft zrt nyrt sro doo dd ood ead eood " +
    "sp z oo zoo spzoo ltda eireli mei sab cv kk gk yk pt tbk bhd sdn jsc ojsc ooo oao zao pjsc group holding holdings " +
    "株式会社 有限会社 合同会社 (株) ㈱ 公司 有限公司 股份有限公司 유한회사 주식회사"
  ).split(" ")
);

/** Legal forms that are written without a space before or after the name. */
const GLUED = ["株式会社", "有限会社", "合同会社", "股份有限公司", "有限公司", "주식회사", "유한회사"];
const FILLERS = new Set(["the", "and", "und", "et", "y", "e", "of", "de", "der", "die"]);

/**
 * "The Müller & Söhne GmbH & Co. KG" -> "muller sohne"; accents, punctuation, legal forms and fillers are gone. A
 * name that is nothing else keeps its matching form.
 */
export function coreName(name: string): string {
  const form = matchingForm(name);
  const bare = isPlain(form) ? form : inPlainLetters(form);
  // "s.a.", "a/s" and "sp. z o.o." are one word each.
  const words = bare
    .replace(/sp\.?\s*z\s*o\.?\s*o\.?/g, " spzoo ")
    .replace(/[./](?<=\b\p{L}[./])(?=\p{L}\b)/gu, "")
    .split(isPlain(bare) ? /[^a-z0-9]+/ : /[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !FILLERS.has(word));
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1)!)) words.pop();
  while (words.length > 1 && LEGAL_FORMS.has(words[0]!)) words.shift();
  return words.length > 0 ? words.join(" ") : form;
}

/** Without accents, letters that have none written out, and apart from legal forms that are glued to the name. */
function inPlainLetters(form: string): string {
  let bare = form
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
  bare = bare
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/æ/g, "ae")
    .replace(/œ/g, "oe")
    .replace(/ł/g, "l")
    .replace(/đ/g, "d");
  for (const glued of GLUED) bare = bare.replaceAll(glued, " ");
  return bare;
}

/** "https://www.Example.co.uk/path" and "sales@example.co.uk" -> "example.co.uk"; null for nothing or a mail host. */
export function coreDomain(text: string | null): string | null {
  if (!text) return null;
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^[^@/]*@/, "")
    .replace(/[/:?#].*$/, "")
    .replace(/^www\d?\./, "");
  return host.includes(".") && !FREE_MAIL.has(host) ? host : null;
}

const FREE_MAIL = new Set(
  "gmail.com outlook.com hotmail.com yahoo.com gmx.de gmx.net web.de icloud.com qq.com 163.com mail.ru".split(
    " "
  )
);
