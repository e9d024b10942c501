# Follows Rocket.Chat from the Swarm. A person makes its key and hands it to `pnpm secrets set`, so that none lies in
# Terraform's state; its topics are in the module pubsub.
resource "google_service_account" "mongo_listener" {
  project      = var.project_id
  account_id   = "mongo-listener"
  display_name = "mongo-listener"
  description  = "Publishes chat changes, keeps its position; on the Swarm."

  depends_on = [google_project_service.this]
}
