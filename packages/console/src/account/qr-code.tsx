import { useMemo } from 'react';
import { qrCode } from '../../../pages/src/qr-code.ts';

/** A text as a QR code: dark on white whatever the colours of the page, which is what cameras read. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => qrCode(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width="100%"
      shapeRendering="crispEdges"
      style={{ maxWidth: '15rem', alignSelf: 'center', background: '#fff' }}
    >
      <path fill="#000" d={path} />
    </svg>
  );
}
