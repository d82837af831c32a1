const BLOCK = 512;

/** A tar file that is not of the plain form that a bundle has. */
export class ArchiveFormatError extends Error {
  override readonly name = "ArchiveFormatError";
}

/** A tar file that ends before its end mark. */
export class ArchiveCutError extends Error {
  override readonly name = "ArchiveCutError";
}

/** A file of an archive; its content has to be read before the next file is asked for. */
export interface ArchiveFile {
  readonly path: string;
  /** Length in bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Reads a tar file as it streams by: plain files with ustar headers, two blocks of zeroes, nothing
 * after. Strict, so that no two readers find other files in it: no links, folders, extended headers.
 *
 * @throws INTERNAL_SERVER_ERROR as an `ArchiveFormatError`, or as an `ArchiveCutError`
 * Source: POSIX.1-2024, pax, ustar Interchange Format.
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveFile> {
  const stream = new ByteStream(bytes);
  for (;;) {
    const header = await stream.take(BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const { path, size } = parseHeader(header);
    const content = stream.stretch(size);
    yield { path, size, content };
    for await (const _ of content);
    const padding = await stream.take((BLOCK - (size % BLOCK)) % BLOCK);
    if (padding.some((byte) => byte !== 0)) throw new ArchiveFormatError("padding is not empty");
  }
  if ((await stream.take(BLOCK)).some((byte) => byte !== 0))
    throw new ArchiveFormatError("no end mark");
  if (!(await stream.isOver())) throw new ArchiveFormatError("something after the end mark");
}

function parseHeader(header: Buffer): { path: string; size: number } {
  const sum = octal(header, 148, 8);
  const counted = Buffer.from(header).fill(0x20, 148, 156);
  if (counted.reduce((total, byte) => total + byte, 0) !== sum)
    throw new ArchiveFormatError("a header with another checksum");
  if (header.toString("latin1", 257, 263) !== "ustar\0" || header[156] !== 0x30)
    throw new ArchiveFormatError("not a plain file with a ustar header");
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  return { path: prefix === "" ? name : `${prefix}/${name}`, size: octal(header, 124, 12) };
}

function textAt(header: Buffer, start: number, length: number): string {
  const end = header.indexOf(0, start);
  const stop = end === -1 || end > start + length ? start + length : end;
  return header.toString("latin1", start, stop);
}

function octal(header: Buffer, start: number, length: number): number {
  const digits = header.toString("latin1", start, start + length).replace(/[\0 ]+$/, "");
  if (!/^[0-7]{1,11}$/.test(digits)) throw new ArchiveFormatError("a number that is not octal");
  return Number.parseInt(digits, 8);
}

/** Bytes that come in pieces of any length, taken in lengths that are wanted. */
class ByteStream {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#pieces = bytes[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.stretch(length)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *stretch(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (await this.isOver()) throw new ArchiveCutError("the archive ends too early");
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async isOver(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#pieces.next();
      if (done === true) return true;
      this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    return false;
  }
}
