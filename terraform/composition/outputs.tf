output "nodes" {
  description = "The Swarm's nodes, for the Ansible inventory."
  value       = module.swarm.nodes
}

output "network" {
  description = "Ranges for the host firewalls (role `common`): the nodes', and the backup server's."
  value = {
    nodes_ip_range  = module.network.nodes_ip_range
    backup_ip_range = module.network.backup_ip_range
  }
}

output "functions" {
  description = "What the deployment of the functions needs beside functions/manifest.json."
  value = {
    project_id              = var.google.project_id
    region                  = var.google.region
    databases               = module.firestore.databases
    urls                    = module.functions.urls
    service_accounts        = module.functions.service_accounts
    eventarc_account        = module.functions.eventarc_service_account
    build_account           = module.functions.build_service_account
    min_instances           = module.functions.min_instances
    cloudflare_ai_account   = var.cloudflare.account_id
    listener_account        = module.identity.mongo_listener.email
    pubsub_topics           = module.pubsub.topics
    dead_letter_push        = module.pubsub.push_service_account
    scheduler_account       = module.scheduler.service_account
    monitoring_policy_names = module.monitoring.policies
  }
}

output "backup" {
  description = "Variables of functions/backup that only Terraform knows."
  value = {
    BACKUP_NETWORK_ID   = module.network.network_id
    BACKUP_FIREWALL_ID  = module.network.backup_firewall_id
    BACKUP_SSH_KEY      = "innkeeper-${var.environment}-${var.backup.ssh_key}"
    BACKUP_EXCHANGE_URL = module.functions.urls["exchange"]
    BACKUP_REPORT_URL   = module.functions.urls["report"]
    VAULT_URL           = module.cloudflare.worker_urls["backup-vault"]
    VAULT_REPOSITORY    = module.cloudflare.vault.VAULT_REPOSITORY
  }
}

output "workers" {
  description = "What Workers' configuration needs: addresses, queues, buckets, identities, the vault's ages."
  value = {
    account_id        = var.cloudflare.account_id
    project_id        = var.google.project_id
    urls              = module.cloudflare.worker_urls
    queues            = module.cloudflare.queues
    buckets           = module.cloudflare.buckets
    workload_identity = module.identity.workload_identity
    vault             = module.cloudflare.vault
  }
}

output "qdrant" {
  description = "Cluster and address; keys are made by `pnpm secrets`."
  value = {
    cluster_id = module.qdrant.cluster_id
    url        = module.qdrant.url
  }
}

output "secrets" {
  description = "Ids of the secrets that `pnpm secrets` fills, of the tokens it rolls, and the key of sops."
  value = {
    ids          = module.functions.secrets
    cloudflare   = module.cloudflare.token_ids
    sops_gcp_kms = module.identity.sops_key
  }
}

output "github" {
  description = "Providers and accounts for the workflows' login at Google."
  value       = module.identity.github
}
