import type { GoogleOperationsRoute } from './start-google-operations.ts';

/** Objects of the bucket `PROJECT-tfstate`, read by Cloud Storage's JSON API. */
export const STORAGE_ROUTES: readonly GoogleOperationsRoute[] = [
  {
    path: /^\/storage\/v1\/b\/([^/]+)-tfstate\/o\/(.+)$/u,
    permission: 'storage.objects.get',
    answer: (world, _request, [name = '']) => {
      const object = world.objects.get(name);
      return object === undefined
        ? { status: 404, body: `No such object: ${world.project}-tfstate/${name}` }
        : { status: 200, body: object, headers: { 'x-goog-generation': '1700000000000000' } };
    },
  },
];
