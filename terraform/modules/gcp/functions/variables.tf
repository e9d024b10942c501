variable "project_id" {
  description = "Google Cloud project of the functions."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project id must be 6 to 30 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "project_number" {
  description = "Number of that project; part of the functions' addresses."
  type        = string

  validation {
    condition     = can(regex("^[1-9][0-9]{5,}$", var.project_number))
    error_message = "The project number must be digits alone; `gcloud projects describe PROJECT` shows it."
  }
}

variable "region" {
  description = "Region of the functions."
  type        = string

  validation {
    condition     = var.region == var.trigger_region
    error_message = "Functions must run where Firestore's triggers do: europe-west4 for eur3, else the same region."
  }
}

variable "trigger_region" {
  description = "Region that belongs to the databases' location, of the module firestore."
  type        = string
}

variable "databases" {
  description = "Names of the Firestore databases by what the manifest calls them."
  type = object({
    business = string
    ops      = string
  })
}

variable "functions" {
  description = "functions/manifest.json, decoded: each function by its name. The deployment reads it, too."
  type = map(object({
    source     = string
    entryPoint = string
    trigger = object({
      kind     = string
      invoker  = string
      database = optional(string)
      document = optional(string)
    })
    ingress              = string
    memory               = string
    cpu                  = number
    minInstances         = number
    maxInstances         = number
    concurrency          = number
    timeoutSeconds       = number
    databases            = set(string)
    readsDatabaseBackups = optional(bool, false)
    secrets              = map(string)
    optionalSecrets      = optional(set(string), [])
  }))

  validation {
    condition     = alltrue([for name in keys(var.functions) : can(regex("^[a-z][a-z0-9-]{1,25}[a-z0-9]$", name))])
    error_message = "A function's name must be 3 to 27 lower-case letters, digits and hyphens: its account is fn-NAME."
  }

  validation {
    condition = alltrue([for function in var.functions : (
      function.trigger.kind == "firestore"
      ? (
        function.trigger.invoker == "eventarc"
        && contains(["business", "ops"], coalesce(function.trigger.database, "none"))
        && can(regex("^[^/{}]+/\\{[^/{}]+\\}$", function.trigger.document))
      )
      : function.trigger.kind == "http" && contains(["scheduler", "pubsub-push", "public"], function.trigger.invoker)
    )])
    error_message = "A trigger is http (scheduler, pubsub-push, public) or firestore (eventarc, database, a/{id})."
  }

  validation {
    condition     = alltrue([for function in var.functions : function.cpu >= 1 || function.concurrency == 1])
    error_message = "More than one request at a time needs at least one whole CPU."
  }

  validation {
    condition = alltrue([for function in var.functions :
      function.minInstances >= 0 && function.minInstances <= function.maxInstances
      && function.maxInstances >= 1 && function.maxInstances <= 100
    ])
    error_message = "A function needs 1 to 100 instances at most, and not more at least than at most."
  }

  validation {
    condition = alltrue([
      for function in var.functions : function.trigger.invoker != "public" || function.maxInstances <= 5
    ])
    error_message = "A function that anybody may call must have at most 5 instances: that is what bounds a flood."
  }

  validation {
    condition = alltrue([
      for function in var.functions :
      function.trigger.invoker == "public"
      || function.ingress == "ALLOW_INTERNAL_ONLY"
      || function.entryPoint == "launch"
    ])
    error_message = "A private function must have the ingress ALLOW_INTERNAL_ONLY, but for launch, which people call."
  }

  validation {
    condition = alltrue([
      for function in var.functions :
      function.timeoutSeconds >= 1
      && function.timeoutSeconds <= (function.trigger.kind == "firestore" ? 540 : 3600)
    ])
    error_message = "A function's time-out is 1 to 3,600 s, and at most 540 s where it follows a trigger."
  }

  validation {
    condition = alltrue([
      for function in var.functions : length(setsubtract(function.databases, ["business", "ops"])) == 0
    ])
    error_message = "A function's databases are business and ops."
  }

  validation {
    condition = alltrue([
      for function in var.functions : length(setsubtract(function.optionalSecrets, keys(function.secrets))) == 0
    ])
    error_message = "A function's optionalSecrets must be variables of its secrets."
  }
}

variable "other_secrets" {
  description = "Further secrets kept in this project by id: those of the Workers, which `pnpm secrets` hands on."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.other_secrets : can(regex("^[a-z][a-z0-9-]{2,62}$", id))])
    error_message = "A secret's id must be lower-case letters, digits and hyphens."
  }
}

variable "is_deployed" {
  description = "Whether the functions exist. False for the first apply: a right on what is not there fails."
  type        = bool
}

variable "functions_to_come" {
  description = "Functions of the manifest that joined later and are not deployed yet: nobody may call them so far."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.functions_to_come, keys(var.functions))) == 0
    error_message = "Only a function of functions/manifest.json can be one that is still to come."
  }
}

variable "state_bucket" {
  description = "Bucket of Terraform's state, which builds must not read."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "The bucket of the state must be the name of a Cloud Storage bucket, without gs://."
  }
}

variable "min_instances_cap" {
  description = "At most so many instances of a function are kept warm; 0 where nobody waits."
  type        = number
  default     = 100

  validation {
    condition     = var.min_instances_cap >= 0 && floor(var.min_instances_cap) == var.min_instances_cap
    error_message = "The cap on warm instances must be 0 or a positive whole number."
  }
}

variable "invokers" {
  description = "Service accounts (e-mail addresses) that call: of Cloud Scheduler and of Pub/Sub's pushes."
  type = object({
    scheduler   = string
    pubsub-push = string
  })
}
