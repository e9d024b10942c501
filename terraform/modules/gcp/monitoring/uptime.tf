locals {
  checks = merge(
    { for name, page in var.chat_hosts : name => { host = page.host, path = page.path, content = null } },
    {
      for name, url in var.worker_urls :
      name => { host = trimprefix(url, "https://"), path = "/healthz", content = "\"ok\":true" }
    },
  )
}

resource "google_monitoring_uptime_check_config" "this" {
  for_each = local.checks

  project          = var.project_id
  display_name     = "${var.environment}: ${each.key}"
  timeout          = "10s"
  period           = "60s"
  selected_regions = ["EUROPE", "USA_VIRGINIA", "ASIA_PACIFIC"] # Google takes three at least.

  http_check {
    path         = each.value.path
    port         = 443
    use_ssl      = true
    validate_ssl = true

    accepted_response_status_codes {
      status_value = 200
    }
  }

  dynamic "content_matchers" {
    for_each = each.value.content == null ? [] : [each.value.content]
    content {
      content = content_matchers.value
      matcher = "CONTAINS_STRING"
    }
  }

  monitored_resource {
    type = "uptime_url"
    labels = {
      project_id = var.project_id
      host       = each.value.host
    }
  }

  # Another host is another check, and Google gives none away that an alert still asks for.
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_monitoring_alert_policy" "uptime" {
  for_each = google_monitoring_uptime_check_config.this

  project               = var.project_id
  display_name          = "${var.environment}: ${each.key} cannot be reached"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "two places or more have not reached it for five minutes"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"uptime_url\"",
        "metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\"",
        "metric.labels.check_id=\"${each.value.uptime_check_id}\"",
      ])
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "300s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.labels.host"]
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: ${each.key}"
    content   = "`pnpm doctor --env ${var.environment}` says which part is silent and what to do first."
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}

resource "google_monitoring_alert_policy" "certificates" {
  project               = var.project_id
  display_name          = "${var.environment}: a certificate ends soon"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "less than ten days"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"uptime_url\"",
        "metric.type=\"monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires\"",
      ])
      comparison      = "COMPARISON_LT"
      threshold_value = 10
      duration        = "600s"

      aggregations {
        alignment_period     = "1200s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_MIN"
        group_by_fields      = ["resource.labels.host"]
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: certificates"
    content   = "Cloudflare renews what people see, Traefik what is behind it: look at the zone first."
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}
