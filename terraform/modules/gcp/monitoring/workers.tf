locals {
  # What workers/log-forwarder hands on: every Worker's warnings, errors and exceptions.
  worker_alerts = jsondecode(file("${path.module}/tables/worker-alerts.json"))
  worker_alert_groups = {
    for alert in values(local.worker_alerts) : join(" ", [
      "Workers' ${lower(alert.severity)}s (${lower(alert.level)}), over ${alert.threshold} in",
      "${alert.windowMinutes} minutes",
    ]) => alert... if var.are_workers_deployed
  }

  worker_lines = "logName=\"projects/${var.project_id}/logs/workers\""
}

resource "google_logging_metric" "workers" {
  project     = var.project_id
  name        = "workers/events"
  description = "Warnings and errors of the Workers by event."
  filter      = "${local.worker_lines} AND severity>=WARNING"
  label_extractors = {
    worker   = "EXTRACT(labels.worker)"
    event    = "EXTRACT(jsonPayload.event)"
    severity = "EXTRACT(severity)"
    reason   = "EXTRACT(jsonPayload.reason)"
  }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    dynamic "labels" {
      for_each = ["worker", "event", "severity", "reason"]
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "workers" {
  for_each = local.worker_alert_groups

  project               = var.project_id
  display_name          = "${var.environment}: ${each.key}"
  combiner              = "OR"
  severity              = each.value[0].level
  notification_channels = local.channels

  conditions {
    display_name = "more than ${each.value[0].threshold} of one event in ${each.value[0].windowMinutes} minutes"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"global\"",
        "metric.type=\"${local.user_metric}/${google_logging_metric.workers.name}\"",
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
        group_by_fields      = ["metric.labels.worker", "metric.labels.event"]
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: $${metric.label.worker} $${metric.label.event}"
    content   = join("\n", [for alert in each.value : "- `${alert.event}`: ${alert.action}"])
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}
