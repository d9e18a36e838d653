import { openStream } from '../api/client.ts';

/** The forms of an export. */
export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How far an export is. */
export type Progress = { rows: number; bytes: number };

/** What takes an export: a file that is written as it comes, or memory. */
type Target = { write: (chunk: Uint8Array) => Promise<void>; close: () => Promise<void>; abort: () => Promise<void> };

/**
 * Reads an export as it comes, and puts it into a file.
 * @throws ApiError, or whatever the signal was aborted with
 */
export async function exportList(
  address: string,
  target: Target,
  { format, signal, onProgress }: { format: ExportFormat; signal: AbortSignal; onProgress: (p: Progress) => void },
): Promise<Progress> {
  const count = countRows(format);
  const progress = { rows: 0, bytes: 0 };
  try {
    const reader = (await openStream(address, signal)).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      await target.write(read.value);
      progress.rows = count(read.value);
      progress.bytes += read.value.byteLength;
      onProgress({ ...progress });
    }
    await target.close();
    return progress;
  } catch (error) {
    await target.abort().catch(() => {});
    throw error;
  }
}

/** Counts the rows so far: ends of lines, in a CSV those outside of quotes and without the one of its header. */
export function countRows(format: ExportFormat): (chunk: Uint8Array) => number {
  let [lines, isQuoted] = [0, false];
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === 34 && format === 'csv') isQuoted = !isQuoted;
      else if (byte === 10 && !isQuoted) lines += 1;
    }
    return Math.max(0, format === 'csv' ? lines - 1 : lines);
  };
}

type FilePicker = (options: { suggestedName: string }) => Promise<{
  createWritable: () => Promise<{
    write: (chunk: Uint8Array) => Promise<void>;
    close: () => Promise<void>;
    abort: () => Promise<void>;
  }>;
}>;

/**
 * Where an export goes. What is large goes straight into a file that the person chooses, where the browser can do that;
 * else it is kept until it is whole, and then saved as a download.
 * @throws DOMException `AbortError` where no file was chosen
 */
export async function openTarget(name: string, isLarge: boolean): Promise<Target> {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: FilePicker };
  if (isLarge && showSaveFilePicker) return (await showSaveFilePicker({ suggestedName: name })).createWritable();
  const chunks: Uint8Array[] = [];
  return {
    write: async (chunk) => void chunks.push(chunk),
    close: async () => save(new Blob(chunks as BlobPart[]), name),
    abort: async () => void chunks.splice(0),
  };
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
