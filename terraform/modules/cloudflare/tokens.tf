# Each right by the name Cloudflare gives it; ids are looked up, because names are what a person can read.
data "cloudflare_account_api_token_permission_groups_list" "this" {
  account_id = var.account_id
}

locals {
  # By scope: some names stand for one right in an account and another in a zone.
  permission_ids = {
    for scope in ["com.cloudflare.api.account", "com.cloudflare.api.account.zone"] : scope => {
      for group in data.cloudflare_account_api_token_permission_groups_list.this.result :
      group.name => group.id... if contains(group.scopes, scope)
    }
  }
  account_permissions = { for name, ids in local.permission_ids["com.cloudflare.api.account"] : name => ids[0] }
  zone_permissions    = { for name, ids in local.permission_ids["com.cloudflare.api.account.zone"] : name => ids[0] }

  account = jsonencode({ "com.cloudflare.api.account.${var.account_id}" = "*" })
  zone    = jsonencode({ "com.cloudflare.api.account.zone.${var.zone_id}" = "*" })

  # The token that applies this configuration is not among them: it would hold the right to make tokens. An operator
  # makes it by hand, with an end, and keeps it in the GitHub environment alone.
  tokens = {
    plan = {
      account = [
        "Account API Tokens Read", "Account Settings Read", "Notifications Read", "Queues Read",
        "Workers R2 Storage Read", "Workers Scripts Read",
      ]
      zone = ["DNS Read", "Zone Read", "Zone Settings Read", "Zone WAF Read"]
    }
    workers = {
      account = ["Queues Write", "Workers R2 Storage Read", "Workers Scripts Write"]
      zone    = ["Workers Routes Write", "Zone Read"]
    }
    embeddings = {
      account = ["Workers AI Read"]
      zone    = []
    }
  }

  # Sorted, because the provider reads rights back by id and policies by their resources, the account's before the
  # zone's: in another order every plan would change them.
  rights = {
    for purpose, token in local.tokens : purpose => {
      account = sort([for name in token.account : lookup(local.account_permissions, name, "")])
      zone    = sort([for name in token.zone : lookup(local.zone_permissions, name, "")])
    }
  }

  # `GET /accounts/<id>/tokens/permission_groups` lists those there are.
  unknown_rights = {
    for purpose, token in local.tokens : purpose => setunion(
      setsubtract(token.account, keys(local.account_permissions)),
      setsubtract(token.zone, keys(local.zone_permissions)),
    )
  }
}

# The value that comes back lies in the state. `pnpm secrets cloudflare-tokens` rolls it at once and keeps the new one
# where it is used; what lies in the state then opens nothing.
resource "cloudflare_account_token" "this" {
  for_each = local.tokens

  account_id = var.account_id
  name       = "innkeeper-${var.environment}-${each.key}"
  expires_on = var.tokens_expire_on
  # Functions call from any address.
  condition = (
    each.key == "embeddings" || length(var.deploy_source_cidrs) == 0
    ? null
    : { request_ip = { in = var.deploy_source_cidrs } }
  )

  policies = concat(
    [{
      effect            = "allow"
      permission_groups = [for id in local.rights[each.key].account : { id = id }]
      resources         = local.account
    }],
    length(each.value.zone) == 0 ? [] : [{
      effect            = "allow"
      permission_groups = [for id in local.rights[each.key].zone : { id = id }]
      resources         = local.zone
    }],
  )

  lifecycle {
    precondition {
      condition     = length(local.unknown_rights[each.key]) == 0
      error_message = "Cloudflare knows no such right: ${join(", ", local.unknown_rights[each.key])}."
    }
  }
}
