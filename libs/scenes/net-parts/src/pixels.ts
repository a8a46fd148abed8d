/**
 * A picture with one pixel per number, as a data address of an uncompressed BMP: for figures of thousands of cells, which as
 * many SVG elements would make slow. `colours` are '#rrggbb', row by row from the top.
 */
export function pixelImage(width: number, height: number, colours: readonly string[]): string {
  const rowLength = Math.ceil((3 * width) / 4) * 4;
  const headerLength = 54;
  const bytes = new Uint8Array(headerLength + rowLength * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, headerLength, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  colours.forEach((colour, i) => {
    const rgb = Number.parseInt(colour.slice(1), 16);
    // rows stand from the bottom up, colours as blue, green, red
    const at = headerLength + (height - 1 - Math.floor(i / width)) * rowLength + 3 * (i % width);
    bytes.set([rgb & 255, (rgb >> 8) & 255, rgb >> 16], at);
  });
  return `data:image/bmp;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}
