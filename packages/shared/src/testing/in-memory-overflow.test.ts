import { inMemoryOverflow } from './in-memory-overflow.ts';
import { describeOverflowStoreContract } from './overflow-store-contract.ts';

const overflow = inMemoryOverflow();
describeOverflowStoreContract('the in-memory overflow store', () => overflow);
