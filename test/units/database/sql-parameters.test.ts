import { SqlParameters } from "../../../src/database/sql-parameters.ts";

test("equal values of one type share a number", () => {
  const parameters = new SqlParameters();
  expect(parameters.add("a", "text")).toBe("$1::text");
  expect(parameters.add("b", "text")).toBe("$2::text");
  expect(parameters.add("a", "text")).toBe("$1::text");
  expect(parameters.values).toEqual(["a", "b"]);
});

test("values that only look alike have numbers of their own", () => {
  const parameters = new SqlParameters();
  const alike = [
    parameters.add("1", "text"),
    parameters.add(1, "text"),
    parameters.add("1", "uuid"),
    parameters.add(["1"], "text"),
    parameters.add(["1", "2"], "text[]"),
    parameters.add(["1,2"], "text[]"),
    parameters.add(['1","2'], "text[]"),
    parameters.add(Infinity, "float8"),
    parameters.add(-Infinity, "float8"),
    parameters.add(null, "text"),
    parameters.add("null", "text"),
    parameters.add(Buffer.from("01", "hex"), "bytea"),
  ];
  expect(new Set(alike).size).toBe(alike.length);
});

test("a point in time is sent in UTC, whatever the time zone of the process", () => {
  const parameters = new SqlParameters();
  parameters.add(new Date(0), "timestamptz");
  expect(parameters.values).toEqual(["1970-01-01T00:00:00.000Z"]);
});
