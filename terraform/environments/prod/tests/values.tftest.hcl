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

run "values_of_another_environment_are_refused" {
  command = plan
  variables { environment = "staging" }
  expect_failures = [var.environment]
}

run "a_single_kind_of_backup_server_is_refused" {
  command = plan
  variables {
    backup = {
      time       = "02:30"
      zone       = "Europe/Lisbon"
      repository = "company"
      ssh_key    = "operator"
      servers    = [{ type = "cx23", location = "nbg1" }]
      filer_paths = [
        { path = "/buckets/rocketchat-uploads", sentinel = ".innkeeper-sentinel", minimumFiles = 1, minimumBytes = 1 }
      ]
    }
  }
  expect_failures = [var.backup]
}

run "a_backup_server_outside_of_the_network_s_zone_is_refused" {
  command = plan
  variables {
    backup = {
      time       = "02:30"
      zone       = "Europe/Lisbon"
      repository = "company"
      ssh_key    = "operator"
      servers    = [{ type = "cx23", location = "nbg1" }, { type = "cpx12", location = "ash" }]
      filer_paths = [
        { path = "/buckets/rocketchat-uploads", sentinel = ".innkeeper-sentinel", minimumFiles = 1, minimumBytes = 1 }
      ]
    }
  }
  expect_failures = [var.backup]
}

run "a_key_that_nobody_has_is_refused" {
  command = plan
  variables {
    backup = {
      time       = "02:30"
      zone       = "Europe/Lisbon"
      repository = "company"
      ssh_key    = "somebody"
      servers    = [{ type = "cx23", location = "nbg1" }, { type = "cpx22", location = "hel1" }]
      filer_paths = [
        { path = "/buckets/rocketchat-uploads", sentinel = ".innkeeper-sentinel", minimumFiles = 1, minimumBytes = 1 }
      ]
    }
  }
  expect_failures = [var.backup]
}

run "everything_deployed_is_allowed_called_and_watched" {
  command = plan
  variables { deployed = { functions = true, swarm = true, workers = true } }

  assert {
    condition     = output.backup.BACKUP_REPORT_URL == "https://report-210987654321.europe-west3.run.app"
    error_message = "The backup server would report to another address than the function's."
  }
  assert {
    condition = (
      length([for name in output.functions.monitoring_policy_names : name if endswith(name, " cannot be reached")])
      == 6
    )
    error_message = "Rocket.Chat, Keycloak and the four Workers are not all watched from outside."
  }
}

run "placeholders_and_tokens_that_end_are_told_in_the_plan" {
  command = plan
  variables {
    cloudflare = {
      account_id       = "00000000000000000000000000000000"
      zone_id          = "fedcba9876543210fedcba9876543210"
      plan             = "pro"
      tokens_expire_on = "2026-01-01T00:00:00Z"
    }
  }
  expect_failures = [check.accounts_are_real, check.tokens_last]
}

run "functions_far_from_their_data_are_refused" {
  command = plan
  variables {
    google = {
      project_id         = "innkeeper-test"
      project_number     = "210987654321"
      region             = "europe-west1"
      firestore_location = "eur3"
      billing_account    = "012345-6789AB-CDEF01"
      min_instances_cap  = 100
      budget             = { amount = 100, currency = "EUR" }
    }
  }
  expect_failures = [var.google]
}
