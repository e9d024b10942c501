locals {
  # Databases and topics are granted where they are made. Nothing here changes infrastructure: that is CI's. Google's
  # own `roles/viewer` is not among them: with it goes every object in every bucket, Terraform's state included.
  operator_roles = toset([
    "roles/browser",
    "roles/cloudfunctions.viewer",
    "roles/cloudscheduler.jobRunner",
    "roles/cloudscheduler.viewer",
    "roles/datastore.backupsViewer",
    "roles/eventarc.viewer",
    "roles/logging.viewer",
    "roles/monitoring.viewer",
    "roles/pubsub.viewer",
    "roles/run.invoker",
    "roles/run.viewer",
    "roles/secretmanager.secretAccessor",
    "roles/secretmanager.secretVersionManager",
    "roles/secretmanager.viewer",
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

# What infrastructure there is, by the role of the plans.
resource "google_project_iam_member" "operators_plan" {
  for_each = var.operators

  project = var.project_id
  role    = google_project_iam_custom_role.plan.id
  member  = each.value
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
