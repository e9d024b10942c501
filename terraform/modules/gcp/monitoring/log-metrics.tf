locals {
  # Written from functions/backup/src/alerts/metrics.ts by scripts/terraform-tables.ts.
  backup_metrics = jsondecode(file("${path.module}/tables/backup-metrics.json"))

  # The failure tables of the READMEs: what needs a person, by the event that is logged.
  function_alerts = jsondecode(file("${path.module}/tables/function-alerts.json"))
}

resource "google_logging_metric" "backup" {
  for_each = local.backup_metrics

  project     = var.project_id
  name        = each.key
  description = each.value.purpose
  filter = join(" AND ", [
    "resource.type=\"cloud_run_revision\"",
    "jsonPayload.deployable=\"backup\"",
    # A name that ends in * stands for every event that begins so.
    endswith(each.value.event, "*")
    ? "jsonPayload.event=~\"^${replace(trimsuffix(each.value.event, "*"), ".", "[.]")}\""
    : "jsonPayload.event=\"${each.value.event}\"",
  ])
  label_extractors = { for label in each.value.labels : label => "EXTRACT(jsonPayload.${label})" }
  value_extractor  = each.value.kind == "distribution" ? "EXTRACT(jsonPayload.${each.value.field})" : null

  metric_descriptor {
    metric_kind  = "DELTA"
    value_type   = each.value.kind == "distribution" ? "DISTRIBUTION" : "INT64"
    unit         = each.value.unit
    display_name = each.value.purpose

    dynamic "labels" {
      for_each = each.value.labels
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }

  # From 1 to beyond 10^12: milliseconds, bytes and counts alike, each within a fifth of its size.
  dynamic "bucket_options" {
    for_each = each.value.kind == "distribution" ? [1] : []
    content {
      exponential_buckets {
        num_finite_buckets = 160
        growth_factor      = 1.2
        scale              = 1
      }
    }
  }
}

# One metric for each function's warnings and errors; policies choose by its labels.
resource "google_logging_metric" "events" {
  for_each = toset(distinct([for alert in local.function_alerts : alert.deployable]))

  project     = var.project_id
  name        = "${each.key}/events"
  description = "Warnings and errors of ${each.key} by event."
  filter = join(" AND ", [
    "resource.type=\"cloud_run_revision\"",
    "jsonPayload.deployable=\"${each.key}\"",
    "severity>=WARNING",
  ])
  label_extractors = {
    event = "EXTRACT(jsonPayload.event)", severity = "EXTRACT(severity)", reason = "EXTRACT(jsonPayload.reason)"
  }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    dynamic "labels" {
      for_each = ["event", "severity", "reason"]
      content {
        key        = labels.value
        value_type = "STRING"
      }
    }
  }
}

# What no code of ours has logged. The platform's lines have a severity; a request has words (textPayload) where the
# platform ended it, by time-out or for want of an instance, and none where our own code answered, 503 included. The
# stack of an exception is printed without severity (functions-framework, `sendCrashResponse`); that of
# `RedeliverError` is no failure, but how an event is put off.
resource "google_logging_metric" "crashes" {
  project     = var.project_id
  name        = "functions/crashes"
  description = "Errors of the functions' platform and exceptions nobody thought of."
  filter = join(" AND ", [
    "resource.type=\"cloud_run_revision\"",
    "NOT jsonPayload.event:*",
    "(${join(" OR ", [
      "(severity>=ERROR AND (NOT httpRequest.status:* OR httpRequest.status=504 OR textPayload:*))",
      "textPayload=~\"^[A-Za-z]*Error\"",
      "jsonPayload.message=~\"^[A-Za-z]*Error\"",
    ])})",
    "NOT textPayload:\"redeliver: \"",
    "NOT jsonPayload.message:\"redeliver: \"",
  ])
  label_extractors = { function = "EXTRACT(resource.labels.service_name)" }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    labels {
      key        = "function"
      value_type = "STRING"
    }
  }
}

resource "google_logging_metric" "scheduler_failures" {
  project          = var.project_id
  name             = "scheduler/failures"
  description      = "Calls of Cloud Scheduler that did not succeed."
  filter           = "resource.type=\"cloud_scheduler_job\" AND severity>=ERROR"
  label_extractors = { job = "EXTRACT(resource.labels.job_id)" }

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"

    labels {
      key        = "job"
      value_type = "STRING"
    }
  }
}

resource "google_logging_project_bucket_config" "default" {
  project        = var.project_id
  location       = "global"
  bucket_id      = "_Default"
  retention_days = var.log_retention_days
}
