locals {
  functions = "resource.type=\"cloud_run_revision\""
  firestore = "resource.type=\"firestore.googleapis.com/Database\""
  pubsub    = "resource.type=\"pubsub_subscription\""

  charts = {
    "Chat changes: oldest message (s)" = {
      filter  = "${local.pubsub} metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      aligner = "ALIGN_MAX"
      reducer = "REDUCE_MAX"
      by      = ["resource.labels.subscription_id"]
    }
    "Functions: requests by answer" = {
      filter  = "${local.functions} metric.type=\"run.googleapis.com/request_count\""
      aligner = "ALIGN_RATE"
      reducer = "REDUCE_SUM"
      by      = ["resource.labels.service_name", "metric.labels.response_code_class"]
    }
    "Functions: 95 of 100 requests take at most (ms)" = {
      filter  = "${local.functions} metric.type=\"run.googleapis.com/request_latencies\""
      aligner = "ALIGN_PERCENTILE_95"
      reducer = "REDUCE_MAX"
      by      = ["resource.labels.service_name"]
    }
    "Functions: instances" = {
      filter  = "${local.functions} metric.type=\"run.googleapis.com/container/instance_count\""
      aligner = "ALIGN_MAX"
      reducer = "REDUCE_SUM"
      by      = ["resource.labels.service_name"]
    }
    "vectorize: warnings and errors" = {
      filter  = "${local.functions} metric.type=\"${local.user_metric}/vectorize/events\""
      aligner = "ALIGN_SUM"
      reducer = "REDUCE_SUM"
      by      = ["metric.labels.event", "metric.labels.reason"]
    }
    "Workers: warnings and errors" = {
      filter  = "resource.type=\"global\" metric.type=\"${local.user_metric}/workers/events\""
      aligner = "ALIGN_SUM"
      reducer = "REDUCE_SUM"
      by      = ["metric.labels.worker", "metric.labels.event"]
    }
    "backup: alerts" = {
      filter  = "${local.functions} metric.type=\"${local.user_metric}/backup/alerts\""
      aligner = "ALIGN_SUM"
      reducer = "REDUCE_SUM"
      by      = ["metric.labels.alert"]
    }
    "Firestore: writes by database" = {
      filter  = "${local.firestore} metric.type=\"firestore.googleapis.com/document/write_ops_count\""
      aligner = "ALIGN_RATE"
      reducer = "REDUCE_SUM"
      by      = ["resource.labels.database_id"]
    }
    "Firestore: reads by database" = {
      filter  = "${local.firestore} metric.type=\"firestore.googleapis.com/document/read_ops_count\""
      aligner = "ALIGN_RATE"
      reducer = "REDUCE_SUM"
      by      = ["resource.labels.database_id"]
    }
    "Backups: how runs end" = {
      filter  = "${local.functions} metric.type=\"${local.user_metric}/backup/runs\""
      aligner = "ALIGN_SUM"
      reducer = "REDUCE_SUM"
      by      = ["metric.labels.outcome", "metric.labels.reason"]
    }
    "Backups: duration (ms)" = {
      filter  = "${local.functions} metric.type=\"${local.user_metric}/backup/duration\""
      aligner = "ALIGN_PERCENTILE_50"
      reducer = "REDUCE_MAX"
      by      = ["metric.labels.type"]
    }
    "Backups: size (bytes)" = {
      filter  = "${local.functions} metric.type=\"${local.user_metric}/backup/total_bytes\""
      aligner = "ALIGN_PERCENTILE_50"
      reducer = "REDUCE_MAX"
      by      = []
    }
    "Backups: recovery time of the drill (ms)" = {
      filter  = "${local.functions} metric.type=\"${local.user_metric}/backup/recovery_time\""
      aligner = "ALIGN_PERCENTILE_50"
      reducer = "REDUCE_MAX"
      by      = []
    }
    "Reached from outside" = {
      filter  = "resource.type=\"uptime_url\" metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\""
      aligner = "ALIGN_FRACTION_TRUE"
      reducer = "REDUCE_MEAN"
      by      = ["resource.labels.host"]
    }
  }

  titles = sort(keys(local.charts))
}

resource "google_monitoring_dashboard" "this" {
  project = var.project_id

  dashboard_json = jsonencode({
    displayName = "Innkeeper ${var.environment}"
    mosaicLayout = {
      columns = 12
      tiles = [
        # Google answers without what is zero or empty: said here, it would differ in every plan.
        for position, title in local.titles : merge(
          {
            for axis, at in { xPos = (position % 2) * 6, yPos = floor(position / 2) * 4 } : axis => at if at > 0
          },
          {
            width  = 6
            height = 4
            widget = {
              title = title
              xyChart = {
                dataSets = [{
                  plotType = "LINE"
                  timeSeriesQuery = {
                    timeSeriesFilter = {
                      filter = local.charts[title].filter
                      aggregation = merge(
                        {
                          alignmentPeriod    = "300s"
                          perSeriesAligner   = local.charts[title].aligner
                          crossSeriesReducer = local.charts[title].reducer
                        },
                        {
                          for field, labels in { groupByFields = local.charts[title].by } : field => labels
                          if length(labels) > 0
                        },
                      )
                    }
                  }
                }]
              }
            }
          },
        )
      ]
    }
  })

  depends_on = [google_logging_metric.backup, google_logging_metric.events, google_logging_metric.workers]
}
