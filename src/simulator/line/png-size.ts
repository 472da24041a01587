const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** Width and height in pixels, as the head of a PNG file has them; undefined when it is none. */
export function pngSize(bytes: Buffer): { width: number; height: number } | undefined {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(SIGNATURE)) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
