/** Invented persons: names as they are written, with a Latin spelling for addresses. */
import type {Rng} from "../random/rng.ts";
import type {Locale} from "./countries.ts";

export interface PersonName {
  /** As the person writes it. */
  first: string;
  last: string;
  /** As the directory of a firm of many countries has it: in Latin letters, with their accents. */
  directory: {first: string; last: string};
  /** ASCII, for e-mail addresses: "maren.olufsen". */
  latin: string;
}

/** `native=latin`, or a name alone when its ASCII form follows from it. */
const FIRST: Record<Locale, string> = {
  en: "Harper Rowan Avery Callum Imogen Tobias Sadie Declan Maeve Jasper Nadia Elliot Priya Marcus Odette Wes",
  de: "Jürgen Anneliese Björn Käthe Lennart Friederike Götz Maren Ruprecht Sönke Wiebke Ulf",
  fr: "Élodie Gaël Maëlle Thibault Océane Rémi Anaïs Loïc Capucine Bastien Solène Yann",
  es: "Íñigo Ximena Joaquín Begoña Álvaro Rocío Martín Nuria Andrés Itziar",
  pt: "João Conceição Thaís Vinícius Inês Caetano Lúcia Otávio Benedita Raí",
  it: "Niccolò Fiamma Ludovico Serafina Ettore Bianca Tancredi Noemi",
  nordic: "Åsa Søren Linnéa Öjvind Sigrid Håkan Tuva Eirik Ylva Mikkel",
  pl: "Łukasz Żaneta Wojciech Bożena Stanisław Grażyna Paweł Jagoda",
  ja: "春香=Haruka 健太=Kenta 美咲=Misaki 大輔=Daisuke 優子=Yuko 拓海=Takumi 葵=Aoi 蓮=Ren",
  zh: "雅婷=Yating 志明=Zhiming 晓彤=Xiaotong 俊杰=Junjie 思远=Siyuan 佩珊=Peishan 子涵=Zihan",
  ko: "서연=Seoyeon 지훈=Jihoon 하은=Haeun 도윤=Doyun 수빈=Subin 민재=Minjae",
  ar: "ليلى=Layla سامر=Samer نادين=Nadine طارق=Tariq هالة=Hala زياد=Ziad",
  el: "Ελένη=Eleni Νικόλας=Nikolas Δάφνη=Dafni Στέλιος=Stelios Ίρις=Iris",
  hi: "आरव=Aarav मीरा=Meera कबीर=Kabir अनन्या=Ananya Rohan Ishita"
};

const LAST: Record<Locale, string> = {
  en: "Ashdown Merriweather O'Connell Fenwick Okafor Lindqvist Thackeray Bexley Nwosu Calloway Drummond Sinclaire-Voss Haverford Pemberly Quill Rushmore",
  de: "Öztürk Brandmüller Schößler Kühnemann Weißhaupt Drögemeier Tannhäuser Overbeck Strähle Vogelsang",
  fr: "Lefèvre D'Aubigny Guérinel Châtelain Beauséjour Morvan Rouxel Tremblois Vaugirard Périgot",
  es: "Ibáñez Echeverría Zubizarreta Quiñones Villaseñor Gárate Montalbán Peñaloza",
  pt: "Gonçalves Magalhães Figueirôa Assunção Bragança Tavora Meirelles Falcão",
  it: "D'Onofrio Bellincioni Sforzani Montecorvo Galvagno Pedrotti",
  nordic: "Bjørklund Ångström Sørbye Hällström Kjærgaard Lökken Nørrevang Ødegård",
  pl: "Wiśniowski Dąbrowiec Źrebiec Małachowicz Szczepanik Górecka",
  ja: "高橋=Takahashi 小笠原=Ogasawara 藤堂=Todo 早瀬=Hayase 桐山=Kiriyama 水無瀬=Minase",
  zh: "欧阳=Ouyang 陆=Lu 沈=Shen 慕容=Murong 颜=Yan 叶=Ye",
  ko: "남궁=Namgung 황보=Hwangbo 선우=Seonwoo 독고=Dokgo 표=Pyo",
  ar: "الحكيم=Alhakim بركات=Barakat الشامي=Alshami قباني=Qabbani",
  el: "Παπαλάμπρου=Papalamprou Κωνσταντής=Konstantis Βλαχάκη=Vlachaki",
  hi: "देशपांडे=Deshpande Venkataraghavan चतुर्वेदी=Chaturvedi Mukhopadhyaya"
};

const FIRST_LISTS = split(FIRST);
const LAST_LISTS = split(LAST);

/** A person of a naming tradition. Two draws. */
export function personName(locale: Locale, rng: Rng): PersonName {
  const [first, firstLatin] = rng.pick(FIRST_LISTS[locale]);
  const [last, lastLatin] = rng.pick(LAST_LISTS[locale]);
  return {
    first,
    last,
    directory: {first: firstLatin, last: lastLatin},
    latin: `${asciiSlug(firstLatin)}.${asciiSlug(lastLatin)}`
  };
}

/** Text as the lower-case ASCII of an address; letters without one are dropped. */
export function asciiSlug(text: string): string {
  return text
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[æÆ]/g, "ae")
    .replace(/[łŁ]/g, "l")
    .normalize("NFD")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
}

function split(lists: Record<Locale, string>): Record<Locale, [native: string, latin: string][]> {
  return Object.fromEntries(
    Object.entries(lists).map(([locale, list]) => [
      locale,
      list.split(" ").map((entry) => {
        const [native, latin] = entry.split("=");
        return [native!, latin ?? native!];
      })
    ])
  ) as Record<Locale, [string, string][]>;
}
