/**
 * A start or a command that cannot go on, for a reason that the operator can mend. The command line
 * prints the faults as they are, one line each, without a stack.
 */
export class BootError extends Error {
  override readonly name: string = "BootError";
  readonly faults: readonly string[];

  constructor(faults: string | readonly string[]) {
    const lines = typeof faults === "string" ? [faults] : faults;
    super(lines.join("\n"));
    this.faults = lines;
  }
}
