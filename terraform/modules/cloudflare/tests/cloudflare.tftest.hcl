variables {
  environment = "prod"
  account_id  = "00000000000000000000000000000001"
  zone_id     = "00000000000000000000000000000002"
  domain      = "innkeeper.example"
  hostnames = {
    chat            = "chat.innkeeper.example"
    login           = "login.innkeeper.example"
    guesty_webhook  = "guesty.innkeeper.example"
    aircall_webhook = "aircall.innkeeper.example"
    llm_query       = "ask.innkeeper.example"
    backup_vault    = "vault.innkeeper.example"
    log_forwarder   = "log-forwarder.innkeeper.example"
  }
  swarm_addresses       = { prod-node-1 = "203.0.113.1", prod-node-2 = "203.0.113.2", prod-node-3 = "203.0.113.3" }
  operator_source_cidrs = ["203.0.113.7/32"]
  tokens_expire_on      = "2027-05-01T00:00:00Z"
  notification_emails   = ["operators@innkeeper.example"]
}

run "names_in_prod_are_those_of_wrangler" {
  command = plan

  assert {
    condition = (
      toset(values(output.queues))
      == toset(["guesty-deliveries", "guesty-deliveries-dead", "aircall-deliveries", "aircall-deliveries-dead"])
    )
    error_message = "A queue has another name than in wrangler.jsonc."
  }
  assert {
    condition     = output.buckets.overflow == "innkeeper-overflow" && output.buckets.backup == "innkeeper-backup"
    error_message = "A bucket has another name than in wrangler.jsonc."
  }
}

run "names_elsewhere_carry_the_environment" {
  command = plan
  variables { environment = "staging" }

  assert {
    condition = (
      output.queues["guesty-deliveries-dead"] == "guesty-deliveries-dead-staging"
      && output.buckets.backup == "innkeeper-backup-staging"
    )
    error_message = "Two environments would share a queue or a bucket."
  }
}

run "backups_are_locked_and_never_expire" {
  command = plan

  assert {
    condition = {
      for rule in cloudflare_r2_bucket_lock.backup.rules :
      rule.prefix => coalesce(rule.condition.max_age_seconds, -1)
      } == {
      "company/data/" = 1209600, "company/snapshots/" = 604800, "company/keys/" = -1, "company/config" = -1
    }
    error_message = "The bucket's locks are not those of the vault's README."
  }
  assert {
    condition = alltrue([
      for rule in cloudflare_r2_bucket_lifecycle.backup.rules : rule.delete_objects_transition == null
    ])
    error_message = "A lifecycle rule deletes backups."
  }
  assert {
    condition = (
      cloudflare_r2_bucket_lifecycle.overflow.rules[0].delete_objects_transition.condition.max_age
      == 2592000
    )
    error_message = "What overflowed is kept longer or shorter than 30 days."
  }
}

run "people_reach_the_swarm_through_cloudflare_alone" {
  command = plan

  assert {
    condition = (
      length(cloudflare_dns_record.swarm) == 6
      && alltrue([for record in cloudflare_dns_record.swarm : record.proxied])
    )
    error_message = "A host name of the Swarm shows a node's own address."
  }
}

run "a_domain_with_mailboxes_keeps_its_mail" {
  command = plan

  assert {
    condition     = length(cloudflare_dns_record.no_mail) == 0
    error_message = "The mail of people whose mailboxes are in the domain would be refused."
  }
}

run "a_domain_without_mailboxes_sends_no_mail" {
  command = plan
  variables { notification_emails = ["operators@company.example"] }

  assert {
    condition     = cloudflare_dns_record.no_mail[*].content == ["\"v=spf1 -all\""]
    error_message = "Anybody could send mail in the name of the domain."
  }
}

run "keycloak_is_administered_from_operators_addresses_alone" {
  command = plan

  assert {
    condition = strcontains(
      cloudflare_ruleset.requests.rules[1].expression,
      "not ip.src in {203.0.113.7/32 203.0.113.1 203.0.113.2 203.0.113.3}",
    )
    error_message = "Keycloak's administration opens to others than operators and the nodes themselves."
  }
}

run "webhooks_pass_and_other_paths_do_not" {
  command = plan

  assert {
    condition = alltrue([
      for path in ["/webhooks/guesty", "/webhooks/aircall", "/questions"] :
      strcontains(
        cloudflare_ruleset.requests.rules[0].expression,
        "http.request.method eq \"POST\" and http.request.uri.path eq \"${path}\"",
      )
    ])
    error_message = "A Worker's own path would be blocked."
  }
  assert {
    condition = (
      cloudflare_ruleset.requests.rules[2].expression
      == join(" and ", [
        "http.host eq \"log-forwarder.innkeeper.example\"",
        "not (http.request.method eq \"GET\" and http.request.uri.path eq \"/healthz\")",
      ])
    )
    error_message = "The log forwarder could be called for more than its health."
  }
}

run "the_free_plan_takes_the_rule_against_guessing" {
  command = plan

  assert {
    condition = (
      [for rule in cloudflare_ruleset.rates.rules : rule.ref] == ["guessing"]
      && cloudflare_ruleset.rates.rules[0].ratelimit.period == 10
    )
    error_message = "The free plan takes one rule that counts ten seconds."
  }
}

run "a_larger_plan_also_bounds_floods" {
  command = plan
  variables { plan = "pro" }

  assert {
    condition     = [for rule in cloudflare_ruleset.rates.rules : rule.ref] == ["guessing", "flood"]
    error_message = "The rule against floods is missing."
  }
  assert {
    condition = (
      cloudflare_ruleset.rates.rules[1].expression
      == "http.request.uri.path in {\"/questions\" \"/webhooks/aircall\" \"/webhooks/guesty\"}"
    )
    error_message = "Floods are bounded on other paths than those of the webhooks."
  }
}

run "every_token_ends_and_none_makes_tokens_or_changes_locks" {
  command = plan

  assert {
    condition     = alltrue([for token in cloudflare_account_token.this : token.expires_on == "2027-05-01T00:00:00Z"])
    error_message = "A token has no end."
  }
  assert {
    condition = alltrue(flatten([
      for token in local.tokens : [
        for name in concat(token.account, token.zone) :
        !contains(["Account API Tokens Write", "Workers R2 Storage Write"], name)
      ]
    ]))
    error_message = "A token could make tokens, or lift the locks of the backups."
  }
}

run "rights_stand_in_the_order_they_are_read_back_in" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for token in cloudflare_account_token.this : [
        for policy in token.policies :
        policy.permission_groups[*].id == sort(policy.permission_groups[*].id)
      ]
    ]))
    error_message = "A token's rights are not sorted by id: every plan would change it."
  }
  assert {
    condition = alltrue([
      for token in cloudflare_account_token.this : token.policies[*].resources == sort(token.policies[*].resources)
    ])
    error_message = "A token's policies are not sorted by what they are for: every plan would change it."
  }
}

run "a_host_name_in_another_zone_is_refused" {
  command = plan
  variables {
    hostnames = {
      chat            = "chat.other.example"
      login           = "login.innkeeper.example"
      guesty_webhook  = "guesty.innkeeper.example"
      aircall_webhook = "aircall.innkeeper.example"
      llm_query       = "ask.innkeeper.example"
      backup_vault    = "vault.innkeeper.example"
      log_forwarder   = "log-forwarder.innkeeper.example"
    }
  }
  expect_failures = [var.hostnames]
}

run "a_lock_that_is_too_short_is_refused" {
  command = plan
  variables { vault_data_age_seconds = 604800 }
  expect_failures = [var.vault_data_age_seconds]
}

run "snapshots_locked_longer_than_their_packs_are_refused" {
  command = plan
  variables { vault_snapshot_age_seconds = 2419200 }
  expect_failures = [var.vault_snapshot_age_seconds]
}

run "a_token_without_an_end_is_refused" {
  command = plan
  variables { tokens_expire_on = "never" }
  expect_failures = [var.tokens_expire_on]
}

run "an_account_by_name_is_refused" {
  command = plan
  variables { account_id = "innkeeper" }
  expect_failures = [var.account_id]
}
