import type { Locator } from '@playwright/test';
import jsqr from 'jsqr';

type Read = (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null;

/** Reads a QR code from the rendered image, as a camera would. Null if there is none. */
export async function readCode(code: Locator): Promise<string | null> {
  const { pixels, width, height } = await code.evaluate(async (svg) => {
    const picture = new Image();
    const copy = svg.cloneNode(true) as SVGElement;
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', '480');
    copy.setAttribute('height', '480');
    picture.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 480 });
    const context = canvas.getContext('2d');
    context?.drawImage(picture, 0, 0, 480, 480);
    const drawn = context?.getImageData(0, 0, 480, 480);
    return { pixels: Array.from(drawn?.data ?? []), width: 480, height: 480 };
  });
  const read = jsqr as unknown as Read;
  return read(Uint8ClampedArray.from(pixels), width, height)?.data ?? null;
}
