import { passesLuhn } from "../../../src/lib/luhn.ts";

const cards = [
  "6217000010000000003",
  "6222021000112233449",
  "622848000000000007",
  "4111111111111111",
];

test.each(cards)("%s passes, and fails with the last digit raised", (card) => {
  expect(passesLuhn(card)).toBe(true);
  const raised = card.slice(0, -1) + String((Number(card.at(-1)) + 1) % 10);
  expect(passesLuhn(raised)).toBe(false);
});

test.each(["", "4111 1111 1111 1111", "４１１１"])("%j is no number to check", (text) => {
  expect(passesLuhn(text)).toBe(false);
});
