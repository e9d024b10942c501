# Warnings: each is a sentence in the plan's comment, and none stops a deployment.
check "tokens_last" {
  assert {
    # A date that is none is refused where it is used.
    condition     = try(timecmp(var.cloudflare.tokens_expire_on, timeadd(plantimestamp(), "720h")) > 0, true)
    error_message = "Cloudflare's tokens end on ${var.cloudflare.tokens_expire_on}: move the date, apply, roll them."
  }
}

check "accounts_are_real" {
  assert {
    condition = (
      !can(regex("(^|\\.)example\\.(com|net|org)$", var.domain))
      && !can(regex("^0+[0-9]?$", var.cloudflare.account_id))
      && var.google.project_number != "123456789012"
    )
    error_message = "terraform.tfvars.json still holds placeholders: terraform/README.md says where values come from."
  }
}

check "stores_are_near_each_other" {
  assert {
    condition     = var.qdrant.cloud_provider != "gcp" || var.qdrant.cloud_region == var.google.region
    error_message = "Qdrant is in ${var.qdrant.cloud_region}, the functions in ${var.google.region}: far apart."
  }
}

check "backup_does_not_meet_itself" {
  assert {
    condition = (
      alltrue([for server in var.backup.servers : contains(["fsn1", "nbg1", "hel1"], server.location)])
      && length(distinct([for server in var.backup.servers : server.location])) >= 2
    )
    error_message = "All backup servers would stand in one place: name a second one, for the week in which it has none."
  }
}

check "prod_survives_a_node" {
  assert {
    condition     = var.environment != "prod" || var.qdrant.nodes >= 3
    error_message = "Qdrant has one node in prod: while it is updated, answers say that records cannot be reached."
  }
}
