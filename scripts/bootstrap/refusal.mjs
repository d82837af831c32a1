/** A reason not to go on that the reader can mend: printed as one line, without a stack. */
export class Refusal extends Error {}

const systemErrors = {
  EACCES: "is not writable or readable for this user",
  EPERM: "is not writable or readable for this user",
  EROFS: "is on a read-only file system",
  ENOSPC: "is on a full disk",
};

/** One line for a refusal or a well-known file error; the stack of anything else, which is our mistake. */
export function explainSystemError(error) {
  if (error instanceof Refusal) return error.message;
  const meaning = systemErrors[error.code];
  return meaning ? `${error.path ?? "a file"} ${meaning}.` : error.stack;
}
