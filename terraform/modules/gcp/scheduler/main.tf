locals {
  hour   = tonumber(split(":", var.backup_time)[0])
  minute = tonumber(split(":", var.backup_time)[1])

  jobs = {
    backup-launch = {
      description = "Starts the nightly backup; a second call starts nothing."
      function    = "launch"
      schedule    = "${local.minute} ${local.hour} * * *"
      retries     = 3
    }
    backup-sweep = {
      description = "Takes up what stands still, was lost, was left over or never began."
      function    = "sweep"
      schedule    = "*/5 * * * *"
      retries     = 0 # The next call comes in five minutes.
    }
  }
}

# Google's own scheduler account cannot carry a token for a function; this one may call two of them and nothing else.
resource "google_service_account" "scheduler" {
  project      = var.project_id
  account_id   = "scheduler"
  display_name = "Cloud Scheduler"
  description  = "Calls the functions launch and sweep, and nothing else."
}

resource "google_cloud_scheduler_job" "this" {
  for_each = local.jobs

  project          = var.project_id
  region           = var.region
  name             = each.key
  description      = each.value.description
  schedule         = each.value.schedule
  time_zone        = var.backup_zone
  attempt_deadline = "320s" # Both functions may take 300 s.

  retry_config {
    retry_count          = each.value.retries
    min_backoff_duration = "30s"
    max_backoff_duration = "300s"
    max_doublings        = 3
  }

  http_target {
    uri         = var.endpoints[each.value.function]
    http_method = "POST"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode("{}")

    oidc_token {
      service_account_email = google_service_account.scheduler.email
      audience              = trimsuffix(var.endpoints[each.value.function], "/")
    }
  }
}
