import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';

/** What a camera would read of the QR code on a page. */
export async function scanQrCode(page: Page): Promise<string> {
  const image = await page.getByRole('img', { name: /^QR code/ }).evaluate(async (svg) => {
    const size = 400;
    const copy = svg.cloneNode(true) as SVGElement;
    copy.setAttribute('width', String(size));
    copy.setAttribute('height', String(size));
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await picture.decode();
    const context = Object.assign(document.createElement('canvas'), { width: size, height: size }).getContext('2d');
    if (context) context.fillStyle = '#fff';
    context?.fillRect(0, 0, size, size);
    context?.drawImage(picture, 0, 0);
    return { width: size, height: size, data: [...(context?.getImageData(0, 0, size, size).data ?? [])] };
  });
  return decodeQR({ ...image, data: Uint8Array.from(image.data) });
}
