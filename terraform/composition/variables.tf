variable "environment" {
  description = "Environment; the folder's name."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }

  validation {
    condition     = var.environment == basename(abspath(path.root))
    error_message = "These are another environment's values: terraform.tfvars.json lies in a folder of another name."
  }
}

variable "domain" {
  description = "The environment's own domain, a zone at Cloudflare."
  type        = string
}

variable "hostnames" {
  description = "Host names: two on the Swarm (`chat` is `ROCKETCHAT_URL`, `login` Keycloak), five of Workers."
  type = object({
    chat            = string
    login           = string
    guesty_webhook  = string
    aircall_webhook = string
    llm_query       = string
    backup_vault    = string
    log_forwarder   = string
  })
}

variable "deployed" {
  description = "What runs already; all false for the first apply (terraform/README.md)."
  type = object({
    functions         = bool
    functions_to_come = optional(set(string), [])
    swarm             = bool
    workers           = bool
  })
}

variable "hetzner" {
  description = "Servers and their network; a Hetzner project of this environment's own."
  type = object({
    location         = string
    server_type      = string
    disk_backups     = bool
    ip_range         = string
    nodes_ip_range   = string
    backup_ip_range  = string
    ssh_source_cidrs = list(string)
    web_source_cidrs = list(string)
    ssh_keys         = map(string)
    nodes = map(object({
      ip       = string
      location = optional(string)
    }))
  })
}

variable "cloudflare" {
  description = "Account, zone and the end of the tokens."
  type = object({
    account_id       = string
    zone_id          = string
    plan             = string
    tokens_expire_on = string
  })
}

variable "google" {
  description = "Google Cloud project of this environment's own, where its data lie, and what it may cost a month."
  type = object({
    project_id         = string
    project_number     = string
    region             = string
    firestore_location = string
    billing_account    = string
    min_instances_cap  = number
    budget             = object({ amount = number, currency = string })
  })

  validation {
    condition = var.google.region == (
      var.google.firestore_location == "eur3" ? "europe-west4" : var.google.firestore_location
    )
    error_message = "The functions must run where Firestore's triggers do: europe-west4 for eur3, else the same region."
  }
}

variable "qdrant" {
  description = "Cluster at Qdrant Cloud."
  type = object({
    account_id     = string
    cloud_provider = string
    cloud_region   = string
    package_id     = string
    nodes          = number
    version        = string
  })
}

variable "backup" {
  description = "The nightly backup as functions/backup is told it: `BACKUP_TIME`, `BACKUP_ZONE` and so on."
  type = object({
    time       = string
    zone       = string
    repository = string
    ssh_key    = string
    servers    = list(object({ type = string, location = string }))
    filer_paths = list(object({
      path         = string
      sentinel     = string
      minimumFiles = number
      minimumBytes = number
    }))
  })

  validation {
    condition     = length(var.backup.servers) >= 2
    error_message = "Name at least two types or places for the backup server: what can be ordered changes by the week."
  }

  validation {
    condition = alltrue([
      for server in var.backup.servers :
      contains(["fsn1", "nbg1", "hel1"], server.location)
      && can(regex("^(cx[2-9]3|cpx[1-9]2|ccx[1-9]3)$", server.type))
    ])
    error_message = "Backup servers must be of today's x86 types, in fsn1, nbg1 or hel1: one snapshot serves all."
  }

  validation {
    condition     = contains(keys(var.hetzner.ssh_keys), var.backup.ssh_key)
    error_message = "The backup server's SSH key must be one of hetzner.ssh_keys."
  }

  validation {
    condition = (
      length(var.backup.filer_paths) > 0
      && alltrue([
        for path in var.backup.filer_paths :
        startswith(path.path, "/")
        && path.sentinel != ""
        && path.minimumFiles >= 1
      ])
    )
    error_message = "A filer's folder needs an absolute path, a sentinel and a least number of files."
  }
}

variable "worker_keys" {
  description = "Public keys (JWKS) by Worker; `pnpm secrets generate workload-key-NAME` prints them."
  type = map(object({
    keys = list(map(string))
  }))
}

variable "other_secrets" {
  description = "Secrets of Workers and Swarm that are kept in Secret Manager besides those of the functions."
  type        = set(string)
}

variable "github" {
  description = "Repository whose workflows plan and deploy, by numbers."
  type = object({
    repository_id       = string
    repository_owner_id = string
  })
}

variable "operators" {
  description = "People who operate this environment, as IAM members."
  type        = set(string)
}

variable "alerts" {
  description = "Where alerts go; both ways outside of the Swarm."
  type = object({
    emails = set(string)
    webhook = object({
      url              = string
      username         = string
      password_version = string
    })
  })
}

variable "webhook_password" {
  description = "Password of the alerts' webhook: TF_VAR_webhook_password. Handed on, never kept."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "qdrant_cloud_api_key" {
  description = "Management key of Qdrant Cloud: TF_VAR_qdrant_cloud_api_key. Never kept."
  type        = string
  ephemeral   = true
  sensitive   = true
}
