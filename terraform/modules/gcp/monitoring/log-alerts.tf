locals {
  user_metric = "logging.googleapis.com/user"

  # Google refuses an alert on a metric that was made less than some ten minutes ago (404), so metrics come with the
  # first apply and what waits for them with the one after the deployment.

  # By deployable, how bad it is, how often in how long.
  function_alert_groups = {
    for alert in values(local.function_alerts) : join(" ", [
      alert.deployable, lower(alert.severity), "(${lower(alert.level)}), over ${alert.threshold} in",
      "${alert.windowMinutes} minutes",
    ]) => alert... if var.are_functions_deployed
  }

  backup_policies = {
    for name, metric in local.backup_metrics :
    name => merge(metric.policy, { name = name })
    if var.are_functions_deployed && try(metric.policy, null) != null
  }

  platform_failures = {
    crashes = {
      metric   = google_logging_metric.crashes.name
      resource = "cloud_run_revision"
      label    = "function"
      action   = "Read the function's log: an exception nobody thought of, or its memory or time-out is too small."
    }
    scheduler = {
      metric   = google_logging_metric.scheduler_failures.name
      resource = "cloud_scheduler_job"
      label    = "job"
      action   = "Compare run.invoker of the account `scheduler` and the job's address with functions/manifest.json."
    }
  }
}

# Google charges for conditions, so events that are told alike share one; each still has an incident of its own, whose
# documentation says what to do. Names are of the group: rows come and go without a policy being made anew.
resource "google_monitoring_alert_policy" "functions" {
  for_each = local.function_alert_groups

  project               = var.project_id
  display_name          = "${var.environment}: ${each.key}"
  combiner              = "OR"
  severity              = each.value[0].level
  notification_channels = local.channels

  conditions {
    display_name = "more than ${each.value[0].threshold} of one event in ${each.value[0].windowMinutes} minutes"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"cloud_run_revision\"",
        "metric.type=\"${local.user_metric}/${google_logging_metric.events[each.value[0].deployable].name}\"",
        "metric.labels.event=one_of(${join(", ", [for alert in each.value : "\"${alert.event}\""])})",
        "metric.labels.severity=\"${each.value[0].severity}\"",
      ])
      comparison      = "COMPARISON_GT"
      threshold_value = each.value[0].threshold
      duration        = "0s"

      aggregations {
        alignment_period     = "${each.value[0].windowMinutes * 60}s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["metric.labels.event"]
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: $${metric.label.event}"
    content   = join("\n", [for alert in each.value : "- `${alert.event}`: ${alert.action}"])
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}

# The policies that functions/backup asks for: what it cannot send itself, because it is silent, or because chat is.
resource "google_monitoring_alert_policy" "backup" {
  for_each = local.backup_policies

  project               = var.project_id
  display_name          = "${var.environment}: ${each.key}"
  combiner              = "OR"
  severity              = each.value.when == "absent" ? "CRITICAL" : "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = join(" ", [
      each.value.when == "absent" ? "none for" : "more than ${each.value.threshold} in",
      "${each.value.windowMinutes} minutes",
    ])

    dynamic "condition_absent" {
      for_each = each.value.when == "absent" ? [each.value] : []
      content {
        filter = join(" AND ", [
          "resource.type=\"cloud_run_revision\"",
          "metric.type=\"${local.user_metric}/${google_logging_metric.backup[each.key].name}\"",
        ])
        duration = "${condition_absent.value.windowMinutes * 60}s"

        aggregations {
          alignment_period     = "300s"
          per_series_aligner   = "ALIGN_SUM"
          cross_series_reducer = "REDUCE_SUM"
        }
      }
    }

    dynamic "condition_threshold" {
      for_each = each.value.when == "above" ? [each.value] : []
      content {
        filter = join(" AND ", [
          "resource.type=\"cloud_run_revision\"",
          "metric.type=\"${local.user_metric}/${google_logging_metric.backup[each.key].name}\"",
        ])
        comparison      = "COMPARISON_GT"
        threshold_value = condition_threshold.value.threshold
        duration        = "0s"

        aggregations {
          alignment_period     = "${condition_threshold.value.windowMinutes * 60}s"
          per_series_aligner   = "ALIGN_SUM"
          cross_series_reducer = "REDUCE_SUM"
          group_by_fields      = [for label in local.backup_metrics[each.key].labels : "metric.labels.${label}"]
        }
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: ${each.key}"
    content   = each.value.action
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}

resource "google_monitoring_alert_policy" "crashes" {
  for_each = { for name, failure in local.platform_failures : name => failure if var.are_functions_deployed }

  project               = var.project_id
  display_name          = "${var.environment}: ${each.key}"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "more than two in a quarter of an hour"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"${each.value.resource}\"",
        "metric.type=\"${local.user_metric}/${each.value.metric}\"",
      ])
      comparison      = "COMPARISON_GT"
      threshold_value = 2
      duration        = "0s"

      aggregations {
        alignment_period     = "900s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["metric.labels.${each.value.label}"]
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: ${each.key}"
    content   = each.value.action
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}
