# Values of its own: what the tests say must not change with what an operator fills in.
variables {
  webhook_password     = "given-for-a-plan-alone"
  qdrant_cloud_api_key = "given-for-a-plan-alone"
  domain               = "innkeeper.test"
  hostnames = {
    chat            = "chat.innkeeper.test"
    login           = "login.innkeeper.test"
    guesty_webhook  = "guesty-webhook.innkeeper.test"
    aircall_webhook = "aircall-webhook.innkeeper.test"
    llm_query       = "llm-query.innkeeper.test"
    backup_vault    = "backup-vault.innkeeper.test"
    log_forwarder   = "log-forwarder.innkeeper.test"
  }
  cloudflare = {
    account_id       = "0123456789abcdef0123456789abcdef"
    zone_id          = "fedcba9876543210fedcba9876543210"
    plan             = "pro"
    tokens_expire_on = "2099-01-01T00:00:00Z"
  }
  google = {
    project_id         = "innkeeper-test"
    project_number     = "210987654321"
    region             = "europe-west3"
    firestore_location = "europe-west3"
    billing_account    = "012345-6789AB-CDEF01"
    min_instances_cap  = 100
    budget             = { amount = 100, currency = "EUR" }
  }
}

run "everything_deployed_is_watched_and_what_is_amiss_is_told_in_the_plan" {
  command = plan
  variables {
    deployed = { functions = true, swarm = true, workers = true }
    cloudflare = {
      account_id       = "00000000000000000000000000000000"
      zone_id          = "fedcba9876543210fedcba9876543210"
      plan             = "pro"
      tokens_expire_on = "2026-01-01T00:00:00Z"
    }
  }
  expect_failures = [check.accounts_are_real, check.tokens_last]

  assert {
    condition     = output.backup.BACKUP_REPORT_URL == "https://report-210987654321.europe-west3.run.app"
    error_message = "The backup server would report to another address than the function's."
  }
  assert {
    condition = (
      length([for name in output.functions.monitoring_policy_names : name if endswith(name, " cannot be reached")])
      == 7
    )
    error_message = "Rocket.Chat, Keycloak and the five Workers are not all watched from outside."
  }
}
