locals {
  # Databases and topics are granted where they are made. Nothing here changes infrastructure: that is CI's.
  operator_roles = toset([
    "roles/viewer",
    "roles/cloudscheduler.jobRunner",
    "roles/datastore.backupsViewer",
    "roles/logging.viewer",
    "roles/monitoring.viewer",
    "roles/run.invoker",
    "roles/secretmanager.secretAccessor",
    "roles/secretmanager.secretVersionManager",
    # An operator's own login counts against this project.
    "roles/serviceusage.serviceUsageConsumer",
  ])
}

resource "google_project_iam_member" "operators" {
  for_each = {
    for pair in setproduct(var.operators, local.operator_roles) :
    "${pair[0]} ${pair[1]}" => { member = pair[0], role = pair[1] }
  }

  project = var.project_id
  role    = each.value.role
  member  = each.value.member

  depends_on = [google_project_service.this]
}

# What the deployments note of themselves; nothing of Terraform's state, which lies beside it.
resource "google_storage_bucket_iam_member" "deployments" {
  for_each = var.operators

  bucket = var.state_bucket
  role   = "roles/storage.objectViewer"
  member = each.value

  condition {
    title      = "deployments alone"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.state_bucket}/objects/deployments/\")"
  }
}
