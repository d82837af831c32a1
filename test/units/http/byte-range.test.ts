import { byteRangeIn } from "../../../src/http/byte-range.ts";

test.each([
  ["bytes=0-", { start: 0, end: 100 }],
  ["bytes=10-19", { start: 10, end: 20 }],
  ["bytes=90-500", { start: 90, end: 100 }],
  ["bytes=-10", { start: 90, end: 100 }],
  ["bytes=-500", { start: 0, end: 100 }],
])("%s of 100 bytes", (header, range) => {
  expect(byteRangeIn(header, 100)).toEqual(range);
});

test.each([
  [undefined],
  ["bytes=20-10"],
  ["bytes=0-1,5-6"],
  ["lines=1-2"],
  ["bytes=a-b"],
  ["bytes=-"],
  ["bytes= 0-1"],
  ["bytes=0-9999999999999999"],
])("%s is no range that is answered, so everything is given", (header) => {
  expect(byteRangeIn(header, 100)).toBeNull();
});

test.each([["bytes=100-"], ["bytes=100-200"], ["bytes=-0"]])("%s lies behind the end", (header) => {
  expect(() => byteRangeIn(header, 100)).toThrow(RangeError);
});
