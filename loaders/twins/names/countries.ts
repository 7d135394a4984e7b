/** Countries where the synthetic firms sell: region, currency, naming tradition, share of the region's accounts. */
export type RegionName = "North America" | "EMEA" | "APAC" | "LATAM";

export type Locale =
  | "en"
  | "de"
  | "fr"
  | "es"
  | "pt"
  | "it"
  | "nordic"
  | "pl"
  | "ja"
  | "zh"
  | "ko"
  | "ar"
  | "el"
  | "hi";

export type CurrencyCode = "USD" | "EUR" | "GBP" | "JPY";

export interface Country {
  code: string;
  name: string;
  region: RegionName;
  currency: CurrencyCode;
  locale: Locale;
  weight: number;
  cities: readonly string[];
}

export const REGIONS: readonly RegionName[] = ["North America", "EMEA", "APAC", "LATAM"];

export const COUNTRIES: readonly Country[] = [
  country("US", "United States", "North America", "USD", "en", 82, [
    "Columbus",
    "Portland",
    "Austin",
    "Tampa"
  ]),
  country("CA", "Canada", "North America", "USD", "fr", 18, ["Montréal", "Calgary", "Québec", "Halifax"]),
  country("DE", "Germany", "EMEA", "EUR", "de", 24, ["Köln", "München", "Leipzig", "Nürnberg"]),
  country("FR", "France", "EMEA", "EUR", "fr", 17, ["Lyon", "Nantes", "Orléans", "Besançon"]),
  country("GB", "United Kingdom", "EMEA", "GBP", "en", 24, ["Leeds", "Bristol", "Cardiff", "Glasgow"]),
  country("IT", "Italy", "EMEA", "EUR", "it", 8, ["Torino", "Bologna", "Bari"]),
  country("SE", "Sweden", "EMEA", "EUR", "nordic", 8, ["Malmö", "Västerås", "Linköping"]),
  country("PL", "Poland", "EMEA", "EUR", "pl", 7, ["Łódź", "Kraków", "Gdańsk"]),
  country("GR", "Greece", "EMEA", "EUR", "el", 4, ["Αθήνα", "Θεσσαλονίκη"]),
  country("AE", "United Arab Emirates", "EMEA", "USD", "ar", 8, ["دبي", "أبوظبي"]),
  country("JP", "Japan", "APAC", "JPY", "ja", 46, ["名古屋市", "大阪市", "福岡市"]),
  country("SG", "Singapore", "APAC", "USD", "zh", 14, ["Singapore"]),
  country("TW", "Taiwan", "APAC", "USD", "zh", 12, ["台中市", "高雄市"]),
  country("KR", "South Korea", "APAC", "USD", "ko", 16, ["부산", "대전"]),
  country("IN", "India", "APAC", "USD", "hi", 12, ["पुणे", "Bengaluru"]),
  country("BR", "Brazil", "LATAM", "USD", "pt", 58, ["São Paulo", "Curitiba", "Goiânia"]),
  country("MX", "Mexico", "LATAM", "USD", "es", 42, ["Querétaro", "León", "Mérida"])
];

/** Countries of each region, with their weights apart for drawing. */
export const COUNTRIES_OF: ReadonlyMap<RegionName, {list: Country[]; weights: number[]}> = new Map(
  REGIONS.map((region) => {
    const list = COUNTRIES.filter((each) => each.region === region);
    return [region, {list, weights: list.map((each) => each.weight)}];
  })
);

function country(
  code: string,
  name: string,
  region: RegionName,
  currency: CurrencyCode,
  locale: Locale,
  weight: number,
  cities: readonly string[]
): Country {
  return {code, name, region, currency, locale, weight, cities};
}
