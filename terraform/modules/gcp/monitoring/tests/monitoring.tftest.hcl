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
  ops_database           = "ops"
  are_functions_deployed = true
  are_workers_deployed   = true
  is_listener_deployed   = true
  billing_account        = "012345-6789AB-CDEF01"
  budget                 = { amount = 50, currency = "EUR" }
}

run "every_failure_that_needs_a_person_reaches_one" {
  command = plan

  assert {
    condition = alltrue([
      for alert in values(jsondecode(file("./tables/function-alerts.json"))) : length([
        for policy in google_monitoring_alert_policy.functions : policy if
        strcontains(policy.conditions[0].condition_threshold[0].filter, "user/${alert.deployable}/events\"")
        && strcontains(policy.conditions[0].condition_threshold[0].filter, "\"${alert.event}\"")
        && strcontains(policy.conditions[0].condition_threshold[0].filter, "severity=\"${alert.severity}\"")
        && policy.conditions[0].condition_threshold[0].threshold_value == alert.threshold
        && (
          policy.conditions[0].condition_threshold[0].aggregations[0].alignment_period
          == "${alert.windowMinutes * 60}s"
        )
        && policy.severity == alert.level
        && strcontains(policy.documentation[0].content, "- `${alert.event}`: ${alert.action}")
      ]) == 1
    ])
    error_message = "A failure of the table has no policy."
  }
  assert {
    condition = alltrue([
      for alert in values(jsondecode(file("./tables/worker-alerts.json"))) : length([
        for policy in google_monitoring_alert_policy.workers : policy if
        strcontains(policy.conditions[0].condition_threshold[0].filter, "\"${alert.event}\"")
        && strcontains(policy.conditions[0].condition_threshold[0].filter, "severity=\"${alert.severity}\"")
        && policy.conditions[0].condition_threshold[0].threshold_value == alert.threshold
        && (
          policy.conditions[0].condition_threshold[0].aggregations[0].alignment_period
          == "${alert.windowMinutes * 60}s"
        )
        && policy.severity == alert.level
        && strcontains(policy.documentation[0].content, "- `${alert.event}`: ${alert.action}")
      ]) == 1
    ])
    error_message = "A failure of a Worker has no policy, or one of another measure."
  }
  assert {
    condition = (
      google_logging_metric.workers.filter
      == "logName=\"projects/innkeeper-staging/logs/workers\" AND severity>=WARNING"
    )
    error_message = "The metric of the Workers counts other lines than those that are handed on."
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
  assert {
    condition = strcontains(
      google_monitoring_alert_policy.listener_publishes[0].conditions[0].condition_threshold[0].filter,
      "metric.labels.response_class!=\"success\"",
    )
    error_message = "Nobody hears that Pub/Sub refuses what the listener publishes."
  }
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
        "resource.type=\"cloud_run_revision\"", "jsonPayload.deployable=\"backup\"", "jsonPayload.event=~\"^alert[.]\"",
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

run "a_crash_is_told_however_it_is_logged_and_an_event_put_off_is_none" {
  command = plan

  assert {
    condition = google_logging_metric.crashes.filter == join(" AND ", [
      "resource.type=\"cloud_run_revision\"",
      "NOT jsonPayload.event:*",
      join(" OR ", [
        "((severity>=ERROR AND (NOT httpRequest.status:* OR httpRequest.status=504 OR textPayload:*))",
        "textPayload=~\"^[A-Za-z]*Error\"",
        "jsonPayload.message=~\"^[A-Za-z]*Error\")",
      ]),
      "NOT textPayload:\"redeliver: \"",
      "NOT jsonPayload.message:\"redeliver: \"",
    ])
    error_message = "Crashes are counted by other lines than the platform's and the framework's."
  }
}

run "the_dashboard_says_nothing_that_google_leaves_out" {
  command = plan

  assert {
    condition = alltrue([
      for absent in ["Pos\":0", "[]", "null"] :
      !strcontains(google_monitoring_dashboard.this.dashboard_json, absent)
    ])
    error_message = "What is zero, empty or null comes back missing, and every plan would show a change."
  }
  assert {
    condition = (
      length(jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles) == 14
      && jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles[3].xPos == 6
      && jsondecode(google_monitoring_dashboard.this.dashboard_json).mosaicLayout.tiles[3].yPos == 4
    )
    error_message = "The dashboard's tiles are not where they should be."
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

run "the_first_apply_makes_metrics_and_no_alert_that_asks_for_one_of_them" {
  command = plan
  variables {
    are_functions_deployed = false
    are_workers_deployed   = false
    is_listener_deployed   = false
  }

  assert {
    condition = (
      length(google_monitoring_alert_policy.functions) == 0
      && length(google_monitoring_alert_policy.backup) == 0
      && length(google_monitoring_alert_policy.crashes) == 0
      && length(google_monitoring_alert_policy.workers) == 0
    )
    error_message = "Google would refuse an alert on a metric that was made a moment ago."
  }
  assert {
    condition     = length(google_logging_metric.backup) > 0 && length(google_logging_metric.events) == 2
    error_message = "The metrics have to be there before the alerts."
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

run "ways_that_reach_nobody_or_tell_a_password_are_refused" {
  command = plan
  variables {
    webhook = {
      url              = "https://name:password@on-call.example/"
      username         = "us"
      password_version = "1"
    }
    webhook_password = "short"
    emails           = []
    budget           = { amount = 0, currency = "EUR" }
  }
  expect_failures = [var.webhook, var.webhook_password, var.emails, var.budget]
}
