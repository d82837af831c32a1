import { DatabaseError } from "pg";
import {
  sqlStateOf,
  statementFailure,
  StatementFailedError,
} from "../../../src/database/statement-failure.ts";
import { type PublicError, publicError } from "../../../src/errors.ts";

function fromServer(sqlState: string): DatabaseError {
  const error = new DatabaseError("duplicate key value, Key (phone)=(+49301) exists", 0, "error");
  return Object.assign(error, {
    code: sqlState,
    severity: "ERROR",
    detail: "Key (phone)=(+49301)",
  });
}

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:5432`), { code, syscall: "connect" });
}

test.each([
  "08006",
  "53300",
  "57014",
  "57P01",
  "40001",
  "40P01",
  "55P03",
  "28P01",
  "3D000",
  "25006",
])("SQLSTATE %s says that the service is not available", (sqlState) => {
  const failure = statementFailure(fromServer(sqlState));
  expect((failure as PublicError).code).toBe("SERVICE_UNAVAILABLE");
});

test.each([
  systemError("ECONNREFUSED"),
  systemError("EPIPE"),
  new Error("timeout exceeded when trying to connect"),
  new Error("Connection terminated unexpectedly"),
])("trouble with the connection says so too: %p", (error) => {
  expect((statementFailure(error) as PublicError).code).toBe("SERVICE_UNAVAILABLE");
});

test("any other failure keeps its SQLSTATE and nothing of the statement or its values", () => {
  const failure = statementFailure(fromServer("23505")) as StatementFailedError;
  expect(failure).toBeInstanceOf(StatementFailedError);
  expect(failure.sqlState).toBe("23505");
  expect(failure.message).toBe("A statement failed (SQLSTATE 23505)");
  expect(failure.cause).toBeUndefined();
  expect(JSON.stringify(failure) + failure.stack).not.toContain("+49301");
});

test("a mistake of the driver is an internal error without detail", () => {
  const failure = statementFailure(new TypeError("Cannot read '+49301'"));
  expect(failure).toBeInstanceOf(StatementFailedError);
  expect(failure.message).toBe("A statement failed (in the driver)");
});

test("our own errors pass as they are", () => {
  const own = publicError("NOT_FOUND");
  expect(statementFailure(own)).toBe(own);
});

test("EPIPE has five letters and is no SQLSTATE", () => {
  expect(sqlStateOf(systemError("EPIPE"))).toBeNull();
  expect(sqlStateOf(fromServer("40001"))).toBe("40001");
});
