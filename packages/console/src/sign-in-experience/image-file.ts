/** The largest image that may stand in the address itself, in bytes; as text it is a third longer. */
export const maxImageBytes = 74_000;

/** The kinds of images that hosted pages show. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];

/** An image of this computer as a data URI; `undefined` when it is too large or no image. */
export async function dataUriOf(file: File): Promise<string | undefined> {
  if (file.size > maxImageBytes || !imageTypes.includes(file.type)) return undefined;
  const reader = new FileReader();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
  const uri = await promise;
  return (await canBeDrawn(uri)) ? uri : undefined;
}

async function canBeDrawn(uri: string): Promise<boolean> {
  const image = new Image();
  image.src = uri;
  return image.decode().then(
    () => true,
    () => false,
  );
}
