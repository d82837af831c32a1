import { BootError } from "../lib/boot-error.ts";

/** Says in one line why the server cannot listen, and what to do about it. */
export function explainListenError(from: {
  error: unknown;
  host: string;
  port: number;
}): BootError {
  const { error, host, port } = from;
  const place = `${host}:${port}`;
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return new BootError(
        `Port ${port} is in use on ${host}: stop what listens there, or set PORT to another one (PORT=0 takes any free one).`,
      );
    case "EACCES":
      return new BootError(`This user may not listen on ${place}: set PORT to 1024 or above.`);
    case "EADDRNOTAVAIL":
      return new BootError(
        `${host} is not an address of this machine: set HOST to one that is, such as 127.0.0.1.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new BootError(
        `${host} is not a known name: set HOST to an address of this machine, such as 127.0.0.1.`,
      );
    default:
      return new BootError(
        `The server cannot listen on ${place} (${codeOf(error) ?? "unknown cause"}).`,
      );
  }
}

function codeOf(error: unknown): string | undefined {
  const code =
    typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
