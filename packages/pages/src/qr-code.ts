import encodeQR from 'qr';

/** How many modules stay white around the code (ISO/IEC 18004). */
const border = 4;

/** A QR code to draw: how many modules it is wide, its border included, and the path of those that are dark. */
export type QrCode = { size: number; path: string };

/** A text as a QR code. */
export function qrCode(text: string): QrCode {
  const rows = encodeQR(text, 'raw', { border });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return { size: rows.length, path: dark.join('') };
}
