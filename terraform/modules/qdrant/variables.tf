variable "environment" {
  description = "Environment whose cluster this is; part of its name."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }
}

variable "cloud_provider" {
  description = "Cloud that Qdrant runs the cluster in."
  type        = string
  default     = "gcp"

  validation {
    condition     = contains(["aws", "gcp", "azure"], var.cloud_provider)
    error_message = "The cloud must be aws, gcp or azure."
  }
}

variable "cloud_region" {
  description = "Region of that cloud, near the functions: each document is written and read once more."
  type        = string

  validation {
    condition     = can(regex("^(europe|eu)-[a-z]+-?[0-9]+$", var.cloud_region))
    error_message = "The region must be a European one, such as europe-west3: texts of guests lie in the cluster."
  }
}

variable "package_id" {
  description = "Package (memory, processors, disk) of each node: `GET /booking/v1/packages` lists them."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.package_id))
    error_message = "The package must be the UUID of a Qdrant Cloud package."
  }
}

variable "nodes" {
  description = "Number of nodes. One is away while it is updated; answers then say that records cannot be reached."
  type        = number

  validation {
    condition     = contains([1, 3, 5], var.nodes)
    error_message = "A cluster has 1, 3 or 5 nodes: two cannot agree when one is away."
  }
}

variable "qdrant_version" {
  description = "Version of Qdrant; the same minor as the client in pnpm-workspace.yaml."
  type        = string

  validation {
    condition     = can(regex("^v1\\.[0-9]+\\.[0-9]+$", var.qdrant_version))
    error_message = "The version must be exact, such as v1.19.0."
  }
}

variable "backup_cron" {
  description = "When backups are made, UTC; away from the hour of the nightly backup."
  type        = string
  default     = "15 4 * * *"

  validation {
    condition     = length(split(" ", var.backup_cron)) == 5
    error_message = "The schedule must be a cron expression of five fields."
  }
}

variable "backup_days" {
  description = "Days that a backup is kept. The index can be made anew from Firestore, in hours."
  type        = number
  default     = 7

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 365 && floor(var.backup_days) == var.backup_days
    error_message = "Backups are kept 1 to 365 whole days."
  }
}
