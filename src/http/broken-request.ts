import type { Socket } from "node:net";
import { v7 as uuidv7 } from "uuid";
import { publicError } from "../errors.ts";
import { PROBLEM_JSON, problemOf } from "./problem.ts";

/** Answers what Node could not read as HTTP at all, and hangs up. */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const isTooLarge = error.code === "HPE_HEADER_OVERFLOW";
  const refusal = publicError(isTooLarge ? "PAYLOAD_TOO_LARGE" : "BAD_REQUEST");
  const body = JSON.stringify(problemOf(refusal, uuidv7()));
  const head = [
    `HTTP/1.1 ${isTooLarge ? "413 Payload Too Large" : "400 Bad Request"}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
