# An identity of its own for each function: what one may do, no other may.
resource "google_service_account" "functions" {
  for_each = var.functions

  project      = var.project_id
  account_id   = "fn-${each.key}"
  display_name = "Function ${each.key}"
  description  = "Of ${each.value.source}."
}

locals {
  database_grants = merge([
    for name, function in var.functions : {
      for database in function.databases : "${name}/${database}" => { function = name, database = database }
    }
  ]...)
}

resource "google_project_iam_member" "databases" {
  for_each = local.database_grants

  project = var.project_id
  role    = "roles/datastore.user"
  member  = google_service_account.functions[each.value.function].member

  condition {
    title       = "database-${each.value.database}"
    description = "This database alone."
    expression  = "resource.name == \"projects/${var.project_id}/databases/${var.databases[each.value.database]}\""
  }
}

# The newest managed backup of Firestore is named in each night's run.
resource "google_project_iam_member" "database_backups" {
  for_each = toset([for name, function in var.functions : name if function.readsDatabaseBackups])

  project = var.project_id
  role    = "roles/datastore.backupsViewer"
  member  = google_service_account.functions[each.key].member
}

# Carries Firestore's events to the functions on triggers.
resource "google_service_account" "eventarc" {
  project      = var.project_id
  account_id   = "eventarc"
  display_name = "Eventarc"
  description  = "Calls the functions that follow Firestore, and nothing else."
}

resource "google_project_iam_member" "eventarc" {
  project = var.project_id
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.eventarc.member
}

# Eventarc's events travel by Pub/Sub, which signs their tokens as this account. Pub/Sub's own account was asked for
# before the first apply, and what is asked for is not given the roles that Google gives otherwise.
resource "google_service_account_iam_member" "event_tokens" {
  service_account_id = google_service_account.eventarc.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = "serviceAccount:service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

# Builds the functions' images. Without it Google takes the project's default account, which may do almost everything.
resource "google_service_account" "build" {
  project      = var.project_id
  account_id   = "functions-build"
  display_name = "Builds of the functions"
  description  = "Reads uploaded sources, writes images and logs."
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/artifactregistry.writer", "roles/logging.logWriter", "roles/storage.objectViewer"])

  project = var.project_id
  role    = each.key
  member  = google_service_account.build.member

  # Google makes the buckets of sources itself, so the right is the project's; but builds run what packages bring along,
  # and Terraform's state lies in the same project.
  dynamic "condition" {
    for_each = each.key == "roles/storage.objectViewer" ? [var.state_bucket] : []
    content {
      title       = "all-but-the-state"
      description = "Every bucket but the one of Terraform's state."
      expression  = "!resource.name.startsWith(\"projects/_/buckets/${condition.value}\")"
    }
  }
}
