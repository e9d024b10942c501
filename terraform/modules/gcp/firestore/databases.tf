locals {
  # `FIRESTORE_DATABASE`, `FIRESTORE_OPS_DATABASE`. Two, so that IAM keeps what faces the internet out of operations.
  databases = {
    business = "(default)"
    ops      = "ops"
  }
}

resource "google_firestore_database" "this" {
  for_each = local.databases

  project                           = var.project_id
  name                              = each.value
  location_id                       = var.location
  type                              = "FIRESTORE_NATIVE"
  concurrency_mode                  = "PESSIMISTIC"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  # Taken out of the configuration, a database leaves the state and stays where it is.
  deletion_policy = "ABANDON"

  lifecycle {
    prevent_destroy = true
  }
}

# The nightly backup names the newest backup of `(default)` in its run; `ops` holds the audit and erasures.
resource "google_firestore_backup_schedule" "daily" {
  for_each = google_firestore_database.this

  project   = var.project_id
  database  = each.value.name
  retention = "${var.daily_backup_days * 24 * 60 * 60}s"

  daily_recurrence {}
}

resource "google_firestore_backup_schedule" "weekly" {
  for_each = google_firestore_database.this

  project   = var.project_id
  database  = each.value.name
  retention = "${var.weekly_backup_weeks * 7 * 24 * 60 * 60}s"

  weekly_recurrence {
    day = "SUNDAY"
  }
}
