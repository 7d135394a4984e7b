import {expect, test} from "vitest";
import {kaplanMeier, leftBy, type Stay} from "../../src/slices/kaplanMeier.ts";
import {mediansInWords} from "../../src/views/ageing.js";

test("a median whose band or curve does not come down to half says so", () => {
  const stays = (ended: number, open: number): Stay[] => [
    ...Array.from({length: ended}, (_, i) => ({days: i + 1, hasEnded: true})),
    ...Array.from({length: open}, () => ({days: 40, hasEnded: false}))
  ];
  const half = (ended: number, open: number) => leftBy(kaplanMeier(stays(ended, open)), 0.5);
  // Of 12, 7 have left by day 7 and 6 by day 6; the upper band stays above half. Of 12, 4 have left.
  expect(half(7, 5)).toMatchObject({days: 6, hi: null});
  expect(
    mediansInWords([
      {stage: "Demo", half: {days: 9, lo: 8, hi: 11}},
      {stage: "Offer", half: {days: 6, lo: 2, hi: null}},
      {stage: "Signed", half: half(4, 8)}
    ])?.replaceAll(/\s/g, " ")
  ).toBe(
    "Median days in stage, with 95% interval: Demo 9 d (8 d to 11 d); Offer 6 d (2 d or more); Signed not known, fewer than half have left."
  );
});
