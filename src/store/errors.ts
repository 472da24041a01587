/** The engine cannot be reached or cannot keep anything just now. Trying again later is right; nothing is half done. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
