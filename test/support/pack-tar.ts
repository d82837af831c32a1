import { pack, type Pack } from "tar-stream";

/** A file to be put into an archive. */
export interface PackedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Puts files into a tar file, as they come and only as fast as it is read. The same files make the
 * same bytes: owner, mode and time are fixed.
 */
export async function* packTar(files: AsyncIterable<PackedFile>): AsyncGenerator<Buffer> {
  const archive = pack();
  const filled = fill(archive, files).catch((error: unknown) => archive.destroy(error as Error));
  yield* archive as AsyncIterable<Buffer>;
  await filled;
}

async function fill(archive: Pack, files: AsyncIterable<PackedFile>): Promise<void> {
  for await (const { path, content } of files) {
    await new Promise<void>((resolve, reject) => {
      const header = { name: path, size: content.length, mode: 0o644, mtime: new Date(0) };
      const entry = archive.entry(header, (error) => (error ? reject(error) : resolve()));
      entry.end(Buffer.from(content));
    });
  }
  archive.finalize();
}
