output "cluster_id" {
  description = "Id of the cluster, for `pnpm secrets`, which makes its keys: one made here would lie in the state."
  value       = qdrant-cloud_accounts_cluster.this.id
}

output "url" {
  description = "Address of the cluster; `QDRANT_URL` of functions/vectorize and workers/llm-query."
  # The cluster names itself without a port, and serves REST on this one.
  value = "${trimsuffix(qdrant-cloud_accounts_cluster.this.url, "/")}:6333"
}
