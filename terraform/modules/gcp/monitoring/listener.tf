# The listener's log stays on the Swarm, and it cannot say that it is dead. What is seen of it from outside are its
# writes to `ops`, one in five seconds even while nothing happens, and how Pub/Sub answers what it publishes.
resource "google_monitoring_alert_policy" "listener" {
  count = var.is_listener_deployed ? 1 : 0

  project               = var.project_id
  display_name          = "${var.environment}: mongo-listener is silent"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "fewer than 60 writes to ${var.ops_database} in ten minutes"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"firestore.googleapis.com/Database\"",
        "resource.labels.database_id=\"${var.ops_database}\"",
        "metric.type=\"firestore.googleapis.com/document/write_ops_count\"",
      ])
      comparison              = "COMPARISON_LT"
      threshold_value         = 60
      duration                = "60s" # Missing data count only where a condition has to last.
      evaluation_missing_data = "EVALUATION_MISSING_DATA_ACTIVE"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: mongo-listener"
    content   = "`docker service ps` on a manager says whether it runs, /status what it waits for."
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}

# It then waits and loses nothing, but nobody is told anything new: `publish_denied`, `publish_unavailable`.
resource "google_monitoring_alert_policy" "listener_publishes" {
  count = var.is_listener_deployed ? 1 : 0

  project               = var.project_id
  display_name          = "${var.environment}: Pub/Sub refuses mongo-listener"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "more than ten refused messages in ten minutes"

    condition_threshold {
      filter = join(" AND ", [
        "resource.type=\"pubsub_topic\"",
        "resource.labels.topic_id=starts_with(\"chat-\")",
        "metric.type=\"pubsub.googleapis.com/topic/send_request_count\"",
        "metric.labels.response_class!=\"success\"",
      ])
      comparison      = "COMPARISON_GT"
      threshold_value = 10
      duration        = "0s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.labels.topic_id", "metric.labels.response_code"]
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.environment}: mongo-listener"
    content   = "Compare `roles/pubsub.publisher` on the topics with its account; /status says what it waits for."
  }

  alert_strategy {
    auto_close = local.auto_close
  }
}
