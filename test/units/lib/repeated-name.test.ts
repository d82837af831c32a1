import { repeatedName } from "../../../src/lib/repeated-name.ts";

test.each([
  ['{"a":1,"b":{"a":2}}', null],
  ['[{"a":1},{"a":2}]', null],
  ['{"a":"b\\":\\"a","b":":"}', null],
  ['{"a":["a","a"],"b":{}}', null],
  ["7", null],
  ['{"a":1,"b":2,"a":3}', "a"],
  ['{"x":[{"b":1,"b":2}]}', "b"],
  ['{"a":1,"\\u0061":2}', "a"],
  ['{"__proto__":1,"__proto__":2}', "__proto__"],
])("in %s the name that occurs twice is %s", (json, expected) => {
  expect(repeatedName(json)).toBe(expected);
});
