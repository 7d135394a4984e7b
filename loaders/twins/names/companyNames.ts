/** Invented companies: a stem, a trade and a legal form, in the tradition of the country. */
import type {Rng} from "../random/rng.ts";
import type {Locale} from "./countries.ts";

export interface CompanyName {
  /** As the company writes it. */
  name: string;
  /** As it trades abroad: in Latin letters. */
  latinName: string;
  /** Invented domain under names reserved for examples, so that no real firm is ever linked. */
  domain: string;
}

const START =
  "Vel Nor Cas Bru Tes Quin Mar Ald Fen Hol Ost Rav Sil Tor Ul Wex Yar Zan Bel Cor Dun Er Gal Hav Is Jor Kel Lum Mon Ner Or Pel Ran Sol Tam Vor Wil Xan Ard Bex".split(
    " "
  );
const MIDDLE = "a e i o an en or ar el ia eo un is ev al os im et ad ol".split(" ");
const END =
  "trix vane dora mond stead bury mark field crest forge haven lund wick brook gate mere ton dale worth nova tek via core lane ridge port stone line form cast".split(
    " "
  );

const TRADES: Record<Locale, readonly string[]> = {
  en: ["Logistics", "Health", "Foods", "Energy", "Media", "Insurance", "Robotics", "Retail Group", "Bank"],
  de: ["Maschinenbau", "Gesundheit", "Versicherungen", "Lebensmittel", "Energie", "Möbel", "Anlagentechnik"],
  fr: ["Énergie", "Santé", "Assurances", "Logistique", "Alimentaire", "Télécom"],
  es: ["Logística", "Alimentación", "Energía", "Seguros", "Salud"],
  pt: ["Logística", "Alimentos", "Energia", "Saúde", "Construções"],
  it: ["Meccanica", "Alimentari", "Energia", "Assicurazioni"],
  nordic: ["Energi", "Møbler", "Försäkring", "Logistik", "Fiskeri"],
  pl: ["Żywność", "Logistyka", "Energia", "Ubezpieczenia"],
  ja: ["精機", "物流", "食品", "電工", "製薬"],
  zh: ["科技", "物流", "食品", "能源"],
  ko: ["전자", "물류", "식품", "에너지"],
  ar: ["للطاقة", "للأغذية", "للخدمات اللوجستية"],
  el: ["Ενεργειακή", "Τρόφιμα", "Ναυτιλιακή"],
  hi: ["ऊर्जा", "Foods", "Logistics"]
};

/** Trades of firms that make things, where the other list has banks and the like. */
const FACTORY_TRADES: Partial<Record<Locale, readonly string[]>> = {
  en: ["Foods", "Packaging", "Motors", "Plastics", "Furniture", "Metalworks", "Components", "Pharma"],
  de: ["Maschinenbau", "Lebensmittel", "Möbel", "Anlagentechnik", "Verpackungen", "Umformtechnik"],
  fr: ["Alimentaire", "Emballages", "Mécanique", "Mobilier", "Plastiques"],
  es: ["Alimentación", "Envases", "Metalurgia", "Muebles"],
  pt: ["Alimentos", "Embalagens", "Metalúrgica", "Móveis"],
  it: ["Meccanica", "Alimentari", "Imballaggi", "Arredamenti"],
  nordic: ["Møbler", "Emballage", "Verkstad", "Livsmedel"],
  pl: ["Żywność", "Opakowania", "Meble", "Metal"],
  ja: ["精機", "食品", "電工", "製薬"],
  hi: ["Foods", "Motors", "Components"],
  ar: ["للأغذية", "للصناعات"],
  el: ["Τρόφιμα", "Βιομηχανία"]
};

const FORMS: Record<Locale, readonly string[]> = {
  en: ["Inc.", "LLC", "Ltd", "Group, Inc.", "& Sons Ltd"],
  de: ["GmbH", "AG", "GmbH & Co. KG", "SE"],
  fr: ["SAS", "S.A.", "SARL"],
  es: ["S.A.", "S.L.", "S.A. de C.V."],
  pt: ["S.A.", "Ltda."],
  it: ["S.p.A.", "S.r.l."],
  nordic: ["AB", "ASA", "A/S"],
  pl: ["Sp. z o.o.", "S.A."],
  ja: ["株式会社"],
  zh: ["有限公司"],
  ko: ["주식회사"],
  ar: ["ش.م.م"],
  el: ["Α.Ε."],
  hi: ["Pvt Ltd", "Ltd"]
};

/** Stems in scripts other than Latin, with their Latin spelling. */
const NATIVE: Partial<Record<Locale, readonly [native: string, latin: string][]>> = {
  ja: pairs(
    "ミナト=minato 青嶺=aomine 北斗星=hokutosei 清流=seiryu 曙光=shoko 雲海=unkai 翠月=suigetsu 白樺=shirakaba"
  ),
  zh: pairs("晨曦=chenxi 云岭=yunling 远帆=yuanfan 瑞禾=ruihe 星澜=xinglan 嘉木=jiamu"),
  ko: pairs("한결=hangyeol 새벽=saebyeok 푸른솔=pureunsol 가온=gaon 도담=dodam"),
  ar: pairs("النخيل=alnakheel الأفق=alofok المنارة=almanara الواحة=alwaha"),
  el: pairs("Αιγαίο=aigaio Ορίζων=orizon Κύματα=kymata"),
  hi: pairs("सूर्योदय=suryodaya गंगोत्री=gangotri हिमालया=himalaya")
};

/** A company of a naming tradition, one that makes things or any; at most six draws. */
export function companyName(locale: Locale, rng: Rng, makesThings = false): CompanyName {
  const stem = rng.pick(START) + rng.pick(MIDDLE) + rng.pick(END);
  const trade = rng.pick((makesThings && FACTORY_TRADES[locale]) || TRADES[locale]);
  const form = rng.pick(FORMS[locale]);
  const native = NATIVE[locale];
  if (!native) {
    const name = `${stem} ${trade} ${form}`;
    return {name, latinName: name, domain: `${stem.toLowerCase()}.example`};
  }
  const [written, latin] = rng.pick(native);
  const place = String(1 + Math.floor(rng.next() * 89));
  const name = nativeName(locale, {written, place, trade, form});
  const latinName = `${latin[0]!.toUpperCase()}${latin.slice(1)} ${place} Co., Ltd.`;
  return {name, latinName, domain: `${latin}${place}.example`};
}

function nativeName(
  locale: Locale,
  {written, place, trade, form}: {written: string; place: string; trade: string; form: string}
): string {
  if (locale === "ja") return `${form}${written}第${place}${trade}`;
  if (locale === "zh") return `${written}${place}号${trade}${form}`;
  if (locale === "ko") return `${form} ${written}${place} ${trade}`;
  return `${written} ${place} ${trade} ${form}`;
}

function pairs(list: string): [string, string][] {
  return list.split(" ").map((entry) => entry.split("=") as [string, string]);
}
