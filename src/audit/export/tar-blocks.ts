import { invariant } from "../../lib/invariant.ts";

/** A tar file is made of blocks of so many bytes (POSIX.1-2024, pax, ustar Interchange Format). */
export const BLOCK_BYTES = 512;

/** What ends a tar file: two empty blocks. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK_BYTES);

/** Most bytes of a name, and of the folders before it. */
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/**
 * The block before a file: its name and size, and for everything else the same always, so that one
 * bundle is the same bytes wherever it is made: those that tar-stream writes (a test compares them).
 */
export function tarHeader({ name, bytes }: { name: string; bytes: number }): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES);
  const split = splitName(name);
  header.write(split.name, 0);
  header.write(octal(0o644, 6), 100);
  header.write(octal(0, 6), 108);
  header.write(octal(0, 6), 116);
  header.write(octal(bytes, 11), 124);
  header.write(octal(0, 11), 136);
  header.write("0", 156);
  header.write("ustar\0" + "00", 257);
  header.write(octal(0, 6), 329);
  header.write(octal(0, 6), 337);
  header.write(split.prefix, 345);
  // The sum counts its own eight bytes as spaces.
  const sum = header.reduce((total, byte) => total + byte, 8 * 0x20);
  header.write(octal(sum, 6), 148);
  return header;
}

/** How many bytes follow a file to the end of its last block. */
export function paddingAfter(bytes: number): number {
  return (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;
}

function splitName(name: string): { name: string; prefix: string } {
  invariant(/^[\x21-\x7e]+$/.test(name), "files of a bundle have plain names");
  if (name.length <= NAME_BYTES) return { name, prefix: "" };
  const slash = name.indexOf("/", name.length - NAME_BYTES - 1);
  invariant(slash > 0 && slash <= PREFIX_BYTES, "files of a bundle have names that fit");
  return { name: name.slice(slash + 1), prefix: name.slice(0, slash) };
}

function octal(number: number, digits: number): string {
  const text = number.toString(8).padStart(digits, "0");
  invariant(text.length === digits, "a file of a bundle has less than eight gibibytes");
  return `${text} `;
}
