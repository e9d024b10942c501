variable "project_id" {
  description = "Google Cloud project of the jobs."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project id must be 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "region" {
  description = "Region of the jobs: that of the functions they call."
  type        = string

  validation {
    condition     = can(regex("^europe-[a-z]+[0-9]+$", var.region))
    error_message = "The region must be a European one of Google Cloud, such as europe-west3."
  }
}

variable "endpoints" {
  description = "Addresses of the functions launch and sweep."
  type = object({
    launch = string
    sweep  = string
  })

  validation {
    condition     = alltrue([for url in values(var.endpoints) : can(regex("^https://[a-z0-9.-]+/?$", url))])
    error_message = "An endpoint must be an https address without a path: it is the audience of the tokens, too."
  }
}

variable "backup_time" {
  description = "When the nightly backup is due, HH:MM; the same as `BACKUP_TIME`."
  type        = string

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.backup_time))
    error_message = "The time of the backup must be HH:MM, such as 02:30."
  }
}

variable "backup_zone" {
  description = "IANA zone of that time; the same as `BACKUP_ZONE`."
  type        = string

  validation {
    condition     = can(regex("^[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_+-]+){1,2}$", var.backup_zone))
    error_message = "The zone must be an IANA name such as Europe/Lisbon."
  }
}
