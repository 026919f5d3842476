/** What browsers of one family tell beside the standard's figures. */
interface Details {
  readonly usageDetails?: { readonly fileSystem?: number };
}

/** What tables take on disk, in bytes, without the page's own copy for use offline; null where the browser does not tell the two apart. */
export async function diskUse(storage: Pick<StorageManager, "estimate">): Promise<number | null> {
  const { usageDetails }: StorageEstimate & Details = await storage.estimate();
  // What takes nothing is left out of the details.
  return usageDetails ? (usageDetails.fileSystem ?? 0) : null;
}
