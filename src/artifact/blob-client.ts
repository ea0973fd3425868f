import { BlobClient as AzureBlobClient } from '@azure/storage-blob'

/**
 * Azure's client, as @actions/artifact gets it in the bundle. It cuts a value of the query at its second `=`, and servers
 * that stand in for GitHub's (act, Gitea) end their signatures in one.
 */
export class BlobClient extends AzureBlobClient {
  constructor(url: string) {
    super(escapeValues(url))
  }
}

/** The URL with every `=` but the first of each pair escaped. */
export function escapeValues(url: string): string {
  return url.replace(/(?<=[?&][^=&#]*=)[^&#]*/g, (value) => value.replaceAll('=', '%3D'))
}
