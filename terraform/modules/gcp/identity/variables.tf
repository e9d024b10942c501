variable "project_id" {
  description = "Google Cloud project of this environment; one project per environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project id must be 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "project_number" {
  description = "Number of that project: federated identities are named after it."
  type        = string

  validation {
    condition     = can(regex("^[1-9][0-9]{5,}$", var.project_number))
    error_message = "The project number must be digits alone; `gcloud projects describe PROJECT` shows it."
  }
}

variable "environment" {
  description = "Environment of the project: the GitHub environment whose jobs may deploy."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }
}

variable "region" {
  description = "Region of the key ring."
  type        = string

  validation {
    condition     = can(regex("^europe-[a-z]+[0-9]+$", var.region))
    error_message = "The region must be a European one of Google Cloud, such as europe-west3."
  }
}

variable "databases" {
  description = "Names of the Firestore databases: business and chat data, and operations."
  type = object({
    business = string
    ops      = string
  })

  validation {
    condition     = var.databases.business != var.databases.ops
    error_message = "Business data and operations must be two databases: IAM tells them apart by name."
  }
}

variable "state_bucket" {
  description = "Bucket of Terraform's state, made by terraform/bootstrap."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "The bucket of the state must be the name of a Cloud Storage bucket, without gs://."
  }
}

variable "worker_issuer" {
  description = "Issuer of the tokens that Workers sign; `GOOGLE_WORKLOAD_ISSUER`. A name, never fetched."
  type        = string

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+$", var.worker_issuer))
    error_message = "The issuer must be an https address without a path; Google compares it and never opens it."
  }
}

variable "worker_keys" {
  description = "Public keys (JWKS, JSON text) by Worker: `pnpm secrets generate workload-key-NAME`; two for a renewal."
  type        = map(string)

  validation {
    condition     = length(setsubtract(keys(var.worker_keys), keys(local.federated_workers))) == 0
    error_message = "Keys are for ${join(", ", keys(local.federated_workers))}: no other Worker reaches Google."
  }

  validation {
    condition = alltrue([for jwks in values(var.worker_keys) : try(alltrue([
      for key in jsondecode(jwks).keys :
      contains(["EC", "RSA"], key.kty) && key.kid != "" && contains(["ES256", "RS256"], key.alg)
    ]) && length(jsondecode(jwks).keys) >= 1, false)])
    error_message = "A Worker's keys must be a JWKS: {\"keys\": [{\"kty\": \"EC\", \"kid\": …, \"alg\": \"ES256\"}]}."
  }

  validation {
    condition = alltrue([
      for jwks in values(var.worker_keys) : try(alltrue([for key in jsondecode(jwks).keys : !can(key.d)]), true)
    ])
    error_message = "A private key stands among the public ones: treat it as lost and make a new pair."
  }
}

variable "github" {
  description = "Repository that plans and deploys, by numbers: `gh api repos/OWNER/NAME --jq '.id, .owner.id'`."
  type = object({
    repository_id       = string
    repository_owner_id = string
  })

  validation {
    condition = (
      can(regex("^[0-9]+$", var.github.repository_id))
      && can(regex("^[0-9]+$", var.github.repository_owner_id))
    )
    error_message = "GitHub's repository and owner must be given as numeric ids, not as names."
  }
}

variable "operators" {
  description = "People who operate this environment, as IAM members (user: or group:)."
  type        = set(string)

  validation {
    condition     = alltrue([for member in var.operators : can(regex("^(user|group):[^@ ]+@[^@ ]+$", member))])
    error_message = "Operators must be user:NAME@DOMAIN or group:NAME@DOMAIN."
  }
}
