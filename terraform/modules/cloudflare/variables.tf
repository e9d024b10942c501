variable "environment" {
  description = "Environment; part of every name outside of prod, so that several share an account."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }
}

variable "account_id" {
  description = "Cloudflare account."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{32}$", var.account_id))
    error_message = "The account's id must be 32 hexadecimal digits: `wrangler whoami` shows it."
  }
}

variable "zone_id" {
  description = "Zone of this environment alone: a zone has one set of rules, which two environments cannot share."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{32}$", var.zone_id))
    error_message = "The zone's id must be 32 hexadecimal digits; it stands on the zone's overview page."
  }
}

variable "domain" {
  description = "Name of the zone."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "The domain must be a name such as example.com, in lower case."
  }
}

variable "plan" {
  description = "Cloudflare plan of the zone: how many rate rules it takes, and how long they count."
  type        = string
  default     = "free"

  validation {
    condition     = contains(["free", "pro", "business"], var.plan)
    error_message = "The plan must be free, pro or business."
  }
}

variable "hostnames" {
  description = "Host names of this environment, all in its zone: two on the Swarm, five of Workers."
  type = object({
    chat            = string
    login           = string
    guesty_webhook  = string
    aircall_webhook = string
    llm_query       = string
    backup_vault    = string
    log_forwarder   = string
  })

  validation {
    condition     = alltrue([for name in values(var.hostnames) : endswith(name, ".${var.domain}")])
    error_message = "Every host name must lie in the environment's own zone."
  }

  validation {
    # The certificate that every zone has covers one level below it.
    condition = alltrue([
      for name in values(var.hostnames) : length(split(".", name)) == length(split(".", var.domain)) + 1
    ])
    error_message = "A host name must lie one level below the domain: the zone's certificate covers no deeper one."
  }

  validation {
    condition     = length(distinct(values(var.hostnames))) == length(values(var.hostnames))
    error_message = "Two host names are the same."
  }
}

variable "swarm_addresses" {
  description = "Public IPv4 addresses of the Swarm's nodes by name, of the module hetzner-swarm."
  type        = map(string)

  validation {
    condition     = length(var.swarm_addresses) > 0
    error_message = "At least one node's address is needed."
  }
}

variable "operator_source_cidrs" {
  description = "Where operators sit: Keycloak's administration opens from there alone. The same as SSH's sources."
  type        = list(string)

  validation {
    condition = (
      length(var.operator_source_cidrs) > 0
      && alltrue([for cidr in var.operator_source_cidrs : can(cidrhost(cidr, 0))])
    )
    error_message = "At least one source range of operators is needed, in CIDR form."
  }
}

variable "delivery_queues" {
  description = "Queues of deliveries as in wrangler.jsonc; each gets its dead-letter queue, NAME-dead."
  type        = set(string)
  default     = ["guesty-deliveries", "aircall-deliveries"]

  validation {
    condition = alltrue([
      for name in var.delivery_queues : can(regex("^[a-z][a-z0-9-]{2,54}$", name)) && !endswith(name, "-dead")
    ])
    error_message = "A queue's name must be lower-case letters, digits and hyphens, and must not end in -dead."
  }
}

variable "jurisdiction" {
  description = "Where R2 keeps the buckets; can never be changed. eu has an address of its own, for restic, too."
  type        = string
  default     = "default"

  validation {
    condition     = contains(["default", "eu"], var.jurisdiction)
    error_message = "The jurisdiction must be default or eu."
  }
}

variable "vault_repository" {
  description = "Path of the restic repository in the vault's bucket; `VAULT_REPOSITORY`."
  type        = string
  default     = "company"

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*$", var.vault_repository))
    error_message = "The repository's path must be lower-case letters, digits, hyphens and single slashes."
  }
}

variable "vault_data_age_seconds" {
  description = "How long packs cannot be deleted; the same as `VAULT_DATA_AGE_MIN_S`."
  type        = number
  default     = 1209600

  validation {
    condition     = var.vault_data_age_seconds >= 1209600
    error_message = "Packs must be locked for at least 14 days (1209600 s): that is the time to notice an attack."
  }
}

variable "vault_snapshot_age_seconds" {
  description = "How long snapshots cannot be deleted; the same as `VAULT_SNAPSHOT_AGE_MIN_S`."
  type        = number
  default     = 604800

  validation {
    condition = (
      var.vault_snapshot_age_seconds >= 604800
      && var.vault_snapshot_age_seconds <= var.vault_data_age_seconds
    )
    error_message = "Snapshots must be locked for 7 days (604800 s) or more, and no longer than their packs."
  }
}

variable "tokens_expire_on" {
  description = "When the tokens end, UTC; move it, apply, and run `pnpm secrets cloudflare-tokens`."
  type        = string

  validation {
    condition = (
      can(regex("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T00:00:00Z$", var.tokens_expire_on))
      && can(formatdate("YYYY", var.tokens_expire_on))
    )
    error_message = "The tokens' end must be a day at midnight UTC, such as 2027-05-01T00:00:00Z."
  }
}

variable "deploy_source_cidrs" {
  description = "Where the tokens may be used from; empty where GitHub's own runners deploy."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.deploy_source_cidrs : can(cidrhost(cidr, 0))])
    error_message = "A source range of the tokens must be in CIDR form."
  }
}

variable "notification_emails" {
  description = "Who hears from Cloudflare itself."
  type        = set(string)

  validation {
    condition = (
      length(var.notification_emails) > 0
      && alltrue([for address in var.notification_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    )
    error_message = "At least one e-mail address is needed."
  }
}
