import { DataError } from '../errors.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for colour; transparency is dropped. */
  readonly channels: 1 | 3;
  /** height · width · channels bytes. */
  readonly pixels: Uint8Array;
}

const mostPixels = 2 ** 26;

/** Only these two are handed to the decoder, which would read many more. */
const isPng = (file: Uint8Array): boolean => [0x89, 0x50, 0x4e, 0x47].every((byte, i) => file[i] === byte);
const isJpeg = (file: Uint8Array): boolean => [0xff, 0xd8, 0xff].every((byte, i) => file[i] === byte);

/** Reads PNG and JPEG as 8-bit grey or sRGB, turned upright as the camera says. The reader throws DataError `wrong-format`. */
export async function pictureReader(): Promise<(file: Uint8Array, name: string) => Promise<Picture>> {
  // loaded here, so that who reads no images does not wait for it, or need its binary
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw new DataError(
      'wrong-format',
      'Images cannot be read on this platform, for which the library sharp has no binary. Use CSV or IDX files.',
      { cause },
    );
  });
  return async (file, name) => {
    if (!isPng(file) && !isJpeg(file)) {
      throw new DataError(
        'wrong-format',
        `${name} is neither a PNG nor a JPEG image. Convert it, or remove it from the folder.`,
      );
    }
    try {
      const image = sharp(file, { limitInputPixels: mostPixels, failOn: 'truncated' });
      const { space } = await image.metadata();
      const grey = space === 'b-w' || space === 'grey16';
      const { data, info } = await image
        .autoOrient()
        .removeAlpha()
        .toColourspace(grey ? 'b-w' : 'srgb')
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, channels: grey ? 1 : 3, pixels: new Uint8Array(data) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new DataError(
        'wrong-format',
        `${name} cannot be read as an image: ${why}. It is damaged or cut short; save it again, or remove it.`,
        { cause: error },
      );
    }
  };
}
