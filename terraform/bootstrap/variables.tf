variable "project_id" {
  description = "Google Cloud project of the environment; the bucket is named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project id must be 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "location" {
  description = "Where the state lies; can never be changed."
  type        = string
  default     = "EUROPE-WEST3"

  validation {
    condition     = can(regex("^EUROPE-[A-Z]+[0-9]+$", var.location))
    error_message = "The location must be a European region in capitals, such as EUROPE-WEST3."
  }
}
