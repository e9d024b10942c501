# What on the Swarm reaches Google. A person makes the keys (gcloud iam service-accounts keys create) and hands them to
# Ansible by secrets/<environment>, so that none lies in Terraform's state; topics are in the module pubsub.
resource "google_service_account" "mongo_listener" {
  project      = var.project_id
  account_id   = "mongo-listener"
  display_name = "mongo-listener"
  description  = "Publishes chat changes, keeps its position; on the Swarm."

  depends_on = [google_project_service.this]
}

resource "google_service_account" "sync_app" {
  project      = var.project_id
  account_id   = "sync-app"
  display_name = "sync-app"
  description  = "Replays and erases for whoever types `innkeeper` on the first server."

  depends_on = [google_project_service.this]
}
