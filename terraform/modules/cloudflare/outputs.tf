output "queues" {
  description = "Names of the queues by what wrangler.jsonc calls them."
  value       = { for name, queue in cloudflare_queue.this : name => queue.queue_name }
}

output "buckets" {
  description = "Names of the buckets, bound as OVERFLOW and BUCKET, and the jurisdiction a binding has to name."
  value = {
    overflow     = cloudflare_r2_bucket.overflow.name
    backup       = cloudflare_r2_bucket.backup.name
    jurisdiction = var.jurisdiction
  }
}

output "worker_urls" {
  description = "Public addresses of the Workers: `PUBLIC_URL`, `VAULT_URL`, `QUESTIONS_URL` with /questions."
  value = {
    guesty-webhook  = "https://${var.hostnames.guesty_webhook}"
    aircall-webhook = "https://${var.hostnames.aircall_webhook}"
    llm-query       = "https://${var.hostnames.llm_query}"
    backup-vault    = "https://${var.hostnames.backup_vault}"
    log-forwarder   = "https://${var.hostnames.log_forwarder}"
  }
}

output "vault" {
  description = "The vault's ages and repository as its Worker and the functions have to know them."
  value = {
    VAULT_DATA_AGE_MIN_S     = var.vault_data_age_seconds
    VAULT_SNAPSHOT_AGE_MIN_S = var.vault_snapshot_age_seconds
    VAULT_REPOSITORY         = var.vault_repository
  }
}

output "token_ids" {
  description = "Ids of the tokens by purpose, for `pnpm secrets cloudflare-tokens`, which rolls their values."
  value       = { for purpose, token in cloudflare_account_token.this : purpose => token.id }
}
