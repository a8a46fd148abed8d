import type { FigureTable } from '../description.ts';

/** Hands a file to the reader. */
export function save(name: string, content: string | Blob, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `engram-${name}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A table as CSV; text that a spreadsheet would run as a formula is quoted as text. */
export const csvOf = ({ columns, rows }: FigureTable): string =>
  [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\n') + '\n';

function csvCell(value: string): string {
  const isNumber = value !== '' && Number.isFinite(Number(value));
  const text = !isNumber && /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A figure as a file of its own: the page's colours written into it. */
export function svgOf(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const property of ['fill', 'stroke', 'color', 'font-family', 'font-size'] as const) {
      copies[i]?.setAttribute(property, style.getPropertyValue(property));
    }
    copies[i]?.removeAttribute('class');
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('style', `background: ${getComputedStyle(document.body).backgroundColor}`);
  return new XMLSerializer().serializeToString(copy);
}

/** A figure as pixels, at twice its size. */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image(width * 2, height * 2);
  image.src = `data:image/svg+xml,${encodeURIComponent(svgOf(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, image.width, image.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('this browser made no picture')) : resolve(blob)),
      'image/png',
    ),
  );
}
