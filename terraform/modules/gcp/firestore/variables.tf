variable "project_id" {
  description = "Google Cloud project that holds both databases."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project id must be 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "location" {
  description = "Where the databases lie; can never be changed. `trigger_region` follows from it."
  type        = string

  validation {
    condition = contains(
      ["eur3", "europe-west1", "europe-west3", "europe-west4", "europe-southwest1", "europe-north1"], var.location
    )
    error_message = "The location must be eur3 or europe-west1, -west3, -west4, -southwest1, -north1: in the EU."
  }
}

variable "daily_backup_days" {
  description = "Days that each daily backup is kept."
  type        = number
  default     = 7

  validation {
    condition = (
      var.daily_backup_days >= 1
      && var.daily_backup_days <= 98
      && floor(var.daily_backup_days) == var.daily_backup_days
    )
    error_message = "Daily backups are kept 1 to 98 whole days (Google's limit is 14 weeks)."
  }
}

variable "weekly_backup_weeks" {
  description = "Weeks that each weekly backup is kept."
  type        = number
  default     = 14

  validation {
    condition = (
      var.weekly_backup_weeks >= 1
      && var.weekly_backup_weeks <= 14
      && floor(var.weekly_backup_weeks) == var.weekly_backup_weeks
    )
    error_message = "Weekly backups are kept 1 to 14 whole weeks (Google's limit)."
  }

  validation {
    condition     = var.weekly_backup_weeks * 7 > var.daily_backup_days
    error_message = "Weekly backups must be kept longer than daily ones, or they hold nothing that those do not."
  }
}
