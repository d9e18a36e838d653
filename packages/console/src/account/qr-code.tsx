import encodeQR from 'qr';
import { useMemo } from 'react';

/** How many modules stay white around the code (ISO/IEC 18004). */
const border = 4;

/** A text as a QR code: dark on white whatever the colours of the page, which is what cameras read. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => encodeQR(text, 'raw', { border }), [text]);
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      width="100%"
      shapeRendering="crispEdges"
      style={{ maxWidth: '15rem', alignSelf: 'center', background: '#fff' }}
    >
      <path fill="#000" d={dark.join('')} />
    </svg>
  );
}
