locals {
  # How old the oldest message may be. What is filled in may take a night; what happens now may not.
  oldest_minutes = { vectorize-chat-live = 15, vectorize-chat-backfill = 720, vectorize-chat-dead = 60 }
}

resource "google_monitoring_alert_policy" "subscriptions" {
  for_each = var.subscriptions

  project               = var.project_id
  display_name          = "${var.environment}: ${each.key} is behind"
  combiner              = "OR"
  severity              = each.value.has_dead_letters ? "ERROR" : "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "the oldest message waits too long"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"pubsub_subscription\"",
        "resource.labels.subscription_id=\"${each.key}\"",
        "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\"",
      ])
      comparison      = "COMPARISON_GT"
      threshold_value = lookup(local.oldest_minutes, each.key, 60) * 60
      duration        = "300s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  dynamic "conditions" {
    for_each = each.value.has_dead_letters ? [each.key] : []
    content {
      display_name = "messages went to the dead letters"

      condition_threshold {
        filter = join(" AND ", [
          "resource.type=\"pubsub_subscription\"",
          "resource.labels.subscription_id=\"${conditions.value}\"",
          "metric.type=\"pubsub.googleapis.com/subscription/dead_letter_message_count\"",
        ])
        comparison      = "COMPARISON_GT"
        threshold_value = 0
        duration        = "0s"

        aggregations {
          alignment_period   = "300s"
          per_series_aligner = "ALIGN_SUM"
        }
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: ${each.key}"
    content   = "Read `change.deferred` of vectorize for the reason. Dead letters come back by `pnpm replay`."
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}

# Eventarc keeps Firestore's events in subscriptions of its own, for a day and without dead letters.
resource "google_monitoring_alert_policy" "triggers" {
  project               = var.project_id
  display_name          = "${var.environment}: Firestore's events are behind"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "an event waits for half an hour"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"pubsub_subscription\"",
        "resource.labels.subscription_id=starts_with(\"eventarc-\")",
        "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\"",
      ])
      comparison      = "COMPARISON_GT"
      threshold_value = 1800
      duration        = "300s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: Firestore's events"
    content   = "Read `document.deferred` of vectorize. It parks after 18 hours; Google drops after 24."
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}
