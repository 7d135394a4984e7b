/**
 * The figures to beat, as the accuracy protocol lists them. They were made before Weir, by models fixed in advance
 * (scikit-learn 1.2, XGBoost 1.7, R forecast 8.20); proto_* are combinations chosen after the fact.
 */

export interface ListedPropensity {
  auc: number;
  /** Standard deviation of AUC: by bootstrap for tasks split in time, over repetitions for cross-validation. */
  sd: number;
  logLoss: number;
}

export type PropensityTask =
  | "maven_creation"
  | "maven_open_y30"
  | "maven_open_y92"
  | "salvirt"
  | "salvirt_grouped";

/** base = smoothed segment rate, lr = ridge logistic, rf = random forest, hgb and xgb = boosted trees, blend of the three. */
export const LISTED_PROPENSITY: Readonly<Record<PropensityTask, Readonly<Record<string, ListedPropensity>>>> =
  {
    maven_creation: {
      base: {auc: 0.5048, sd: 0.0135, logLoss: 0.6668},
      lr: {auc: 0.5196, sd: 0.0124, logLoss: 0.6786},
      rf: {auc: 0.5413, sd: 0.0127, logLoss: 0.6688},
      hgb: {auc: 0.5414, sd: 0.0129, logLoss: 0.6701},
      xgb: {auc: 0.5323, sd: 0.0136, logLoss: 0.7017},
      blend: {auc: 0.5363, sd: 0.0131, logLoss: 0.6753}
    },
    maven_open_y30: {
      base: {auc: 0.6908, sd: 0.0082, logLoss: 0.3339},
      lr: {auc: 0.8038, sd: 0.0065, logLoss: 0.3053},
      rf: {auc: 0.8207, sd: 0.006, logLoss: 0.2916},
      hgb: {auc: 0.8292, sd: 0.0058, logLoss: 0.2836},
      xgb: {auc: 0.8302, sd: 0.006, logLoss: 0.2828},
      blend: {auc: 0.8315, sd: 0.0059, logLoss: 0.2789}
    },
    maven_open_y92: {
      base: {auc: 0.7181, sd: 0.006, logLoss: 0.5423},
      lr: {auc: 0.6851, sd: 0.0068, logLoss: 0.5582},
      rf: {auc: 0.6746, sd: 0.0068, logLoss: 0.575},
      hgb: {auc: 0.6826, sd: 0.0066, logLoss: 0.5683},
      xgb: {auc: 0.6873, sd: 0.0065, logLoss: 0.5701},
      blend: {auc: 0.6869, sd: 0.0067, logLoss: 0.5568}
    },
    salvirt: {
      base: {auc: 0.7361, sd: 0.0028, logLoss: 0.5606},
      lr: {auc: 0.8317, sd: 0.0031, logLoss: 0.5037},
      rf: {auc: 0.8478, sd: 0.0028, logLoss: 0.4844},
      hgb: {auc: 0.8396, sd: 0.0046, logLoss: 0.4937},
      xgb: {auc: 0.846, sd: 0.0045, logLoss: 0.4836},
      blend: {auc: 0.845, sd: 0.0032, logLoss: 0.4863}
    },
    salvirt_grouped: {
      base: {auc: 0.7275, sd: 0.0054, logLoss: 0.5645},
      lr: {auc: 0.8203, sd: 0.0026, logLoss: 0.5155},
      rf: {auc: 0.8218, sd: 0.0047, logLoss: 0.5131},
      hgb: {auc: 0.8179, sd: 0.0084, logLoss: 0.5201},
      xgb: {auc: 0.8256, sd: 0.0069, logLoss: 0.5159},
      blend: {auc: 0.8261, sd: 0.005, logLoss: 0.5097}
    }
  };

export type BookingsSeries = "maven_weekly_revenue" | "maven_weekly_wins" | "maven_monthly_revenue";

export interface ListedBookings {
  wape: number;
  crps: number;
}

const listed = (rows: string): Readonly<Record<string, ListedBookings>> =>
  Object.fromEntries(
    rows.split(", ").map((row) => {
      const [method, wape, crps] = row.split(" ");
      return [method!, {wape: Number(wape), crps: Number(crps)}];
    })
  );

/** Method, WAPE, CRPS over the mean outcome. */
export const LISTED_BOOKINGS: Readonly<Record<BookingsSeries, Readonly<Record<string, ListedBookings>>>> = {
  maven_weekly_revenue: listed(
    "proto_B 0.177 0.126, snaive 0.174 0.133, proto_C 0.191 0.147, proto_A 0.194 0.148, meanall 0.209 0.158, " +
      "haz_pipe_conf 0.249 0.168, arima 0.227 0.174, comb_eat 0.249 0.186, haz_pipe 0.249 0.196, runrate 0.257 0.206, " +
      "ets 0.281 0.216, theta 0.288 0.219, landmark_conf 0.298 0.220, naive 0.293 0.225, landmark 0.298 0.226, " +
      "km_pipe 0.349 0.283, crm_weighted 1.106 0.996"
  ),
  maven_weekly_wins: listed(
    "snaive 0.117 0.085, proto_B 0.126 0.092, proto_A 0.144 0.110, proto_C 0.147 0.112, arima 0.163 0.119, " +
      "comb_eat 0.187 0.143, meanall 0.192 0.147, ets 0.216 0.166, theta 0.223 0.170, haz_pipe_conf 0.250 0.173, " +
      "naive 0.243 0.183, runrate 0.246 0.201, haz_pipe 0.250 0.214, landmark_conf 0.294 0.221, landmark 0.294 0.233, " +
      "km_pipe 0.347 0.302, crm_weighted 1.061 0.992"
  ),
  maven_monthly_revenue: listed(
    "snaive 0.076 0.057, proto_B 0.090 0.067, proto_C 0.094 0.074, proto_A 0.094 0.074, arima 0.150 0.105, " +
      "comb_eat 0.155 0.117, meanall 0.168 0.125, ets 0.176 0.128, runrate 0.167 0.145, theta 0.213 0.158, " +
      "haz_pipe 0.193 0.163, naive 0.287 0.223, km_pipe 0.271 0.243"
  )
};

/** The model or method with the best figure, and that figure. */
export function bestListed<T>(
  models: Readonly<Record<string, T>>,
  figure: (model: T) => number,
  sign: 1 | -1
): {name: string; model: T} {
  const [first, ...rest] = Object.entries(models).map(([name, model]) => ({name, model}));
  return rest.reduce(
    (best, each) => (sign * figure(each.model) > sign * figure(best.model) ? each : best),
    first!
  );
}
