variables {
  project_id       = "innkeeper-staging"
  project_number   = "123456789012"
  environment      = "staging"
  emails           = ["operators@innkeeper.example", "on-call@innkeeper.example"]
  webhook          = { url = "https://on-call.example/hooks/innkeeper", username = "innkeeper", password_version = "1" }
  webhook_password = "never-in-the-state"
  chat_hosts       = { chat = { host = "chat.innkeeper-staging.example", path = "/api/info" } }
  worker_urls      = { backup-vault = "https://vault.innkeeper-staging.example" }
  subscriptions = {
    vectorize-chat-live     = { has_dead_letters = true }
    vectorize-chat-backfill = { has_dead_letters = true }
    vectorize-chat-dead     = { has_dead_letters = false }
  }
  ops_database         = "ops"
  is_listener_deployed = true
  billing_account      = "012345-6789AB-CDEF01"
  budget               = { amount = 50, currency = "EUR" }
}

run "every_failure_that_needs_a_person_reaches_one" {
  command = plan

  assert {
    condition = (
      toset(keys(google_monitoring_alert_policy.functions))
      == toset(keys(jsondecode(file("./tables/function-alerts.json"))))
    )
    error_message = "A failure of the table has no policy."
  }
  assert {
    condition = (
      toset(keys(google_monitoring_alert_policy.subscriptions))
      == toset(["vectorize-chat-live", "vectorize-chat-backfill", "vectorize-chat-dead"])
    )
    error_message = "A subscription has no policy."
  }
  assert {
    condition = alltrue([
      for name in ["vectorize-chat-live", "vectorize-chat-backfill"] :
      strcontains(
        google_monitoring_alert_policy.subscriptions[name].conditions[1].condition_threshold[0].filter,
        "dead_letter_message_count",
      )
    ])
    error_message = "Dead letters of a subscription are not told."
  }
}

run "silence_is_told" {
  command = plan

  assert {
    condition = (
      google_monitoring_alert_policy.backup["backup/sweeps"].conditions[0].condition_absent[0].duration
      == "1200s"
    )
    error_message = "Nobody hears that the sweep has stopped."
  }
  assert {
    condition = (
      google_monitoring_alert_policy.listener[0].conditions[0].condition_threshold[0].evaluation_missing_data
      == "EVALUATION_MISSING_DATA_ACTIVE"
    )
    error_message = "Nobody hears that the listener has stopped."
  }
}

run "missing_data_count_only_where_a_condition_has_to_last" {
  command = plan

  assert {
    condition     = google_monitoring_alert_policy.listener[0].conditions[0].condition_threshold[0].duration != "0s"
    error_message = "Google refuses to evaluate missing data in a condition without a duration."
  }
}

run "metrics_are_those_of_the_backup_function" {
  command = plan

  assert {
    condition = (
      google_logging_metric.backup["backup/alerts"].filter
      == join(" AND ", [
        "resource.type=\"cloud_run_revision\"", "jsonPayload.deployable=\"backup\"", "jsonPayload.event=~\"^alert\\.\"",
      ])
    )
    error_message = "The metric of alerts counts other lines than alerts."
  }
  assert {
    condition = (
      google_logging_metric.backup["backup/duration"].value_extractor == "EXTRACT(jsonPayload.durationMs)"
      && google_logging_metric.backup["backup/duration"].metric_descriptor[0].unit == "ms"
    )
    error_message = "The duration is not read from the line of a run's end."
  }
}

run "people_are_reached_in_two_ways_and_no_password_is_kept" {
  command = plan

  assert {
    condition = (
      google_monitoring_notification_channel.webhook.type == "webhook_basicauth"
      && length(google_monitoring_notification_channel.email) == 2
    )
    error_message = "A way to people is missing."
  }
  assert {
    condition = (
      google_monitoring_notification_channel.webhook.sensitive_labels[0].password == null
      && google_monitoring_notification_channel.webhook.sensitive_labels[0].password_wo == null
    )
    error_message = "The webhook's password lies in the plan."
  }
  assert {
    condition = (
      [for rule in google_billing_budget.this.threshold_rules : rule.spend_basis if rule.threshold_percent == 1.2]
      == ["FORECASTED_SPEND"]
    )
    error_message = "A month that is going to cost too much is not told."
  }
}

run "before_the_listener_is_there_its_silence_is_no_news" {
  command = plan
  variables { is_listener_deployed = false }

  assert {
    condition     = length(google_monitoring_alert_policy.listener) == 0
    error_message = "A listener that is not deployed yet would be reported."
  }
}

run "a_password_in_the_address_is_refused" {
  command = plan
  variables { webhook = { url = "https://name:password@on-call.example/", username = "us", password_version = "1" } }
  expect_failures = [var.webhook]
}

run "a_password_that_can_be_guessed_is_refused" {
  command = plan
  variables { webhook_password = "short" }
  expect_failures = [var.webhook_password]
}

run "alerts_to_nobody_are_refused" {
  command = plan
  variables { emails = [] }
  expect_failures = [var.emails]
}

run "a_budget_of_nothing_is_refused" {
  command = plan
  variables { budget = { amount = 0, currency = "EUR" } }
  expect_failures = [var.budget]
}
