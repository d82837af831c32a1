import { FirstRows } from "../../../../src/customers/import/first-rows.ts";

test("the first value of a number stays, through every growth of the table", () => {
  const rows = new FirstRows();
  const numbers = Array.from({ length: 20_000 }, (_, index) => `C${index}`);
  const first = numbers.map((customerNo, index) => rows.firstOrRemember(customerNo, index - 1));
  expect(new Set(first)).toEqual(new Set([undefined]));
  expect(numbers.map((customerNo) => rows.firstOrRemember(customerNo, 7))).toEqual(
    numbers.map((_, index) => index - 1),
  );
});

test("48 bits and the mark of a refused row come back as they were", () => {
  const rows = new FirstRows();
  rows.firstOrRemember("a", 2 ** 48 - 1);
  rows.firstOrRemember("b", -1);
  expect([rows.firstOrRemember("a", 0), rows.firstOrRemember("b", 0)]).toEqual([2 ** 48 - 1, -1]);
});
