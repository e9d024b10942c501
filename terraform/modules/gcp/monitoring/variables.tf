variable "project_id" {
  description = "Google Cloud project that is watched."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project id must be 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "project_number" {
  description = "Number of that project, for the budget."
  type        = string

  validation {
    condition     = can(regex("^[1-9][0-9]{5,}$", var.project_number))
    error_message = "The project number must be digits alone; `gcloud projects describe PROJECT` shows it."
  }
}

variable "environment" {
  description = "Environment; part of every policy's name, so that a person at night knows which one it is."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }
}

variable "emails" {
  description = "Addresses that alerts go to. None of them on the company's own servers: these may be what is down."
  type        = set(string)

  validation {
    condition = (
      length(var.emails) > 0
      && alltrue([for address in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    )
    error_message = "At least one e-mail address is needed."
  }
}

variable "webhook" {
  description = "An on-call service outside of the Swarm. Raise `password_version` with every new password."
  type = object({
    url              = string
    username         = string
    password_version = string
  })

  validation {
    condition = (
      can(regex("^https://[^/]+", var.webhook.url))
      && !strcontains(var.webhook.url, "@")
      && !strcontains(var.webhook.url, "?")
    )
    error_message = "The webhook must be https, without a password or a query: those would lie in the state."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]*$", var.webhook.password_version))
    error_message = "The password's version must be a whole number from 1, as text."
  }
}

variable "webhook_password" {
  description = "Password of the webhook; handed on and never kept. TF_VAR_webhook_password."
  type        = string
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = length(var.webhook_password) >= 16
    error_message = "The webhook's password must have at least 16 characters; set TF_VAR_webhook_password."
  }
}

variable "chat_hosts" {
  description = "What people open on the Swarm, host by name; a path that answers 200 without signing in."
  type        = map(object({ host = string, path = string }))

  validation {
    condition = alltrue([
      for page in values(var.chat_hosts) : startswith(page.path, "/") && !strcontains(page.host, "/")
    ])
    error_message = "A watched page is a host without a scheme and a path that begins with a slash."
  }
}

variable "worker_urls" {
  description = "Addresses of the Workers by name; /healthz is asked."
  type        = map(string)

  validation {
    condition     = alltrue([for url in values(var.worker_urls) : can(regex("^https://[a-z0-9.-]+$", url))])
    error_message = "A Worker's address must be https without a path."
  }
}

variable "subscriptions" {
  description = "Pub/Sub subscriptions by name, of the module pubsub."
  type        = map(object({ has_dead_letters = bool }))
}

variable "ops_database" {
  description = "Firestore database of operations: the listener writes its position there, every five seconds at least."
  type        = string
}

variable "are_functions_deployed" {
  description = "Whether the functions run; before, there is nothing to tell, and their metrics are too new for alerts."
  type        = bool
}

variable "are_workers_deployed" {
  description = "Whether the Workers run; before, likewise."
  type        = bool
}

variable "is_listener_deployed" {
  description = "Whether the listener runs; before, its silence is no news."
  type        = bool
}

variable "billing_account" {
  description = "Billing account of the project."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "The billing account must have the form 012345-6789AB-CDEF01: `gcloud billing accounts list`."
  }
}

variable "budget" {
  description = "What a month may cost at Google: whole units of the billing account's currency."
  type = object({
    amount   = number
    currency = string
  })

  validation {
    condition = (
      var.budget.amount >= 1
      && floor(var.budget.amount) == var.budget.amount
      && can(regex("^[A-Z]{3}$", var.budget.currency))
    )
    error_message = "The budget must be a whole amount from 1 and a currency such as EUR."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept; they hold ids and figures, never texts of people."
  type        = number
  default     = 30

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 400
    error_message = "Logs are kept 30 to 400 days: a failure that is noticed late has to be found still."
  }
}
