/** A text that is not of the form that its specification gives it; the message says what is wrong. */
export class NoteFormatError extends Error {
  override readonly name = "NoteFormatError";
}
