locals {
  # As terraform/bootstrap names it.
  state_bucket = "${var.google.project_id}-tfstate"
}

module "network" {
  source = "../../modules/hetzner-network"

  environment      = var.environment
  ip_range         = var.hetzner.ip_range
  nodes_ip_range   = var.hetzner.nodes_ip_range
  backup_ip_range  = var.hetzner.backup_ip_range
  ssh_source_cidrs = var.hetzner.ssh_source_cidrs
  web_source_cidrs = var.hetzner.web_source_cidrs
}

module "swarm" {
  source = "../../modules/hetzner-swarm"

  environment     = var.environment
  nodes           = var.hetzner.nodes
  location        = var.hetzner.location
  server_type     = var.hetzner.server_type
  ssh_keys        = var.hetzner.ssh_keys
  disk_backups    = var.hetzner.disk_backups
  nodes_subnet_id = module.network.nodes_subnet_id
  nodes_ip_range  = var.hetzner.nodes_ip_range
  firewall_id     = module.network.nodes_firewall_id
}

module "cloudflare" {
  source = "../../modules/cloudflare"

  environment           = var.environment
  account_id            = var.cloudflare.account_id
  zone_id               = var.cloudflare.zone_id
  domain                = var.domain
  plan                  = var.cloudflare.plan
  hostnames             = var.hostnames
  swarm_addresses       = module.swarm.public_ipv4_addresses
  tokens_expire_on      = var.cloudflare.tokens_expire_on
  vault_repository      = var.backup.repository
  notification_emails   = var.alerts.emails
  operator_source_cidrs = var.hetzner.ssh_source_cidrs
}

module "identity" {
  source = "../../modules/gcp/identity"

  environment    = var.environment
  project_id     = var.google.project_id
  project_number = var.google.project_number
  region         = var.google.region
  databases      = { business = "(default)", ops = "ops" }
  state_bucket   = local.state_bucket
  worker_issuer  = "https://workers.${var.domain}"
  worker_keys    = { for name, jwks in var.worker_keys : name => jsonencode(jwks) }
  github         = var.github
  operators      = var.operators
}

module "firestore" {
  source = "../../modules/gcp/firestore"

  project_id = var.google.project_id
  location   = var.google.firestore_location

  depends_on = [module.identity]
}

module "functions" {
  source = "../../modules/gcp/functions"

  project_id        = var.google.project_id
  project_number    = var.google.project_number
  region            = var.google.region
  trigger_region    = module.firestore.trigger_region
  databases         = module.firestore.databases
  functions         = jsondecode(file("${path.root}/../../../functions/manifest.json"))
  other_secrets     = var.other_secrets
  is_deployed       = var.deployed.functions
  functions_to_come = var.deployed.functions_to_come
  state_bucket      = local.state_bucket
  min_instances_cap = var.google.min_instances_cap
  invokers = {
    scheduler   = module.scheduler.service_account
    pubsub-push = module.pubsub.push_service_account
  }

  depends_on = [module.identity]
}

module "pubsub" {
  source = "../../modules/gcp/pubsub"

  project_id      = var.google.project_id
  project_number  = var.google.project_number
  region          = var.google.region
  endpoints       = { chat = module.functions.urls["chat"], chat-dead = module.functions.urls["chat-dead"] }
  live_publishers = { mongo-listener = module.identity.mongo_listener.member }
  backfill_publishers = merge(
    { mongo-listener = module.identity.mongo_listener.member, sync-app = module.identity.sync_app },
    { for member in var.operators : member => member },
  )

  depends_on = [module.identity]
}

module "scheduler" {
  source = "../../modules/gcp/scheduler"

  project_id  = var.google.project_id
  region      = var.google.region
  endpoints   = { launch = module.functions.urls["launch"], sweep = module.functions.urls["sweep"] }
  backup_time = var.backup.time
  backup_zone = var.backup.zone

  depends_on = [module.identity]
}

module "monitoring" {
  source = "../../modules/gcp/monitoring"

  environment      = var.environment
  project_id       = var.google.project_id
  project_number   = var.google.project_number
  emails           = var.alerts.emails
  webhook          = var.alerts.webhook
  webhook_password = var.webhook_password
  chat_hosts = var.deployed.swarm ? {
    chat  = { host = var.hostnames.chat, path = "/api/info" }
    login = { host = var.hostnames.login, path = "/robots.txt" }
  } : {}
  worker_urls            = var.deployed.workers ? module.cloudflare.worker_urls : {}
  subscriptions          = module.pubsub.subscriptions
  ops_database           = module.firestore.databases.ops
  are_functions_deployed = var.deployed.functions
  are_workers_deployed   = var.deployed.workers
  is_listener_deployed   = var.deployed.swarm
  billing_account        = var.google.billing_account
  budget                 = var.google.budget

  depends_on = [module.identity]
}

module "qdrant" {
  source = "../../modules/qdrant"

  environment    = var.environment
  cloud_provider = var.qdrant.cloud_provider
  cloud_region   = var.qdrant.cloud_region
  package_id     = var.qdrant.package_id
  nodes          = var.qdrant.nodes
  qdrant_version = var.qdrant.version
}
