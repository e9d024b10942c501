variable "project_id" {
  description = "Google Cloud project of the topics."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project id must be 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "project_number" {
  description = "Number of that project: Pub/Sub's own service account is named after it."
  type        = string

  validation {
    condition     = can(regex("^[1-9][0-9]{5,}$", var.project_number))
    error_message = "The project number must be digits alone; `gcloud projects describe PROJECT` shows it."
  }
}

variable "region" {
  description = "Region in which messages are kept: the texts of people are in them."
  type        = string

  validation {
    condition     = can(regex("^europe-[a-z]+[0-9]+$", var.region))
    error_message = "The region must be a European one of Google Cloud, such as europe-west3."
  }
}

variable "endpoints" {
  description = "Addresses of the functions: `chat` takes changes, `chat-dead` what could not be done."
  type = object({
    chat      = string
    chat-dead = string
  })

  validation {
    condition     = alltrue([for url in values(var.endpoints) : can(regex("^https://[a-z0-9.-]+/?$", url))])
    error_message = "An endpoint must be an https address without a path: it is the audience of the tokens, too."
  }
}

variable "live_publishers" {
  description = "Who publishes what happens now to chat-live, by a name: the listener alone."
  type        = map(string)

  validation {
    condition = (
      length(var.live_publishers) > 0
      && alltrue([
        for member in values(var.live_publishers) :
        can(regex("^(serviceAccount|principal|principalSet|user|group):", member))
      ])
    )
    error_message = "Publishers must be IAM members such as serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  }
}

variable "backfill_publishers" {
  description = "Who publishes to chat-backfill, by a name: the listener, and operators for replays."
  type        = map(string)

  validation {
    condition = (
      length(var.backfill_publishers) > 0
      && alltrue([
        for member in values(var.backfill_publishers) :
        can(regex("^(serviceAccount|principal|principalSet|user|group):", member))
      ])
    )
    error_message = "Publishers must be IAM members such as serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  }
}

variable "max_delivery_attempts" {
  description = "Attempts before a change goes to chat-dead; with the back-off, 100 are about 15 hours."
  type        = number
  default     = 100

  validation {
    condition     = var.max_delivery_attempts >= 5 && var.max_delivery_attempts <= 100
    error_message = "Pub/Sub takes 5 to 100 delivery attempts."
  }
}
