import { describeCloudflareAccountContract } from './cloudflare-account-contract.ts';
import { describeDocumentReaderContract } from './document-reader-contract.ts';
import { inMemoryCloudflareAccount } from './in-memory-cloudflare-account.ts';
import { inMemorySecretVersions } from './in-memory-secret-versions.ts';
import { openInMemoryDocuments } from './open-in-memory-documents.ts';
import { describeSecretVersionsContract } from './secret-versions-contract.ts';

describeCloudflareAccountContract('memory', async state => inMemoryCloudflareAccount(state));
describeSecretVersionsContract('memory', async rows => inMemorySecretVersions(rows));
describeDocumentReaderContract('memory', openInMemoryDocuments);
