locals {
  callers = {
    scheduler   = "serviceAccount:${var.invokers.scheduler}"
    pubsub-push = "serviceAccount:${var.invokers.pubsub-push}"
    eventarc    = google_service_account.eventarc.member
    # A backup server has no identity in any cloud: exchange and report know it by its one-time token and its key.
    public = "allUsers"
  }
}

# Cloud Run checks the callers' tokens before a function is reached; the functions do not check again.
resource "google_cloud_run_v2_service_iam_member" "invokers" {
  for_each = {
    for name, function in var.functions :
    name => function if var.is_deployed && !contains(var.functions_to_come, name)
  }

  project  = var.project_id
  location = var.region
  name     = each.key
  role     = "roles/run.invoker"
  member   = local.callers[each.value.trigger.invoker]
}
